package sim

import (
	"fmt"
	"math"

	"simulate/sim/portable"
)

// equilibrium solves the price game of the labs of one segment among themselves; nest puts hosted
// open models beside it.
//
// With p̃ = p/exp(quality) a lab's share of the labs' sales is r = p̃^{1−σ}/H, and its price is p =
// mc·ε/(ε−1), where the perceived elasticity ε = max(ε_min, σ(1−r) + ηr) depends on its own share
// alone. The game is aggregative (Nocke & Schutz 2018): given u = ln H, each share is the only root
// of a monotone scalar equation, and the shares add up to one at a single u. Existence and
// uniqueness need ε not to rise in the share, hence σ > max(η, ε_min).
type equilibrium struct {
	sigma, eta, floor float64
	margin            float64 // of cost-plus pricing
	conduct           Conduct
	logCost           []float64 // ln(mc) − quality, by seller
	logShare          []float64 // ln r, solution
	fixed             float64   // shares given from outside (inversion of brands)
	free              float64   // 1 − fixed where that is little, which the difference would not tell; else 0
	u                 float64   // ln H, solution
}

// Conduct is how sellers set prices.
type Conduct int

const (
	Bertrand Conduct = iota // prices: ε = σ(1−s) + ηs
	Cournot                 // quantities: 1/ε = (1−s)/σ + s/η
	CostPlus                // a fixed margin m: p = (1+m)·mc, ε = 1 + 1/m
)

// elasticity is the perceived elasticity at share s and its derivative by s; at the floor the price
// is a limit price.
func (e *equilibrium) elasticity(s float64) (eps, slope float64) {
	switch e.conduct {
	case CostPlus:
		return 1 + 1/e.margin, 0
	case Cournot:
		inverse := (1-s)/e.sigma + s/e.eta
		eps = 1 / inverse
		slope = float64(-eps * eps * (1/e.eta - 1/e.sigma))
	default:
		eps = float64(e.sigma*(1-s)) + float64(e.eta*s)
		slope = e.eta - e.sigma
	}
	if !(eps > e.floor) {
		return e.floor, 0
	}
	return eps, slope
}

// Markup is p/mc of a seller with share s: ε/(ε−1).
func (e *equilibrium) markup(s float64) float64 {
	eps, _ := e.elasticity(s)
	return eps / (eps - 1)
}

// share solves z + (σ−1)·(logCost + ln markup(e^z)) + u = 0 for z = ln s by safeguarded Newton from
// a guess; the left side rises in z. It returns z and dz/du. Roots above ln 1 are allowed, or the
// outer Newton crawls near monopoly.
func (e *equilibrium) share(cost, u, guess float64) (z, dz float64) {
	least, _ := e.elasticity(math.Inf(1))
	low := float64(-(e.sigma-1)*(cost+portable.Log(least/(least-1)))) - u
	top, _ := e.elasticity(0)
	high := float64(-(e.sigma-1)*(cost+portable.Log(top/(top-1)))) - u
	z = clamp(guess, low, high)
	for n := range 160 {
		s := portable.Exp(z)
		eps, slope := e.elasticity(s)
		f := z + float64((e.sigma-1)*(cost+portable.Log(eps/(eps-1)))) + u
		df := 1 - (e.sigma-1)*s*slope/float64(eps*(eps-1))
		if f > 0 {
			high = z
		} else {
			low = z
		}
		next := z - f/df
		dz = -1 / df
		if math.Abs(next-z) <= 1e-15*(1+math.Abs(z)) {
			return next, dz
		}
		// At the kink where the floor of ε begins Newton can jump between its two sides for ever: halve
		// the bracket then.
		if !(next > low && next < high) || n > 12 && n%2 == 1 {
			next = (low + high) / 2
		}
		z = next
	}
	return z, dz
}

// total is the sum of all shares at u less one, and its derivative by u. Roots start from those of
// the last call.
func (e *equilibrium) total(u float64) (sum, slope float64) {
	if sum = e.fixed - 1; e.free > 0 {
		sum = -e.free
	}
	for i, c := range e.logCost {
		if math.IsInf(c, 1) {
			continue
		}
		z, dz := e.share(c, u, e.logShare[i])
		e.logShare[i] = z
		sum += portable.Exp(z)
		slope += float64(portable.Exp(z) * dz)
	}
	return sum, slope
}

// goal is what the sellers' shares add up to.
func (e *equilibrium) goal() float64 {
	if e.free > 0 {
		return e.free
	}
	return 1 - e.fixed
}

// atSmallMarkups is u if every seller took the markup of a share of zero, the start of the search;
// −Inf where nobody sells. It leaves the shares at that u as first guesses.
func (e *equilibrium) atSmallMarkups() float64 {
	markup := portable.Log(e.markup(0))
	top := math.Inf(-1)
	for i, c := range e.logCost {
		e.logShare[i] = float64((1 - e.sigma) * (c + markup))
		top = max(top, e.logShare[i])
	}
	if math.IsInf(top, 0) || math.IsNaN(top) {
		return top
	}
	sum := 0.0
	for _, z := range e.logShare {
		sum += portable.Exp(z - top)
	}
	u := top + portable.Log(sum/e.goal())
	for i := range e.logShare {
		e.logShare[i] -= u
	}
	return u
}

// tolerance is the residual of the shares' sum that counts as solved.
const tolerance = 1e-12

// nearest is the residual that is taken where the numbers of the machine come no nearer: costs or
// brands that differ by many orders of magnitude leave no finer step between two guesses. It lies
// far within what sales must balance by.
const nearest = 1e-10

// solve finds the equilibrium from scratch.
func (e *equilibrium) solve() error { return e.solveFrom(e.atSmallMarkups()) }

// solveFrom finds u by safeguarded Newton on ln Σr from a first guess, with logShare as guesses of
// the shares, and leaves both. It fails where nobody sells or no root is reached.
func (e *equilibrium) solveFrom(u float64) error {
	if math.IsInf(u, -1) || math.IsNaN(u) {
		return fmt.Errorf("nobody sells")
	}
	low, high := math.Inf(-1), math.Inf(1)
	goal := e.goal()
	near := tolerance / 4
	if e.free > 0 {
		near *= e.free
	}
	for range 200 {
		f, slope := e.total(u)
		if math.Abs(f) <= near {
			e.u = u
			return nil
		}
		if f > 0 {
			low = u
		} else {
			high = u
		}
		sum := f + goal
		if e.free == 0 {
			sum = f + 1 - e.fixed
		}
		next := u + sum*portable.Log(goal/sum)/slope
		if !(next > low && next < high) {
			switch {
			case math.IsInf(low, -1):
				next = u - 1
			case math.IsInf(high, 1):
				next = u + 1
			default:
				next = (low + high) / 2
			}
		}
		if next == u {
			break
		}
		u = next
	}
	f, _ := e.total(u)
	if math.Abs(f) <= nearest {
		e.u = u
		return nil
	}
	return fmt.Errorf("no price equilibrium within %g: shares miss by %.3g", nearest, f)
}

// indexLog is ln P_L = u/(1−σ).
func (e *equilibrium) indexLog() float64 { return e.u / (1 - e.sigma) }
