package sim

import (
	"fmt"
	"math"
)

// balance is the relative tolerance within which money, compute and shares must add up.
const balance = 1e-9

// dust is what may lie below zero, in dollars and chips: sales of next to nothing at a price next
// to their cost leave as much.
const dust = 1e-9

// fail records the first error a process raises; check returns it.
func (m *Model) fail(err error) {
	if m.err == nil {
		m.err = err
	}
}

// check tests the invariants of a step: everything finite, shares sum to one, sales and deliveries
// balance.
func (m *Model) check() error {
	if m.err != nil {
		return m.err
	}
	for i := range m.labs {
		if err := m.checkLab(&m.labs[i]); err != nil {
			return err
		}
	}
	s := &m.supplier
	if !finite(s.Price) || s.Price <= 0 || !finite(s.Capacity) || !finite(s.Orders) {
		return fmt.Errorf("chip supplier: price %g, capacity %g, orders %g", s.Price, s.Capacity, s.Orders)
	}
	if over := s.FillRate*s.Orders/s.Price - s.Capacity; m.step > 0 && s.Scarcity > 1 && over > s.Capacity*4*m.dt {
		return fmt.Errorf("chip supplier: delivers %g H100e a year beyond its capacity", over)
	}
	return m.checkSales()
}

func (m *Model) checkLab(l *Lab) error {
	if !l.Active {
		return nil
	}
	for _, v := range [...]struct {
		name  string
		value float64
	}{
		{"funding", l.Funding}, {"R&D budget", l.RdBudget}, {"compute", l.Compute}, {"research compute", l.ComputeResearch},
		{"carry", l.Carry}, {"revenue", l.Revenue}, {"gross profit", l.GrossProfit}, {"serving compute", l.ServingCompute},
	} {
		if !finite(v.value) || v.value < -dust {
			return fmt.Errorf("lab %s: %s is %g", l.Spec.ID, v.name, v.value)
		}
	}
	if !finite(l.TrainingEfficiency) || !finite(l.ServingEfficiency) {
		return fmt.Errorf("lab %s: efficiency is %g (training), %g (serving)", l.Spec.ID, l.TrainingEfficiency,
			l.ServingEfficiency)
	}
	return nil
}

// checkSales tests that shares lie in [0, 1], leave no negative fringe, and that labs and hosts
// sell what is spent.
func (m *Model) checkSales() error {
	spent, sold := 0.0, m.hostSpend
	for k := range m.segments {
		s := &m.segments[k]
		if !s.Open {
			continue
		}
		sum := 0.0
		for i, v := range s.share {
			if !(v >= 0 && v <= 1+balance) {
				return fmt.Errorf("segment %s: share of %s is %g", s.Spec.ID, m.labs[i].Spec.ID, v)
			}
			sum += v
		}
		alone := math.IsInf(s.solver.host, 1) && m.anyLabSells(s) // labs without hosts beside them
		if short := 1 - sum; short < -balance || alone && short > balance {
			return fmt.Errorf("segment %s: shares sum to %.12g", s.Spec.ID, sum)
		}
		spent += s.Spending
	}
	for i := range m.labs {
		sold += m.labs[i].Revenue
	}
	if !finite(spent) || math.Abs(sold-spent) > balance*max(spent, 1) {
		return fmt.Errorf("market: labs and hosts sell %g, buyers spend %g", sold, spent)
	}
	return nil
}

// anyLabSells reports whether a lab sells in a segment; the last one may have left in this step.
func (m *Model) anyLabSells(s *Segment) bool {
	for i := range s.offers {
		if m.sellsIn(s, i) {
			return true
		}
	}
	return false
}

func finite(x float64) bool { return !math.IsNaN(x) && !math.IsInf(x, 0) }

// locate replays the run, which is repeatable, with a check after each process, and names where it
// broke.
func (m *Model) locate(cause error) error {
	if m.checkAll {
		return m.failure("step", cause)
	}
	broken := m.step
	domain := "run"
	if m.record != nil {
		domain = "reference"
	}
	m.checkAll = true
	defer func() { m.checkAll = false }()
	m.start(runKey(domain, m.seed, m.rep))
	for m.step <= broken && !m.Done() {
		if err := m.Step(); err != nil {
			return err
		}
	}
	return m.failure("step", cause)
}

// failure words an error with its process and date.
func (m *Model) failure(process string, err error) error {
	return fmt.Errorf("replication %d, step of %s, process %s: %w", m.rep, month(m.t), process, err)
}

// month writes the month of a date, as in 2026-01.
func month(t float64) string {
	year := math.Floor(t + reached)
	return fmt.Sprintf("%.0f-%02d", year, int(float64((t-year)*12)+1e-6)+1)
}
