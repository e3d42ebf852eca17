package sim

import (
	"math"
	"math/rand/v2"
	"testing"
)

// crowded is a market of n labs at random places, in three segments in some of which each offers.
func crowded(t testing.TB, r *rand.Rand, n int, rule bool) *Model {
	cfg := still(testConfig(labs(n, 1e9)...))
	cfg.Start = 2025
	cfg.Segments = append(cfg.Segments, testSegment("second", 5e8), testSegment("third", 2e8))
	cfg.Segments[1].Sigma, cfg.Segments[1].Theta = 3, 4.5 // buys test-time compute
	cfg.Parameters.Market.Conduct = float64(r.IntN(3))
	weight := make([]float64, n)
	sum := 0.0
	for i := range weight {
		weight[i] = math.Exp(2.5 * r.NormFloat64())
		sum += weight[i]
	}
	for i := range cfg.Labs {
		l := &cfg.Labs[i]
		l.Capability, l.ServingSize = 9+.3*r.NormFloat64(), 1e25*math.Exp(r.NormFloat64())
		l.Budget = flat(1e9 * math.Exp(r.NormFloat64()))
		for k := range cfg.Segments {
			if i < n-1 && r.IntN(4) > 0 {
				l.Sales = append(l.Sales, sold(k, .9*weight[i]/sum))
			}
		}
	}
	cfg.Labs[n-1].Openness = Open
	if rule {
		cfg.Policies = append(cfg.Policies, Policy{ID: "bar", From: 2020, Until: math.Inf(1),
			Levers: []any{&MergerRule{HHI: 0, Delta: 1 + 20*r.Float64(), Share: 1}}})
	}
	m := started(t, cfg, 1)
	for i := range m.labs {
		m.labs[i].ServingEfficiency += .5 * r.NormFloat64()
	}
	advance(t, m, 1)
	return m
}

// The search for a buyer finds whom asking every lab finds.
func TestSearchForABuyerMissesNobody(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	asked, all := 0, 0
	for range 60 {
		m := crowded(t, r, 14, r.IntN(2) == 0)
		m.listBidders()
		for i := range m.labs {
			if !m.labs[i].Active {
				continue
			}
			before := m.bidders.asked
			first, allowed := m.bestBids(i)
			asked += m.bidders.asked - before
			want, wantAllowed := bid{by: -1}, bid{by: -1}
			for j := range m.labs {
				if !m.mayBuy(i, j) {
					continue
				}
				all++
				offer := bid{by: j, gain: m.gainFrom(i, j)}
				if most := m.mostGain(i, j); offer.gain > most*(1+1e-9) {
					t.Errorf("lab %d gains %g by %d, more than the bound %g", j, offer.gain, i, most)
				}
				if m.beats(offer, want) {
					want = offer
				}
				if !m.blocked(i, j) && m.beats(offer, wantAllowed) {
					wantAllowed = offer
				}
			}
			if allowed.by != wantAllowed.by || first.by != want.by {
				t.Errorf("lab %d is bought by %d, and %d gains most, instead of %d and %d", i, allowed.by, first.by,
					wantAllowed.by, want.by)
			}
		}
	}
	t.Logf("%d of %d bidders were asked", asked, all)
	if asked > all*3/4 {
		t.Errorf("%d of %d bidders were asked", asked, all)
	}
}

// How many bidders are asked for a small lab does not grow with the number of small labs.
func TestAFewBiddersAreAskedForASmallLab(t *testing.T) {
	for _, n := range []int{40, 400} {
		cfg := still(testConfig(labs(n+4, 1e9)...))
		cfg.Start = 2025
		for i := range cfg.Labs {
			share := .1 / float64(n)
			if i < 3 {
				share = .2
			}
			cfg.Labs[i].Sales = []Position{sold(0, share)}
		}
		cfg.Labs[n+3].Openness, cfg.Labs[n+3].Sales = Open, nil
		m := started(t, cfg, 1)
		advance(t, m, 1)
		m.listBidders()
		for i := 3; i < 23; i++ {
			if _, b := m.bestBids(i); b.by > 2 {
				t.Errorf("lab %d is bought by %d", i, b.by)
			}
		}
		if m.bidders.asked > 20*6 {
			t.Errorf("%d bidders are asked for 20 of %d labs", m.bidders.asked, n)
		}
	}
}
