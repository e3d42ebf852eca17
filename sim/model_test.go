package sim

import (
	"math"
	"testing"
)

// richConfig uses every part of the model: platforms and renters, all kinds of openness, two segments of which one opens
// later, outside buyers, own silicon, a region with a path, shocks and policies; stochastic.
func richConfig() *Config {
	l := labs(6, 1e9)
	taper := func(v, g float64) Series {
		return Series{Points: []Point{{2023.5, v / 2}, {2024.5, v}}, Growth: g, LongRun: math.Log(1.07), TaperTime: 2.5}
	}
	for i := range l {
		l[i].ID = []string{"giant", "maker", "leader", "open", "delayed", "small"}[i]
		l[i].Budget = taper([]float64{4e10, 3e10, 5e9, 8e8, 3e8, 6e6}[i], math.Log(1.8))
		l[i].Efficiency = []float64{.4, 1, 1.1, .9, .3, 0}[i]
		l[i].Renter = i == 2 || i > 3
	}
	l[0].Archetype, l[0].ShareForOtherProducts = Platform, .9
	l[1].Archetype, l[1].ShareForOtherProducts, l[1].OwnSilicon = Platform, .7, .5
	l[3].Openness, l[4].Openness = Open, Delayed
	l[3].Region, l[5].Archetype, l[5].Commercial = 1, Public, false
	position := func(segment int, share, target float64) Position {
		return Position{Segment: segment, Share: share, Target: target, Brand: math.NaN()}
	}
	l[1].Sales = []Position{position(0, .2, .25)}
	l[2].Sales = []Position{position(0, .5, .4)}
	l[3].Sales = []Position{position(0, 0, 0)}
	l[4].Sales = []Position{position(0, .1, math.NaN())}
	cfg := testConfig(l...)
	cfg.Stochastic = true
	cfg.ReferenceReplications = 4
	cfg.Regions = []Region{{ID: "us"}, {ID: "china", RelativePricePerformance: Series{Points: []Point{{2023.5, .9}, {2026, .4}}}}}
	cfg.Outside = OutsideBuyers{Orders: taper(2e10, math.Log(1.5)), Stock: 5e5}
	late := testSegment("reasoning", 5e8)
	late.Theta, late.From, late.BrandsOf = 4.5, 2024+8.0/12, 0
	cfg.Segments[0].Spending = taper(3e9, .9)
	cfg.Segments[0].Cap = 1e12
	cfg.Segments = append(cfg.Segments, late)
	cfg.Shocks = []Shock{{Date: 2025.05, Lab: 3, Training: 8, Serving: 8, Publish: true, Release: true}, {Date: 2026.5, Lab: 2, Training: 2, Serving: 1}}
	cfg.Policies = []Policy{{ID: "grants", From: 2026, Until: math.Inf(1), Grant: &Grant{Amount: 1e9, Eligible: Eligibility{BudgetBelow: 2e9}}}}
	return cfg
}

// Two scenarios with one seed share their luck, a lab that is added moves no draw of another, and the case is not in the key.
func TestCommonRandomNumbers(t *testing.T) {
	cfg, shocked := richConfig(), richConfig()
	cfg.Shocks = nil
	a, b := started(t, cfg, 9), started(t, shocked, 9)
	for !a.Done() {
		advance(t, a, 1)
		advance(t, b, 1)
		if a.Time() < 2025.04 {
			sameMetrics(t, a, b, nil, 0)
		}
	}
	alone := jumpsOf(t, labs(1, 1e9))
	joined := jumpsOf(t, append(labs(1, 1e9), testLab("newcomer", 1e3)))
	for n := range alone {
		if alone[n] != joined[n] {
			t.Fatalf("step %d: a newcomer moved another lab's draws: %g, %g", n, alone[n], joined[n])
		}
	}
}

// jumpsOf lists the first lab's own progress per step where nothing links the labs.
func jumpsOf(t *testing.T, labs []LabSpec) (out []float64) {
	cfg := researchOnly(testConfig(labs...))
	cfg.Stochastic = true
	cfg.Parameters.Research.Lambda = 0
	m := started(t, cfg, 4)
	for !m.Done() {
		before := m.Lab(0).TrainingEfficiency
		advance(t, m, 1)
		out = append(out, m.Lab(0).TrainingEfficiency-before)
	}
	return out
}

// A model that is reset gives the same run to the bit, and another replication another one.
func TestResetRepeats(t *testing.T) {
	cfg := richConfig()
	m := started(t, cfg, 1)
	advance(t, m, cfg.Steps)
	first := metric(t, m, "hhi_sales")
	m.Reset(1, 1, m.ref)
	advance(t, m, cfg.Steps)
	if metric(t, m, "hhi_sales") == first {
		t.Error("another replication gave the same run")
	}
	m.Reset(1, 0, m.ref)
	advance(t, m, cfg.Steps)
	if got := metric(t, m, "hhi_sales"); got != first {
		t.Errorf("reset gave %g, first run %g", got, first)
	}
}

// Result 17. Every lever at its neutral value, and an export rule that allows everything, are bit-identical to no lever.
func TestNeutralLevers(t *testing.T) {
	plain, levers := richConfig(), richConfig()
	plain.Regions[1].RelativePricePerformance = Series{}
	levers.Regions[1].RelativePricePerformance = Series{}
	levers.Chips = []Chip{{ID: "a", OnSale: 2023, H100e: 1, Interconnect: 1, Price: 3e4, Merchant: true}, {ID: "b", OnSale: 2024.5, H100e: 2, Interconnect: 1, Price: 4e4, Merchant: true}}
	forever := func(id string) Policy { return Policy{ID: id, From: 2024, Until: math.Inf(1)} }
	add := func(id string, set func(*Policy)) {
		p := forever(id)
		set(&p)
		levers.Policies = append(levers.Policies, p)
	}
	add("export_all", func(p *Policy) { p.ExportRule = &ExportRule{Region: 1, AllowAll: true, Domestic: -1} })
	add("export_each", func(p *Policy) { p.ExportRule = &ExportRule{Region: 1, Allowed: []int{0, 1}, Domestic: -1} })
	add("grant", func(p *Policy) { p.Grant = &Grant{} })
	add("chips", func(p *Policy) { p.Grant = &Grant{InCompute: true} })
	add("cap", func(p *Policy) { p.TrainingCap = &TrainingCap{FLOP: math.Inf(1)} })
	add("tax", func(p *Policy) { p.Tax = &Tax{Recycled: true} })
	add("set_aside", func(p *Policy) { p.SetAside = &SetAside{} })
	add("mandate", func(p *Policy) { p.OpenMandate = &OpenMandate{Capability: math.Inf(1)} })
	add("reporting", func(p *Policy) { p.Reporting = &Reporting{FLOP: 1e20} })
	add("disclosure", func(p *Policy) { p.Disclosure = &Disclosure{ClosedLag: math.Inf(1)} })
	add("interoperability", func(p *Policy) { p.Interoperability = &Interoperability{Factor: 1} })
	add("chip_price", func(p *Policy) { p.ChipPriceCap = &ChipPriceCap{AboveList: math.Inf(1)} })
	add("merger", func(p *Policy) { p.MergerRule = &MergerRule{HHI: 1e4, Delta: 1e4, Share: 1} })
	add("set", func(p *Policy) {
		p.Set = []Change{{Kind: ChangeParameter, Field: "market.eta", Value: Defaults().Market.Eta}}
	})
	a, b := run(t, plain), run(t, levers)
	sameMetrics(t, a, b, nil, 0)
	for _, x := range Metrics {
		if va, vb := x.Of(a), x.Of(b); math.Float64bits(va) != math.Float64bits(vb) && !(va != va && vb != vb) {
			t.Errorf("%s: %v without levers, %v with neutral ones", x.Name, va, vb)
		}
	}
}

// tight makes chips scarce, so that prices and rationing matter.
func tight(cfg *Config) *Config {
	cfg.Parameters.Chips.Capacity = 4e5
	return cfg
}

// Priority in rationing serves a lab first: all orders together get what the market delivers, the favoured lab more of its own.
func TestPriority(t *testing.T) {
	cfg := tight(richConfig())
	cfg.Labs[3].Priority = 50
	m := started(t, cfg, 1)
	advance(t, m, 24)
	s := m.Supplier()
	if s.FillRate >= 1 || m.Lab(3).fill != 1 || m.Lab(0).fill >= s.FillRate {
		t.Errorf("fill rate %g, favoured %g, other %g", s.FillRate, m.Lab(3).fill, m.Lab(0).fill)
	}
	served := s.outsideFill * cfg.Outside.Orders.At(m.Time()-m.dt/2) * math.Exp(cfg.Parameters.Chips.DemandResponse*s.logV)
	for i := range m.labs {
		served += m.labs[i].fill * m.merchantOrder(&m.labs[i], math.Exp(cfg.Parameters.Chips.DemandResponse*s.logV))
	}
	near(t, "orders served", served/(s.FillRate*s.Orders), 1, 1e-9)
}

// Each option of conduct gives the markups of its formula in a symmetric market: Bertrand 1.32 (result 2); Cournot 1/ε = .75/5 + .25/1.5;
// cost-plus 1 + margin.
func TestConduct(t *testing.T) {
	for conduct, want := range map[Conduct]float64{Bertrand: 1.32, Cournot: 1 / (1 - (.75/5 + .25/1.5)), CostPlus: 1.8} {
		cfg := sells(testConfig(labs(4, 1e9)...), 1)
		cfg.Segments[0].Sigma, cfg.Segments[0].Eta = 5, 1.5
		cfg.Parameters.Market.Conduct, cfg.Parameters.Market.CostPlusMargin = float64(conduct), .8
		m := started(t, cfg, 1)
		advance(t, m, 12)
		near(t, "markup", m.Segment(0).price[0]/m.Segment(0).cost[0], want, 1e-12)
	}
}

// With scale-dependent efficiency a run below the threshold loses that share of A, one above it nothing.
func TestScaleDependence(t *testing.T) {
	cfg := frontierOnly(testConfig(testLab("rich", 1e10), testLab("poor", 1e6)))
	cfg.Parameters.Training.ScaleDependence, cfg.Parameters.Training.ScaleThreshold = .6, 1e24
	m := run(t, cfg)
	for i, share := range []float64{1, .4} {
		l := m.Lab(i)
		near(t, l.Spec.ID, l.Capability, math.Log10(l.TrainingFlop/ReferenceFLOP)+share*l.TrainingEfficiency/math.Ln10, 1e-9)
	}
}

// Each lever that is pulled does something, so that the neutral case means something.
func TestLeversAct(t *testing.T) {
	base := run(t, tight(richConfig()))
	for name, set := range map[string]func(*Policy){
		"export":   func(p *Policy) { p.ExportRule = &ExportRule{Region: 0, Allowed: []int{0}, Domestic: -1} },
		"chips":    func(p *Policy) { p.Grant = &Grant{Amount: 1e5, InCompute: true} },
		"cap":      func(p *Policy) { p.TrainingCap = &TrainingCap{FLOP: 1e25} },
		"tax":      func(p *Policy) { p.Tax = &Tax{ComputeRate: .2, WindfallRate: .3} },
		"aside":    func(p *Policy) { p.SetAside = &SetAside{Share: .2, Eligible: Eligibility{BudgetBelow: 1e9}} },
		"mandate":  func(p *Policy) { p.OpenMandate = &OpenMandate{Capability: 0, Delay: .5} },
		"report":   func(p *Policy) { p.Reporting = &Reporting{FLOP: 1e25, Cost: 1e9} },
		"disclose": func(p *Policy) { p.Disclosure = &Disclosure{ClosedLag: .25} },
		"interop":  func(p *Policy) { p.Interoperability = &Interoperability{Factor: 4} },
		"ceiling":  func(p *Policy) { p.ChipPriceCap = &ChipPriceCap{AboveList: 1} },
		"lag":      func(p *Policy) { p.Set = []Change{{Field: "research.closed_lag", Value: .25}} },
		"talent":   func(p *Policy) { p.Set = []Change{{Kind: ChangeLab, Index: 3, Field: "talent", Value: 2}} },
		"switch":   func(p *Policy) { p.Set = []Change{{Kind: ChangeSegment, Index: 0, Field: "switching", Value: 8}} },
	} {
		cfg := tight(richConfig())
		cfg.Chips = []Chip{{ID: "a", OnSale: 2023, H100e: 1, Interconnect: 1, Price: 3e4, Merchant: true}, {ID: "b", OnSale: 2024.5, H100e: 2, Interconnect: 1, Price: 4e4, Merchant: true}}
		p := Policy{ID: name, From: 2025, Until: math.Inf(1)}
		set(&p)
		cfg.Policies = append(cfg.Policies, p)
		m := run(t, cfg)
		if metric(t, m, "hhi_sales") == metric(t, base, "hhi_sales") && metric(t, m, "hhi_compute_used") == metric(t, base, "hhi_compute_used") {
			t.Errorf("%s: nothing changed", name)
		}
	}
}

// A cap on training compute holds; distillation may exceed it.
func TestTrainingCapHolds(t *testing.T) {
	cfg := richConfig()
	cfg.Policies = []Policy{{ID: "cap", From: 2025, Until: math.Inf(1), TrainingCap: &TrainingCap{FLOP: 1e25}}}
	m := run(t, cfg)
	for i := range m.labs {
		if c := m.labs[i].TrainingFlop; c > 1e25 {
			t.Errorf("%s trains with %g FLOP", m.labs[i].Spec.ID, c)
		}
	}
}

// A step allocates nothing.
func TestStepAllocatesNothing(t *testing.T) {
	cfg := richConfig()
	m := started(t, cfg, 1)
	advance(t, m, cfg.Steps) // grows the lists of events and publications
	allocs := testing.AllocsPerRun(5, func() {
		m.Reset(1, 0, m.ref)
		for !m.Done() {
			if err := m.Step(); err != nil {
				t.Fatal(err)
			}
		}
	})
	if allocs > 0 {
		t.Errorf("a run allocates %g times", allocs)
	}
}

// A broken invariant names process, lab, variable and date.
func TestFailureNamesItsPlace(t *testing.T) {
	cfg := richConfig()
	cfg.Shocks = []Shock{{Date: 2025.5, Lab: 2, Training: math.Inf(1), Serving: 1}}
	m := started(t, cfg, 1)
	for !m.Done() {
		if err := m.Step(); err != nil {
			want := "replication 0, step of 2025-07, process policy: lab leader: efficiency is +Inf (training)"
			if got := err.Error(); len(got) < len(want) || got[:len(want)] != want {
				t.Errorf("error %q, want %q…", got, want)
			}
			return
		}
	}
	t.Error("the run went through")
}

// Random streams are frozen: a change of the generator would change every published result.
func TestStreamsAreFrozen(t *testing.T) {
	s := newStream()
	s.at(runKey("run", 1, 2)^hashName("deepseek"), drawResearch, 3)
	got := [2]uint64{s.Uint64(), s.Uint64()}
	if want := ([2]uint64{0xe0bc360c544cf783, 0xb241cc4af2a5195e}); got != want {
		t.Errorf("draws %#x, want %#x", got, want)
	}
}

func BenchmarkRun(b *testing.B) {
	cfg := richConfig()
	m := started(b, cfg, 1)
	b.ReportAllocs()
	for b.Loop() {
		m.Reset(1, 0, m.ref)
		advance(b, m, cfg.Steps)
	}
}
