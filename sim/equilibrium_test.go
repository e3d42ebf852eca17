package sim

import (
	"math"
	"testing"
)

// A share at the kink where the floor of ε begins: Newton alone jumps between the two sides of it
// for ever.
func TestShareAtTheKink(t *testing.T) {
	e := newNest(5)
	e.sigma, e.outer, e.floor, e.host = 3.6580583260412918, 0.6314030789362434, 1.6, -2.1970337702064366
	e.hostSigma, e.against = e.sigma, e.sigma
	e.logCost = []float64{-2.0881451446362155, -2.1668943877173357, -3.6035839078381255, -1.9949734673056818,
		-1.5838668145098151}
	if err := e.solve(); err != nil {
		t.Fatal(err)
	}
	sum := 1 - e.labs
	for _, z := range e.logShare {
		sum += e.labs * math.Exp(z)
	}
	near(t, "sum of shares", sum, 1, tolerance)
	kink := (e.sigma - e.floor) / (e.sigma - e.outer)
	near(t, "the leader's share, beside the kink", e.labs*math.Exp(e.logShare[2]), kink, 0.04)
}
