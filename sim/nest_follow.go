package sim

import (
	"math"

	"simulate/sim/portable"
)

// follow solves the game from the solution of the last step by Newton's method on all shares and
// the aggregate at once. It is the fast way beside solve, the safe one, which starts from scratch
// and takes what does not converge here.
//
// The unknowns are z_i = ln r_i and u = ln H, for s_L follows from u:  ln(s_L/s_f) = (σ_h−1)·(ln
// p̃_f + ν + u/(σ−1)). With
//
//	F_i = z_i + (σ−1)·(c_i + ln μ_i) + u = 0,  G = Σ r_i − 1 = 0,  μ = ε/(ε−1),  ε = σ·(1−r) + η_eff(u)·r
//
// the Jacobian is an arrow: dF_i/dz_i = a_i and dF_i/du = b_i alone, dG/dz_i = r_i. So a step is
//
//	du = (G − Σ r_i·F_i/a_i)/(Σ r_i·b_i/a_i),  dz_i = −(F_i + b_i·du)/a_i
//	a = 1 + w·(σ−η_eff)·r,  b = 1 − w·r·dη_eff/du,  w = (σ−1)/(ε(ε−1));  a = b = 1 where ε_min binds
//
// and an iteration takes one exp and one log for each seller, none of which waits for another. It
// ends after a step below 3·10⁻⁸, whose square is the error that is left, unless that step crosses
// the kink at which ε_min begins to bind.
func (n *nest) follow() bool {
	if !finite(n.u) || n.given > 0 {
		return false
	}
	n.gather()
	if len(*n.who) == 0 {
		return false
	}
	for round := range 24 {
		part := 1.0
		if round > 5 && round%2 == 1 { // Newton may jump between the two sides of the kink for ever
			part = .5
		}
		switch most := n.step(part); {
		case !finite(most):
			return false
		case most <= 3e-8 && part == 1 && n.arrive():
			n.scatter()
			return true
		}
	}
	return false
}

// seller is one lab in the game while it is solved.
type seller struct {
	lab       int
	cost      float64 // (σ−1)·c
	z, r      float64 // ln of its share, and the share before the step
	gap, pull float64 // F/a and b/a
	move      float64 // of z
	binds     bool    // ε_min binds
}

// gather lists the sellers with the shares of the last step; one that is new starts from what it
// would sell at a small markup.
func (n *nest) gather() {
	who := (*n.who)[:0]
	small := 0.0
	for i, c := range n.logCost {
		if math.IsInf(c, 1) {
			n.logShare[i] = math.Inf(-1)
			continue
		}
		z := n.logShare[i]
		if math.IsInf(z, -1) {
			if small == 0 {
				small = portable.Log(n.markup(0))
			}
			z = min(0, float64((1-n.sigma)*(c+small))-n.u)
		}
		who = append(who, seller{lab: i, cost: float64((n.sigma - 1) * c), z: z})
	}
	*n.who = who
}

// step moves all unknowns by a part of a Newton step and returns the largest move.
func (n *nest) step(part float64) (most float64) {
	rate, who := n.sigma-1, *n.who
	labsByU, outerByU := n.aggregate()
	slope := n.eta - n.sigma
	for j := range who {
		who[j].r = portable.Exp(who[j].z)
	}
	sum, gaps, pulls := -1.0, 0.0, 0.0
	for j := range who {
		w := &who[j]
		eps, byShare, byOuter := n.sigma+float64(slope*w.r), slope, w.r
		if n.conduct != Bertrand {
			eps, byShare, byOuter = n.perceived(w.r)
		}
		if w.binds = !(eps > n.floor); w.binds {
			eps, byShare, byOuter = n.floor, 0, 0
		}
		inverse := 1 / float64(eps*(eps-1))
		lever := float64(rate * inverse)
		f := w.z + w.cost + float64(rate*portable.Log(float64(eps*eps*inverse))) + n.u // ε/(ε−1)
		a := 1 / (1 - float64(lever*byShare*w.r))
		w.gap, w.pull = float64(f*a), float64((1-float64(lever*byOuter*outerByU))*a)
		sum += w.r
		gaps += float64(w.r * w.gap)
		pulls += float64(w.r * w.pull)
	}
	du := part * (sum - gaps) / pulls
	n.u += du
	n.labs += float64(labsByU * du) // as exactly as a last step needs
	n.eta = n.effective(n.labs)
	most = math.Abs(du)
	for j := range who {
		w := &who[j]
		w.move = -(float64(part*w.gap) + float64(w.pull*du))
		w.z = min(w.z+w.move, 0) // no share is above one at the solution
		most = max(most, math.Abs(w.move))
	}
	return most
}

// arrive brings the shares to the end of a small step, and reports whether every seller is on the
// side of the kink on which it began.
func (n *nest) arrive() bool {
	smooth := true
	for j := range *n.who {
		w := &(*n.who)[j]
		w.r = float64(w.r * (1 + float64(w.move*(1+float64(w.move/2))))) // e^move, to the last digit
		eps, _, _ := n.perceived(w.r)
		smooth = smooth && w.binds == !(eps > n.floor)
	}
	return smooth
}

// aggregate sets s_L and η_eff at u, and returns how they move with u (under Cournot 1/η_eff).
func (n *nest) aggregate() (labsByU, outerByU float64) {
	n.labs = 1
	if !math.IsInf(n.host, 1) {
		n.labs = 1 / (1 + portable.Exp(float64((1-n.against)*(n.host+n.u/(n.sigma-1)))))
		labsByU = n.labs * (1 - n.labs) * (n.against - 1) / (n.sigma - 1)
	}
	n.eta = n.effective(n.labs)
	if n.conduct == Cournot {
		return labsByU, float64(labsByU * (1/n.outer - 1/n.hostSigma))
	}
	return labsByU, float64(labsByU * (n.outer - n.hostSigma))
}

// perceived is ε at a share before the floor, with its derivatives by the share and by η_eff (under
// Cournot 1/η_eff).
func (n *nest) perceived(r float64) (eps, byShare, byOuter float64) {
	switch n.conduct {
	case CostPlus:
		return 1 + 1/n.margin, 0, 0
	case Cournot:
		eps = 1 / ((1-r)/n.sigma + r/n.eta)
		return eps, float64(-eps * eps * (1/n.eta - 1/n.sigma)), float64(-eps * eps * r)
	}
	return n.sigma + float64((n.eta-n.sigma)*r), n.eta - n.sigma, r
}

// scatter leaves the solution where the safe solver leaves it.
func (n *nest) scatter() {
	for j := range *n.who {
		w := &(*n.who)[j]
		n.logShare[w.lab], n.share[w.lab] = w.z, w.r
	}
}
