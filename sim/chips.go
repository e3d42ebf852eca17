package sim

import (
	"simulate/sim/portable"
)

// chips clears the merchant market and moves stocks (equations 4–8).
//
//	P^L = P_0·fall(t); fall follows the dated list prices log-linearly and then, or without them at once, e^{−g_h·u}
//	Z = Σ_owners (1−own)·ξ·[F·(1+z) + o·X·(v^χ−1)] + O(t)·v^χ
//	x = Z/(P^L·Q),  P = P^L·max(1,x)^ψ,  f = min(1, P·Q/Z)
//	K ← K·e^{−δdt} + q·(1−e^{−δdt})/δ
//	dlnQ/dt = min(g_Qmax, g_Q + a_Q·(ln x)⁺) + (−dlnP^L/dt − g_h)⁺, for better chips at the same price are more compute
func (m *Model) chips() {
	c, s := &m.p.Chips, &m.supplier
	s.ListPrice = float64(c.Price * m.listFall(m.mid()))
	response := m.demandResponse()
	m.updateRegions(m.mid())

	outside, grants := m.merchantOrders(m.mid(), response)
	s.Price = float64(s.ListPrice * m.premium(c.PriceStickiness))
	m.ration(response, outside, grants)
	m.policyCost += float64(s.outsideFill * grants * s.ListPrice)

	s.ownChips, s.domesticChips = 0, 0
	for i := range m.labs {
		l := &m.labs[i]
		if !l.Active {
			continue
		}
		if l.Spec.Renter {
			m.rent(l)
			m.policyCost += float64(l.subsidised() * l.ComputeShare * l.Funding)
		} else {
			m.deliver(l, response)
		}
		granted := s.outsideFill * l.grantChips * s.ListPrice / s.Price
		l.GrantedCompute = m.stock(l.GrantedCompute, granted)
		m.commons.OutsideDeliveries += float64(granted * m.dt)
		l.ComputeResearch = researchPart(l) + l.GrantedCompute
	}
	m.commons.OutsideStock = m.stock(m.commons.OutsideStock, s.outsideFill*outside/s.Price)
	m.commons.OutsideDeliveries += float64(s.outsideFill * outside / s.Price * m.dt)
	m.supplierAccounts()

	// applied after use
	growth := taperedRate(c.CapacityGrowth, m.p.Paths.LongRunCapacityGrowth, m.p.Paths.TaperTime, m.mid()-m.cfg.Start)
	if s.Scarcity > 1 {
		growth += float64(c.CapacityResponse * portable.Log(s.Scarcity))
	}
	s.Capacity = float64(s.Capacity * portable.Exp(float64(min(c.CapacityGrowthMax, growth)*m.dt)+m.betterChips()))
}

// ChipParameters belong to process chips.
type ChipParameters struct {
	// List price of compute at the start: server, network and site included.
	// Source: Epoch AI chip prices × 1.55 for server, network and site: $40,000 at the start of 2024,
	// less a year of 30 %.
	Price float64 `symbol:"P_0" unit:"USD/H100e" default:"31000" allowed:"100 1e7" interval:"26000 36000"`
	// Price paid in the merchant market at the start; 0: the list price.
	// Source: the list price unless a scenario gives it.
	StreetPrice float64 `symbol:"P(t_0)" unit:"USD/H100e" default:"0" allowed:"0 1e7"`
	// Growth of price-performance: the list price falls at this rate.
	// Source: Epoch AI, machine-learning hardware; rents fell 1.46× in a year.
	PricePerformanceGrowth float64 `symbol:"g_h" unit:"growth/yr" default:"1.30" allowed:"1 4" interval:"1.20 1.50"`
	// Merchant capacity at the start.
	// Source: derived: with the orders of January 2025 it gives the street price of that month.
	Capacity float64 `symbol:"Q" unit:"H100e/yr" default:"5.79e6" allowed:"1 1e12"`
	// Growth of merchant capacity at the start, before it tapers.
	// Source: assumption: advanced packaging doubles again.
	CapacityGrowth float64 `symbol:"g_Q" unit:"growth/yr" default:"2.0" allowed:"0.5 10" interval:"1.7 2.4"`
	// How much faster capacity grows per log unit of excess orders.
	// Source: assumption.
	CapacityResponse float64 `symbol:"a_Q" unit:"1/yr" default:"0.5" allowed:"0 10"`
	// Fastest growth of capacity.
	// Source: assumption.
	CapacityGrowthMax float64 `symbol:"g_Qmax" unit:"growth/yr" default:"3" allowed:"1 20"`
	// How strongly clouds and outside buyers answer to serving demand beyond its reference.
	// Source: assumption.
	DemandResponse float64 `symbol:"χ" unit:"1" default:"0.5" allowed:"0 3" interval:"0.2 1"`
	// Time in which they answer.
	// Source: assumption: without smoothing the chip price cobwebs from month to month.
	DemandResponseTime float64 `symbol:"τ_v" unit:"yr" default:"0.5" allowed:"0 5"`
	// How much of excess orders is cleared by price: 0 rationing only, 1 price only.
	// Source: card prices are sticky, rents are not.
	PriceStickiness float64 `symbol:"ψ" unit:"1" default:"0.5" allowed:"0 1" interval:"0 1"`
	// Chips' part of the all-in price of compute, which is the supplier's revenue.
	// Source: fitted to Nvidia's data-centre revenue of fiscal 2025.
	ChipShareOfPrice float64 `symbol:"φ_S" unit:"1" default:"0.67" allowed:"0.1 1" interval:"0.54 0.75"`
	// Economic depreciation of chips.
	// Source: Full Takeoff Model .1/.2/.3; Epoch AI.
	Depreciation float64 `symbol:"δ" unit:"1/yr" default:"0.2" allowed:"0 2" interval:"0.1 0.35"`
	// Yearly power and operation relative to the price of a chip, part of rents.
	// Source: Epoch AI.
	PowerCost float64 `symbol:"power" unit:"1/yr" default:"0.03" allowed:"0 1"`
	// Cost of own silicon relative to the merchant list price per H100e.
	// Source: Epoch AI; assumption.
	OwnSiliconCost float64 `symbol:"m_own" unit:"1" default:"0.65" allowed:"0.1 2" interval:"0.6 0.7"`
	// Investors' belief about the elasticity of compute demand: below 1 they think that efficiency
	// cuts demand.
	// Source: fitted to −17 % on 27 January 2025 for a 4.5-fold gain: 1 + ln(1−.17)/(.3·ln 4.5), so
	// that day is no test of it.
	InvestorElasticity float64 `symbol:"η̂" unit:"1" default:"0.587" allowed:"0.05 3" interval:"0.3 1.1"`
	// Time in which a belief fades.
	// Source: assumption.
	BeliefTime float64 `symbol:"H_b" unit:"yr" default:"1" allowed:"0.01 20"`
	// Share of the industry that investors think a shock reaches.
	// Source: fitted with investor_elasticity.
	ShockReach float64 `symbol:"w" unit:"1" default:"0.3" allowed:"0 1"`
	// Market value per dollar of the supplier's yearly gross profit.
	// Source: fitted to the supplier's market value at the start of 2025, about $3.45T (assumption),
	// so that it is no test of it.
	ValueMultiple float64 `symbol:"multiple" unit:"yr" default:"32.4" allowed:"1 200"`
	// Supplier's cost per H100e at the start; it falls as the list price does.
	// Source: assumption: $9,000 at the start of 2024, less a year of 30 %.
	UnitCost float64 `symbol:"unit cost" unit:"USD/H100e" default:"6900" allowed:"0 1e6"`
	// Share of banned chips that reach a region anyway.
	// Source: assumption.
	Leakage float64 `symbol:"ℓ" unit:"1" default:"0.1" allowed:"0 1"`
	// Premium paid for leaked chips.
	// Source: assumption.
	LeakagePremium float64 `symbol:"μ" unit:"1" default:"0.4" allowed:"0 10"`
}

// chipLevers act in process chips.
var chipLevers = []*Lever{exportLever, chipPriceLever}

// listFall is P^L at date t over P_0. After the last dated list price it goes on at g_h.
func (m *Model) listFall(t float64) float64 {
	path := &m.cfg.ListPrice
	if !path.Given() {
		return portable.Exp(float64(-m.p.Chips.PricePerformanceGrowth * (t - m.cfg.Start)))
	}
	last := max(m.cfg.Start, path.Points[len(path.Points)-1].Date)
	given := Series{Points: path.Points}
	return float64(
		given.At(
			min(t, last),
		) / given.At(
			m.cfg.Start,
		) * portable.Exp(
			float64(-m.p.Chips.PricePerformanceGrowth*max(0, t-last)),
		),
	)
}

// betterChips is by how much the dated list prices fall beyond g_h over the step, in logs: capacity
// gains as much.
func (m *Model) betterChips() float64 {
	if !m.cfg.ListPrice.Given() {
		return 0
	}
	return max(0, portable.Log(m.listFall(m.t)/m.listFall(m.t+m.dt))-float64(m.p.Chips.PricePerformanceGrowth*m.dt))
}

// deliver adds an owner's chips and refunds what its own money did not get (equations 6 and 7). The
// state pays its part of what is bought.
func (m *Model) deliver(l *Lab, response float64) {
	s := &m.supplier
	order := m.merchantOrder(l, response)
	d, domestic := m.regions[l.Spec.Region].d, m.regions[l.Spec.Region].domestic
	own := l.Spec.OwnSilicon * l.ComputeShare * l.Funding * (1 +
		l.subsidised()) / float64(l.Spec.OwnSiliconCost*s.ListPrice)
	bought := l.fill * d * order / s.Price
	fill := l.fill
	if domestic > 0 {
		fill = 1
		bought = domestic * order / s.ListPrice
		s.domesticChips += bought
	} else {
		l.Carry = float64((1 - l.fill) * (1 - l.Spec.OwnSilicon) * l.ComputeShare * l.Funding * m.dt)
	}
	m.policyCost += float64(l.subsidised() * l.ComputeShare * l.Funding * (l.Spec.OwnSilicon +
		float64((1-l.Spec.OwnSilicon)*fill)))
	s.ownChips += own
	l.CumulativeDeliveries += float64((bought + own) * m.dt)
	l.Compute = m.stock(l.Compute, bought+own)
}

// rent gives a renter what its compute money and the state's part rent: K =
// d·ξ·F·(1+z)/(P^L·u·m_r), u = δ + g_h + power.
func (m *Model) rent(l *Lab) {
	l.Compute = m.regions[l.Spec.Region].d * l.ComputeShare * l.Funding * (1 +
		l.subsidised()) / float64(m.supplier.ListPrice*m.userCost()*l.Spec.RentMultiple)
}

// userCost is the owner's yearly cost of a chip relative to its price.
func (m *Model) userCost() float64 {
	return m.p.Chips.Depreciation + m.p.Chips.PricePerformanceGrowth + m.p.Chips.PowerCost
}

// stock is a stock after a step with deliveries q per year.
func (m *Model) stock(k, q float64) float64 {
	w := &m.wear
	if delta := m.p.Chips.Depreciation; w.delta != delta || w.left == 0 {
		*w = wear{delta, portable.Exp(float64(-delta * m.dt)), m.dt}
		if delta > 0 {
			w.added = -portable.Expm1(float64(-delta*m.dt)) / delta
		}
	}
	return float64(k*w.left) + float64(q*w.added)
}

// wear is what a step leaves of a stock and of a yearly delivery to it, at a rate of depreciation.
type wear struct{ delta, left, added float64 }

// researchPart is K_R = K·F_R·(1+z_R)/(F − carry/dt + z_R·F_R): the part of a lab's compute that
// its R&D budget, with what the state adds to a dollar of it, is of all its money.
func researchPart(l *Lab) float64 {
	if l.base0 <= 0 {
		return 0
	}
	return l.Compute * l.RdBudget * (1 + l.subsidy) / (l.base0 + float64(l.subsidy*l.RdBudget))
}

// supplierAccounts books revenue φ_S·f·Z, gross profit and value multiple·GP·e^b; b fades at 1/H_b
// (equation 8).
func (m *Model) supplierAccounts() {
	c, s := &m.p.Chips, &m.supplier
	unit := float64(c.UnitCost * m.listFall(m.mid()))
	s.Revenue = float64(c.ChipShareOfPrice * s.FillRate * s.Orders)
	s.GrossProfit = s.Revenue - unit*s.FillRate*s.Orders/s.Price
	s.Value = float64(c.ValueMultiple * s.GrossProfit * portable.Exp(s.Belief))
	s.Belief = float64(s.Belief * portable.Exp(-m.dt/c.BeliefTime))
}
