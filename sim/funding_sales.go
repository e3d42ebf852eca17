package sim

import (
	"fmt"
	"simulate/sim/portable"
)

// Commercial labs that live on their sales (equation 1b): what their financiers give follows what
// they sell.
//
//	dR̄/dt = (REV − R̄)/τ_F,  R̄(t_F) = REV(t_F)/(1 + g_F·τ_F)
//	X^s = min{ X(t_F)·(R̄/R̄_F)^max(1,κ),  b(u)·REV(t_F)·R̄/R̄_F,  X(t_F)·4^u,  the largest platform's X },  u = t − t_F
//	b(u) = b_∞ + (X(t_F)/REV(t_F) − b_∞)⁺·e^{−u/τ_g}
//	X = (X^path)^{(1−κ)⁺}·(X^s)^{min(κ,1)}
//
// t_F is the date of the last dated value of the lab's budget, at least the start; g_F is the
// growth of reference spending there in the lab's segments, weighted by its sales, so that a lab
// whose sales have long grown at g_F goes on without a kink. κ = 0 is the path. A lab that by t_F
// no longer sells anything has R̄/R̄_F = 1: its financiers then give X(t_F)·e^{−u/τ_g}.

// fastestRise is the most by which a budget that follows sales multiplies in a year: the fastest
// rise seen at that size.
const fastestRise = 4

// leastLag is the least of 1 + g_F·τ_F: sales that fall faster than they are smoothed have no
// steady lag, and no financier sees more than ten times what is sold.
const leastLag = .1

// salesFunding is what a lab's budget had been when it began to follow its sales.
type salesFunding struct {
	begun         bool
	step          int     // of the beginning
	budget, sales float64 // X(t_F), REV(t_F), USD per year
	smoothed      float64 // R̄(t_F), USD per year
}

// followsFrom is t_F, the date from which a budget follows sales.
func (m *Model) followsFrom(l *Lab) float64 {
	points := l.Spec.Budget.Points
	if len(points) == 0 {
		return m.cfg.Start
	}
	return max(m.cfg.Start, points[len(points)-1].Date)
}

// followSales moves R̄ of lab i by the sales of the step before and returns its budget; path is
// today's value of its budget path and largest the largest platform's budget, 0 without one.
func (m *Model) followSales(i int, path, largest float64) float64 {
	l, f := &m.labs[i], &m.p.Funding
	from := m.followsFrom(l)
	if m.t < from-reached {
		return path
	}
	s := &l.bySales
	switch {
	case !s.begun:
		*s = salesFunding{begun: true, step: m.step, budget: float64(l.Spec.Budget.At(from) * (1 - l.divested)),
			sales: l.Revenue}
		s.smoothed = s.sales / max(leastLag, 1+float64(m.salesGrowth(i)*f.SalesMemory))
		l.SmoothedSales = s.smoothed
	case m.step > s.step:
		l.SmoothedSales += float64(toward(m.dt, f.SalesMemory) * (l.Revenue - l.SmoothedSales))
	}
	if f.SalesFollowing == 0 || l.closed {
		return path
	}
	u := m.t - from
	rise := 1.0 // of a lab that sold nothing, whose financiers see neither rise nor fall
	if s.sales > 0 {
		rise = l.SmoothedSales / s.smoothed
	}
	fade := 1.0
	if tau := m.p.Paths.TaperTime; tau > 0 {
		fade = portable.Exp(-u / tau)
	}
	outside := float64(s.budget * fade) // as sales go to nothing
	if s.sales > 0 {
		perDollar := f.OutsideMoneyLimit + float64(max(0, s.budget/s.sales-f.OutsideMoneyLimit)*fade)
		outside = float64(perDollar * s.sales * rise)
	}
	x := min(float64(s.budget*portable.Pow(rise, max(1, f.SalesFollowing))), outside)
	x = min(x, float64(s.budget*portable.Pow(fastestRise, u)))
	if largest > 0 {
		x = min(x, largest)
	}
	if f.SalesFollowing < 1 {
		x = float64(portable.Pow(path, 1-f.SalesFollowing) * portable.Pow(x, f.SalesFollowing))
	}
	return x
}

// salesGrowth is g_F: the growth of reference spending at the present date in a lab's segments,
// weighted by its sales.
func (m *Model) salesGrowth(i int) float64 {
	sum, all := 0.0, 0.0
	for k := range m.segments {
		if s := &m.segments[k]; s.Open {
			sum += float64(s.sold[i] * s.Spec.Spending.Rate(m.t))
			all += s.sold[i]
		}
	}
	if all == 0 {
		return 0
	}
	return sum / all
}

// checkFunding refuses labs that are to live on sales which they cannot have.
func (c *Config) checkFunding() error {
	for i := range c.Labs {
		l := &c.Labs[i]
		switch {
		case !l.FollowsSales:
		case l.Archetype == Platform:
			return fmt.Errorf("lab %s: a platform's budget is its capital expenditure and does not follow its lab's sales", l.ID)
		case !l.Commercial:
			return fmt.Errorf("lab %s: it is not commercial, so that its budget cannot follow sales", l.ID)
		case !c.sellsAtStart(l):
			return fmt.Errorf("lab %s: its budget follows its sales, but it sells nothing at the start; give it a share, or "+
				"let a sponsor fund it", l.ID)
		}
	}
	return nil
}

// sellsAtStart reports whether a lab has a share of a segment that is open at the start.
func (c *Config) sellsAtStart(l *LabSpec) bool {
	for _, p := range l.Sales {
		if from := c.Segments[p.Segment].From; p.Share > 0 && !(from > c.Start+reached) {
			return true
		}
	}
	return false
}
