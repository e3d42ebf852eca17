package sim

import (
	"math"
	"math/rand/v2"
	"testing"
)

// The fast way finds what the safe one does, on 20,000 random games that each move from one step to
// the next: costs by up to a jump, an entry or a departure in some. It is to converge in nearly
// all, since each failure costs a solution from scratch. [1e-12]
func TestFollowFindsWhatSolveFinds(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	failed, games := 0, 0
	for games < 20_000 {
		e := randomNest(r)
		e.given = 0
		if err := e.solve(); err != nil {
			t.Fatal(err)
		}
		for range 10 {
			games++
			move := .1
			if r.IntN(20) == 0 {
				move = 1.5
			}
			for i := range e.logCost {
				switch {
				case r.IntN(100) == 0:
					e.logCost[i] = math.Inf(1)
				case math.IsInf(e.logCost[i], 1) && r.IntN(50) == 0:
					e.logCost[i] = 2 * r.NormFloat64()
				default:
					e.logCost[i] += move * r.NormFloat64()
				}
			}
			e.host += move * r.NormFloat64()
			if e.alone() {
				e.logCost[0] = 0
			}
			safe := newNest(len(e.logCost))
			logCost, logShare, share := safe.logCost, safe.logShare, safe.share
			*safe = *e
			safe.logCost, safe.logShare, safe.share, safe.who = logCost, logShare, share, new([]seller)
			copy(safe.logCost, e.logCost)
			if err := safe.solve(); err != nil {
				t.Fatal(err)
			}
			if !e.follow() {
				failed++
				if err := e.solve(); err != nil {
					t.Fatal(err)
				}
				continue
			}
			near(t, "ln P", e.indexLog(), safe.indexLog(), 1e-12*math.Max(1, math.Abs(safe.indexLog())))
			near(t, "s_L", e.labs, safe.labs, 1e-12)
			near(t, "η_eff", e.eta, safe.eta, 1e-12)
			for i := range safe.share {
				if !math.IsInf(e.logCost[i], 1) {
					near(t, "r", e.share[i], safe.share[i], 1e-12)
					near(t, "ln r", e.logShare[i], math.Log(e.share[i]), 1e-12*math.Max(1, math.Abs(e.logShare[i])))
				}
			}
			if t.Failed() {
				t.Fatalf("%+v", e)
			}
		}
	}
	t.Logf("%d of %d games were left to the safe solver", failed, games)
	if failed > games/50 {
		t.Errorf("%d of %d games were left to the safe solver", failed, games)
	}
}

// Whatever the first guess is, play finds the equilibrium: the fast way from it, or the safe one.
func TestPlayFromAnyGuess(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for range 500 {
		e := randomNest(r)
		if err := e.solve(); err != nil {
			t.Fatal(err)
		}
		want := e.indexLog()
		e.u = []float64{math.NaN(), 0, 50, -50, 700, e.u}[r.IntN(6)]
		for i := range e.logShare {
			e.logShare[i] = []float64{0, -700, 3, math.Inf(-1)}[r.IntN(4)]
		}
		if err := e.play(); err != nil {
			t.Fatal(err)
		}
		near(t, "ln P", e.indexLog(), want, 1e-11*math.Max(1, math.Abs(want)))
	}
}
