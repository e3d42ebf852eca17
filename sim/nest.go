package sim

import (
	"fmt"
	"math"

	"simulate/sim/portable"
)

// nest solves the whole price game of a segment: labs among themselves with substitution σ, the
// nest of labs against hosted open models with σ_h (equations 15 and 16).
//
//	P^{1−σ_h} = P_L^{1−σ_h} + (p̃_f·e^ν)^{1−σ_h},  s_f = (p̃_f·e^ν/P)^{1−σ_h},  s_L = 1 − s_f,  s*_i = s_L·r_i
//	r_i = (p̃_i/P_L)^{1−σ},  ε_i = max(ε_min, σ·(1−r_i) + η_eff·r_i),  η_eff = σ_h·(1−s_L) + η·s_L
//
// Given s_L the labs play a game among themselves at the outer elasticity η_eff, and s_L is the
// root of one scalar equation around it. With σ_h = σ this is a single market of labs and hosts.
// Under Cournot 1/η_eff = (1−s_L)/σ_h + s_L/η.
type nest struct {
	equilibrium           // of the labs among themselves, in shares r of the labs' sales
	outer       float64   // η
	hostSigma   float64   // σ_h, what labs count with in their prices
	against     float64   // what divides buyers between labs and hosts: σ_h, or σ where brands are inverted
	host        float64   // ln p̃_f + ν; +Inf where no open model is hosted
	given       float64   // target shares s* given from outside, of the whole market (inversion of brands)
	labs        float64   // s_L, solution
	share       []float64 // r by seller, solution, until the next one is sought
	who         *[]seller // scratch of follow
}

// effective is η_eff at a share s_L.
func (n *nest) effective(labs float64) float64 {
	if n.conduct == Cournot {
		return 1 / ((1-labs)/n.hostSigma + labs/n.outer)
	}
	return float64(n.hostSigma*(1-labs)) + float64(n.outer*labs)
}

// within is a lab's share of the labs' sales, r, at its target share s*.
func (n *nest) within(target float64) float64 {
	if n.labs == 0 {
		return 0
	}
	return target / n.labs
}

// settle solves the labs' own game at ln odds y of s_L, s_L = given + (1−given)/(1+e^{−y}), and
// returns how far ln(s_L/s_f) lies below what their prices give: zero at the equilibrium, and
// falling in y. Cold starts from small markups, else from the last solution.
func (n *nest) settle(y float64, cold bool) (float64, error) {
	n.labs, n.fixed, n.free = 1/(1+portable.Exp(-y)), 0, 0
	odds := y
	if n.given > 0 {
		others := float64((1 - n.given) * n.labs)
		n.labs = n.given + others
		if n.fixed = n.given / n.labs; 1-n.fixed < 1e-3 {
			n.free = others / n.labs
		}
		odds = portable.Log(n.labs/(1-n.given)) + max(0, y) + portable.Log1p(portable.Exp(-math.Abs(y)))
	}
	n.eta = n.effective(n.labs)
	if cold {
		n.u = n.atSmallMarkups()
	}
	if err := n.solveFrom(n.u); err != nil {
		return 0, err
	}
	return float64((n.against-1)*(n.host-n.equilibrium.indexLog())) - odds, nil
}

// alone reports whether no lab's price is to be found: then only shares given from outside are the
// labs'.
func (n *nest) alone() bool {
	for _, c := range n.logCost {
		if !math.IsInf(c, 1) {
			return false
		}
	}
	return true
}

// play finds the equilibrium: from the solution that is there, or from scratch where that leads
// nowhere.
func (n *nest) play() error {
	if n.follow() {
		return nil
	}
	return n.solve()
}

// solve finds the equilibrium, from scratch, and leaves s_L, u, r and the logs of r. It fails where
// nobody sells or no root is reached.
func (n *nest) solve() error {
	if err := n.fromScratch(); err != nil {
		return err
	}
	for i, c := range n.logCost {
		if n.share[i] = 0; math.IsInf(c, 1) {
			n.logShare[i] = math.Inf(-1)
		} else {
			n.share[i] = portable.Exp(n.logShare[i])
		}
	}
	return nil
}

func (n *nest) fromScratch() error {
	switch {
	case math.IsInf(n.host, 1):
		n.labs, n.eta, n.fixed, n.free = 1, n.effective(1), n.given, 0
		return n.equilibrium.solve()
	case math.IsNaN(n.host):
		return fmt.Errorf("the price of hosted models is not a number")
	case n.alone():
		n.besideGiven()
		return nil
	}
	return n.search()
}

// besideGiven leaves the solution where the labs' shares are those given from outside, and what any
// other lab sells beside them is next to nothing.
func (n *nest) besideGiven() {
	n.labs, n.eta, n.fixed, n.free = n.given, n.effective(n.given), 1, 0
	n.u = float64((1-n.sigma)*n.host) + float64((1-n.sigma)/(n.against-1)*portable.Log((1-n.given)/n.given))
	for i, c := range n.logCost {
		if !math.IsInf(c, 1) {
			n.logShare[i], _ = n.equilibrium.share(c, n.u, n.logShare[i])
		}
	}
}

// nextToNothing is ln odds of a share that is lost beside one.
const nextToNothing = -37

// search finds s_L by a bracketed secant on the log of its odds.
func (n *nest) search() error {
	low, high := math.Inf(-1), math.Inf(1)
	y, before, was := 0.0, 0.0, 0.0
	for round := range 200 {
		f, err := n.settle(y, round == 0)
		if err != nil {
			return err
		}
		if math.Abs(f) <= tolerance/2 {
			return nil
		}
		if f > 0 {
			low = y
		} else {
			high = y
		}
		if n.given > 0 && high < nextToNothing {
			n.besideGiven()
			return nil
		}
		next := y + f // the slope in y is near −1
		if round > 0 && f != was {
			next = y - f*(y-before)/(f-was)
		}
		if !(next > low && next < high) || round > 12 && round%3 == 2 {
			switch {
			case math.IsInf(low, -1):
				next = y - 2
			case math.IsInf(high, 1):
				next = y + 2
			default:
				next = (low + high) / 2
			}
		}
		if next == y {
			break
		}
		before, was, y = y, f, next
	}
	labs := n.labs
	if residual := math.Abs(n.implied() - labs); !(residual <= nearest) {
		return fmt.Errorf("no price equilibrium within %g: the labs' share misses by %.3g", nearest, residual)
	}
	return nil
}

// implied is the labs' share that their price index gives against the hosts'.
func (n *nest) implied() float64 {
	return 1 / (1 + portable.Exp(float64((1-n.against)*(n.host-n.equilibrium.indexLog()))))
}

// indexLog is ln P_k.
func (n *nest) indexLog() float64 {
	if n.labs == 0 {
		return n.host
	}
	return n.equilibrium.indexLog() - portable.Log(n.labs)/(1-n.against)
}

// priceLog is ln p̃ of a seller with target share s*.
func (n *nest) priceLog(target float64) float64 {
	return (portable.Log(n.within(target)) + n.u) / (1 - n.sigma)
}

// hostBrand is ν, by which the hosts' brand, given on the scale of σ, is put on that of σ_h: so
// that the shares at which brands are inverted stay those of the game. 0 at σ_h = σ and where one
// side sells nothing.
func (n *nest) hostBrand() float64 {
	if math.IsInf(n.host, 1) || !(n.labs > 0 && n.labs < 1) {
		return 0
	}
	return float64(portable.Log((1-n.labs)/n.labs) * (1/(1-n.hostSigma) - 1/(1-n.sigma)))
}
