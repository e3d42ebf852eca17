package sim

import (
	"math"
	"testing"
)

// A share at the kink where the floor of ε begins: Newton alone jumps between the two sides of it for ever.
func TestShareAtTheKink(t *testing.T) {
	e := equilibrium{sigma: 3.6580583260412918, eta: 0.6314030789362434, floor: 1.6, fringe: -2.1970337702064366,
		logCost:  []float64{-2.0881451146362155, -2.1668943877173357, -3.6035839078381255, -1.9949734673056818, -1.5838668145098151},
		logShare: make([]float64, 5)}
	if err := e.solve(); err != nil {
		t.Fatal(err)
	}
	sum := e.fringeShare(e.u)
	for _, z := range e.logShare {
		sum += math.Exp(z)
	}
	near(t, "sum of shares", sum, 1, tolerance)
	kink := (e.sigma - e.floor) / (e.sigma - e.eta)
	near(t, "the leader's share, beside the kink", math.Exp(e.logShare[2]), kink, 0.04)
}
