package sim

import (
	"math"
	"testing"
)

// Of m_f = 10 % a cap of 2 % leaves 2 %, and of two caps the lower; elsewhere, or above m_f, it
// changes nothing. The price of hosts falls by ln(1.02/1.1), and what serving their sales takes
// rises by as much per dollar.
func TestHostPriceCapByHand(t *testing.T) {
	for _, c := range []struct {
		caps []HostPriceCap
		want float64
	}{
		{nil, .1}, {[]HostPriceCap{{Margin: .02}}, .02}, {[]HostPriceCap{{Margin: .02}, {Margin: .05}}, .02},
		{[]HostPriceCap{{Margin: .3}}, .1}, {[]HostPriceCap{{Margin: .02, Regions: []int{1}}}, .1},
	} {
		m := priced(t, 1.7, 2025)
		before := m.hostedOffer(&m.segments[0], 2025)
		for i := range c.caps {
			m.policies = append(m.policies, policyState{Policy: &Policy{Levers: []any{&c.caps[i]}}, active: true})
		}
		near(t, "margin", m.hostingMargin(0), c.want, 0)
		near(t, "ln p̃ of hosts", m.hostedOffer(&m.segments[0], 2025)-before, math.Log((1+c.want)/1.1), 1e-12)
		if err := m.clear(0, 2025); err != nil {
			t.Fatal(err)
		}
		m.servingSpend, m.hostSpend, m.segments[1].Open = 0, 0, false
		m.sell(0)
		if !(m.hostSpend > 0) {
			t.Fatal("hosts sell nothing")
		}
		spent := m.hostSpend / (1 + c.want)
		for i := range m.segments[0].cost {
			if s := &m.segments[0]; s.price[i] > 0 {
				spent += s.sold[i] * s.cost[i] / s.price[i]
			}
		}
		agrees(t, "profits of hosts", metric(t, m, "host_profits"), m.hostSpend*c.want/(1+c.want))
		agrees(t, "serving spend", m.servingSpend, spent)
	}
}
