package sim

import (
	"fmt"
	"math"
	"strings"
	"testing"
)

// pull is a lever pulled in one of the test cases.
type pull struct {
	cases []string
	set   func(*Policy)
}

// leverCases are configurations in which levers are pulled: chips in plenty, chips scarce, labs that
// fail and are sold, and no shock that makes a small lab the leader.
var leverCases = map[string]func() *Config{
	"plenty":       catalogued,
	"scarce":       func() *Config { return tight(catalogued()) },
	"sales":        func() *Config { return failing(catalogued()) },
	"calm":         func() *Config { return unshocked(catalogued()) },
	"calm, scarce": func() *Config { return unshocked(tight(catalogued())) },
}

// catalogued is richConfig with a chip catalogue, and no path that would override an export rule.
func catalogued() *Config {
	cfg := richConfig()
	cfg.Regions[1].RelativePricePerformance = Series{}
	cfg.Chips = []Chip{
		{ID: "a", OnSale: 2023, H100e: 1, Interconnect: 1, Price: 3e4, Merchant: true},
		{ID: "b", OnSale: 2024.5, H100e: 2, Interconnect: 1, Price: 4e4, Merchant: true},
	}
	return cfg
}

// failing puts labs in distress, so that they are sold or close.
func failing(cfg *Config) *Config {
	p := &cfg.Parameters.Industry
	p.LeastShare, p.LargestGap, p.AcquisitionHazard, p.ExitHazard = .3, 0, 3, 0
	return cfg
}

func unshocked(cfg *Config) *Config {
	cfg.Shocks = nil
	return cfg
}

// smallLabs are the three smallest of richConfig.
var smallLabs = Eligibility{Labs: []int{3, 4, 5}, BudgetBelow: math.Inf(1)}

// pulledCap is the cap on runs, FLOP.
const pulledCap = 2e25

// pulls moves each lever off its neutral value.
var pulls = map[string]pull{
	"grant (money)":    {[]string{"plenty", "scarce"}, func(p *Policy) { p.Pull(&Grant{Amount: 3e9, Eligible: smallLabs}) }},
	"grant (chips)":    {[]string{"plenty", "scarce"}, func(p *Policy) { p.Pull(&Grant{Amount: 5e4, InCompute: true, Eligible: smallLabs}) }},
	"subsidy":          {[]string{"plenty", "scarce"}, func(p *Policy) { p.Pull(&Subsidy{Rate: .4, Eligible: smallLabs}) }},
	"export_rule":      {[]string{"plenty", "scarce"}, func(p *Policy) { p.Pull(&ExportRule{Region: 1, Allowed: ChipSet{Chips: []int{0}}, Domestic: -1}) }},
	"training_cap":     {[]string{"plenty", "scarce"}, func(p *Policy) { p.Pull(&TrainingCap{FLOP: pulledCap}) }},
	"tax.compute":      {[]string{"plenty", "scarce"}, func(p *Policy) { p.Pull(&Tax{ComputeRate: .2}) }},
	"tax.windfall":     {[]string{"plenty", "scarce"}, func(p *Policy) { p.Pull(&Tax{WindfallRate: .5}) }},
	"set_aside":        {[]string{"calm", "calm, scarce"}, func(p *Policy) { p.Pull(&SetAside{Share: .2, Eligible: smallLabs}) }},
	"merger_rule":      {[]string{"sales"}, func(p *Policy) { p.Pull(&MergerRule{Delta: 0, Share: 1}) }},
	"open_mandate":     {[]string{"plenty", "scarce"}, func(p *Policy) { p.Pull(&OpenMandate{Capability: 0, Delay: .25}) }},
	"reporting":        {[]string{"plenty", "scarce"}, func(p *Policy) { p.Pull(&Reporting{FLOP: 1e25, Cost: 1e9}) }},
	"disclosure":       {[]string{"calm", "calm, scarce"}, func(p *Policy) { p.Pull(&Disclosure{ClosedLag: .1}) }},
	"interoperability": {[]string{"plenty", "scarce"}, func(p *Policy) { p.Pull(&Interoperability{Factor: 4}) }},
	"chip_price_cap":   {[]string{"scarce"}, func(p *Policy) { p.Pull(&ChipPriceCap{AboveList: 1}) }},
	"set":              {[]string{"plenty", "scarce"}, func(p *Policy) { p.Pull(&Changes{{Kind: ChangeLab, Index: 2, Field: "talent", Value: 3}}) }},
}

// pulled is a case with a lever in force in [from, until).
func pulled(cfg *Config, name string, from, until float64) *Config {
	p := Policy{ID: name, From: from, Until: until}
	pulls[name].set(&p)
	cfg.Policies = append(cfg.Policies, p)
	return cfg
}

// Every row of the table is pulled here and has a neutral value in neutralLevers, and nothing else is.
func TestLeversAreExercised(t *testing.T) {
	known := map[string]bool{}
	for _, l := range Effects() {
		known[l.Name] = true
		if _, ok := pulls[l.Name]; !ok {
			t.Errorf("%s is never pulled", l.Name)
		}
		if _, ok := neutralLevers[l.Name]; !ok {
			t.Errorf("%s has no neutral value", l.Name)
		}
	}
	for name := range pulls {
		if !known[name] {
			t.Errorf("%s is pulled but no lever", name)
		}
	}
	for name := range neutralLevers {
		if !known[name] {
			t.Errorf("%s is neutral but no lever", name)
		}
	}
}

// Levers move their metric as the table says: mean over 24 replications of the paired difference, with common random numbers, of the
// average over the two years in which the lever is in force. The difference is more than two standard errors from zero.
func TestLeverDirections(t *testing.T) {
	for _, lever := range Effects() {
		for _, where := range pulls[lever.Name].cases {
			var clauses, names []string
			for _, clause := range strings.Split(lever.Expected, "; ") {
				name, way, _ := strings.Cut(clause, " ")
				if lever.Ambiguous != (way == "either way") || !lever.Ambiguous && way != "rises" && way != "falls" {
					t.Fatalf("%s: no direction in %q", lever.Name, clause)
				}
				names, clauses = append(names, name), append(clauses, way)
			}
			without := averages(t, leverCases[where](), names)
			with := averages(t, pulled(leverCases[where](), lever.Name, 2025, math.Inf(1)), names)
			for k, way := range clauses {
				mean, se := pairedDifference(with[k], without[k])
				t.Logf("%s, %s: %s %.4g ± %.2g", lever.Name, where, names[k], mean, se)
				if sign := map[string]float64{"rises": 1, "falls": -1}[way]; !lever.Ambiguous && !(sign*mean > 2*se) {
					t.Errorf("%s, %s: %s moves by %.4g ± %.2g, but the table says that it %s", lever.Name, where, names[k], mean, se, way)
				}
			}
		}
	}
}

// A set-aside for labs whose mean share is above HHI/10,000 raises the HHI: here a shock has made an open lab, which is eligible, one of the
// leaders, and hosts of open models lose sales too.
func TestSetAsideForLeadersConcentrates(t *testing.T) {
	hhi := []string{"hhi_sales"}
	jump := func() *Config { // without the luck of fit, which decides as much as the shock who leads
		cfg := catalogued()
		cfg.Parameters.Market.FitSpread = 0
		return cfg
	}
	without := averages(t, jump(), hhi)
	with := averages(t, pulled(jump(), "set_aside", 2025, math.Inf(1)), hhi)
	if mean, se := pairedDifference(with[0], without[0]); !(mean > 2*se) {
		t.Errorf("HHI moves by %.4g ± %.2g", mean, se)
	}
}

// averages are by metric, then replication, the means over the observations of 2025 and 2026.
func averages(t *testing.T, cfg *Config, names []string) [][]float64 {
	const replications = 24
	cfg.Steps = 36
	m := started(t, cfg, 1)
	out := make([][]float64, len(names))
	for r := range replications {
		m.Reset(1, r, m.ref)
		sums := make([]float64, len(names))
		advance(t, m, 12)
		for !m.Done() {
			advance(t, m, 1)
			for k, name := range names {
				sums[k] += metric(t, m, name) / 24
			}
		}
		for k := range names {
			out[k] = append(out[k], sums[k])
		}
	}
	return out
}

func pairedDifference(a, b []float64) (mean, se float64) {
	n, squares := float64(len(a)), 0.0
	for r := range a {
		mean += (a[r] - b[r]) / n
	}
	for r := range a {
		squares += (a[r] - b[r] - mean) * (a[r] - b[r] - mean)
	}
	return mean, math.Sqrt(squares / (n - 1) / n)
}

// All levers together run; when they end each scalar is what it is without them, and no lever acts any more.
func TestLeversEnd(t *testing.T) {
	cfg, plain := tight(catalogued()), tight(catalogued())
	cfg.Policies, plain.Policies = nil, nil
	for _, l := range Effects() {
		cfg = pulled(cfg, l.Name, 2025, 2026)
	}
	cfg.Policies = append(cfg.Policies, Policy{ID: "more", From: 2025, Until: 2026, Levers: []any{&Changes{
		{Field: "market.eta", Value: 2}, {Field: "chips.own_silicon_cost", Value: .9}, {Kind: ChangeSegment, Index: 0, Field: "switching", Value: 8},
	}}})
	m, bare := started(t, cfg, 1), started(t, plain, 1)
	advance(t, m, 13)
	advance(t, bare, 13)
	if scalars(m) == scalars(bare) || metric(t, m, "policy_cost") == 0 || !(m.regions[1].d < 1) {
		t.Error("levers in force change no scalar, cost nothing or bar no chip")
	}
	advance(t, m, 12)
	advance(t, bare, 12)
	if got, want := scalars(m), scalars(bare); got != want {
		t.Errorf("after the end:\n%s\nwithout levers:\n%s", got, want)
	}
	near(t, "policy cost after the end", metric(t, m, "policy_cost"), 0, 0)
	near(t, "region factor after the end", m.regions[1].d, 1, 0)
	if s := &m.supplier; !(s.Scarcity > 1) || s.Price != s.ListPrice*math.Pow(s.Scarcity, m.p.Chips.PriceStickiness) {
		t.Errorf("chip price %g after the cap, list price %g, scarcity %g", s.Price, s.ListPrice, s.Scarcity)
	}
	if largest := metric(t, m, "largest_run"); !(largest > pulledCap) {
		t.Errorf("largest run %g after the cap of %g", largest, pulledCap)
	}
	count := map[string]int{}
	for _, e := range m.Events() {
		if e.Kind == "policy" {
			word, _, _ := strings.Cut(e.Detail, ":")
			count[fmt.Sprintf("%s %g", word, e.Date)]++
		}
	}
	if n := len(cfg.Policies); count["begins 2025"] != n || count["ends 2026"] != n || len(count) != 2 {
		t.Errorf("%d policies begin and end: %v", n, count)
	}
	advance(t, m, cfg.Steps-m.step)
}

// scalars prints all that a dated change can reach.
func scalars(m *Model) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%+v\n", m.p)
	for i := range m.labs {
		fmt.Fprintf(&b, "%+v\n", m.labs[i].Spec)
	}
	for k := range m.segments {
		fmt.Fprintf(&b, "%+v\n", m.segments[k].Spec)
	}
	return b.String()
}
