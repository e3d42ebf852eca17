package sim

import (
	"math"
	"math/rand/v2"
	"testing"
)

func newNest(n int) *nest {
	e := &nest{host: math.Inf(1), hostSigma: 1.3, against: 1.3, outer: 1.11}
	e.sigma, e.floor, e.margin = 2.3, 1.6, 1
	e.who = new([]seller)
	e.logCost, e.logShare, e.share = make([]float64, n), make([]float64, n), make([]float64, n)
	return e
}

// randomNest draws a game as scenarios have them: up to 20 sellers of unequal cost and quality,
// hosts, elasticities over their intervals.
func randomNest(r *rand.Rand) *nest {
	e := newNest(1 + r.IntN(20))
	e.sigma, e.outer, e.conduct = 1.9+2.1*r.Float64(), .6+.9*r.Float64(), Conduct(r.IntN(3))
	e.hostSigma = 1.01 + (e.sigma-1.01)*r.Float64()
	e.against = e.hostSigma
	for i := range e.logCost {
		e.logCost[i] = 2 * r.NormFloat64()
		if r.IntN(8) == 0 {
			e.logCost[i] = math.Inf(1)
		}
	}
	e.logCost[0] = 3 * r.NormFloat64()
	if r.IntN(10) > 0 {
		e.host = 3 * r.NormFloat64()
	}
	return e
}

// The equations themselves hold at every solution: prices by markups of ε, the two levels of CES,
// shares that add up. [1e-11]
func TestNestSolvesItsEquations(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 3000 {
		e := randomNest(r)
		if err := e.solve(); err != nil {
			t.Fatalf("%+v: %v", e, err)
		}
		eta := e.hostSigma*(1-e.labs) + e.outer*e.labs
		inner, sum := 0.0, 0.0
		for i, c := range e.logCost {
			if math.IsInf(c, 1) {
				continue
			}
			share := math.Exp(e.logShare[i])
			eps := e.sigma*(1-share) + eta*share
			switch e.conduct {
			case Cournot:
				eps = 1 / ((1-share)/e.sigma + share*((1-e.labs)/e.hostSigma+e.labs/e.outer))
			case CostPlus:
				eps = 2
			}
			eps = math.Max(eps, e.floor)
			inner += math.Exp((1 - e.sigma) * (c + math.Log(eps/(eps-1)) - e.equilibrium.indexLog()))
			sum += share
		}
		near(t, "shares among labs", sum, 1, 1e-11)
		near(t, "labs' index", inner, 1, 1e-11)
		outer := math.Exp((1 - e.hostSigma) * (e.equilibrium.indexLog() - e.indexLog()))
		near(t, "labs' share", outer, e.labs, 1e-11)
		if !math.IsInf(e.host, 1) {
			near(t, "hosts' share", math.Exp((1-e.hostSigma)*(e.host-e.indexLog())), 1-e.labs, 1e-11)
		}
	}
}

// oneMarket is the game of labs and hosts in one market, ε = max(ε_min, σ(1−s) + ηs), Σs +
// (p̃_f)^{1−σ}/H = 1, by bisection at both levels.
func oneMarket(e *nest) (share []float64, index float64) {
	markup := func(s float64) float64 {
		eps := e.sigma*(1-s) + e.outer*s
		switch e.conduct {
		case Cournot:
			eps = 1 / ((1-s)/e.sigma + s/e.outer)
		case CostPlus:
			eps = 2
		}
		eps = math.Max(eps, e.floor)
		return math.Log(eps / (eps - 1))
	}
	share = make([]float64, len(e.logCost))
	total := func(u float64) float64 {
		sum := 0.0
		if !math.IsInf(e.host, 1) {
			sum = math.Exp((1-e.sigma)*e.host - u)
		}
		for i, c := range e.logCost {
			low, high := 0.0, 4.0 // a share above one is possible off the solution
			for range 80 {
				share[i] = (low + high) / 2
				if math.Exp((1-e.sigma)*(c+markup(share[i]))-u) > share[i] {
					low = share[i]
				} else {
					high = share[i]
				}
			}
			sum += share[i]
		}
		return sum
	}
	low, high := -60.0, 60.0
	for range 80 {
		if u := (low + high) / 2; total(u) > 1 {
			low = u
		} else {
			high = u
		}
	}
	return share, low / (1 - e.sigma)
}

// Result 25a. With σ_h = σ the nest is one market of labs and hosts: shares, markups and index are
// those of that game, solved here by bisection. [1e-11]
func TestNestOfOneSubstitutionIsOneMarket(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 200 {
		e := randomNest(r)
		e.hostSigma, e.against = e.sigma, e.sigma
		if err := e.solve(); err != nil {
			t.Fatal(err)
		}
		share, index := oneMarket(e)
		near(t, "index", e.indexLog(), index, 1e-11*math.Max(1, math.Abs(index)))
		for i := range share {
			got := 0.0
			if !math.IsInf(e.logCost[i], 1) {
				got = e.labs * math.Exp(e.logShare[i])
			}
			near(t, "share", got, share[i], 1e-11)
		}
	}
}

// Result 25b. One lab and hosts: r = 1, so that P_L = p̃_1 and s_f/s_L = (p̃_f·e^ν/p̃_1)^{1−σ_h}.
// With a target of .8 at the start the ratio is .25 then; here costs fall and hosts' know-how grows
// after it, and the ratio follows prices at σ_h and not at σ. [1e-11]
func TestOneLabAgainstHosts(t *testing.T) {
	cfg := testConfig(labs(2, 1e9)...)
	cfg.Labs[1].Openness = Open
	cfg.Labs[0].Sales = []Position{sold(0, .8)}
	for i := range cfg.Labs {
		cfg.Labs[i].Capability, cfg.Labs[i].ServingSize = 9, 1e25
	}
	m := started(t, cfg, 1)
	s, e := &m.segments[0], &m.segments[0].solver
	near(t, "target at the start", s.target[0], .8, 1e-11)
	near(t, "ν", s.hostBrand, math.Log(.25)*(1/(1-1.3)-1/(1-2.3)), 1e-11)
	hosts, lab := e.host-s.hostBrand, math.Log(s.price[0])-s.Spec.Theta*9-s.brand[0]
	for range 36 {
		advance(t, m, 1)
		nowHosts, nowLab := e.host-s.hostBrand, math.Log(s.price[0])-s.Spec.Theta*9-s.brand[0]
		near(t, "ln s_f/s_L", math.Log(s.fringe/s.target[0]), (1-1.3)*(nowHosts+s.hostBrand-nowLab), 1e-11)
		near(t, "its move", math.Log(s.fringe/s.target[0]/.25), (1-1.3)*(nowHosts-hosts-nowLab+lab), 1e-11)
	}
	if move := math.Abs(e.host - s.hostBrand - hosts); move < .1 {
		t.Errorf("the hosts' price moved by %g in logs: the configuration no longer tests the ratio", move)
	}
}

// The open models' brand is on the labs' scale: a lab with access alone and the offer of a host
// sells as much as hosts do, but for its markup: ln(s_i/s_f) = (1−σ)·ln(markup/1.1) at the start,
// whatever σ_h is.
func TestBrandOfOpenModelsIsOnTheLabsScale(t *testing.T) {
	for _, hosts := range []float64{1.05, 1.3, 2.3} {
		cfg := still(testConfig(labs(3, 1e9)...))
		cfg.Parameters.Market.HostSubstitution = hosts
		cfg.Labs[1].Openness = Open
		cfg.Labs[0].Sales = []Position{sold(0, .6)}
		cfg.Labs[2].Sales = []Position{{Target: 0, Brand: math.NaN()}}
		for i := range cfg.Labs {
			cfg.Labs[i].Capability, cfg.Labs[i].ServingSize = 9, 1e25
		}
		m := started(t, cfg, 1)
		s := &m.segments[0]
		near(t, "target at the start", s.target[0], .6, 1e-11)
		near(t, "ln s_i/s_f", math.Log(s.target[2]/s.fringe), -1.3*math.Log(s.price[2]/s.cost[2]/1.1), 1e-9)
	}
}

// Where no open model is hosted the labs have the market to themselves; where no lab sells, hosts
// have.
func TestNestWithOneSideOnly(t *testing.T) {
	e := newNest(2)
	if err := e.solve(); err != nil || e.labs != 1 || e.indexLog() != e.equilibrium.indexLog() {
		t.Errorf("labs alone: s_L %g, %v", e.labs, err)
	}
	e.logCost[0], e.logCost[1], e.host = math.Inf(1), math.Inf(1), .7
	if err := e.solve(); err != nil || e.labs != 0 || e.indexLog() != .7 {
		t.Errorf("hosts alone: s_L %g, ln P %g, %v", e.labs, e.indexLog(), err)
	}
	e.host = math.Inf(1)
	if e.solve() == nil {
		t.Error("nobody sells, and yet there is a price")
	}
}

// Labs or hosts that are out of reach leave the others nearly all, in finite numbers.
func TestNestAtTheEnds(t *testing.T) {
	for _, host := range []float64{-3000, -300, 300, 3000} {
		e := newNest(3)
		e.host = host
		if err := e.solve(); err != nil || !finite(e.indexLog()) || !(e.labs >= 0 && e.labs <= 1) {
			t.Errorf("hosts at %g: s_L %g, ln P %g, %v", host, e.labs, e.indexLog(), err)
		}
	}
}
