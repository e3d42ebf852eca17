package scenario

import (
	"bytes"
	"fmt"
	"math"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"simulate/sim"
)

// TestWholeLanguage checks what each key of a file that has them all becomes.
func TestWholeLanguage(t *testing.T) {
	s := mustLoad(t, "testdata/good/alone.yaml")
	if s.Name != "whole-language" || s.Title != "Everything: at once" || s.Description != "Every key that a scenario "+
		"can have, in one file." ||
		s.Seed != math.MaxUint64 || s.Replications != 1000 || s.Stochastic || s.Record != "year" || s.StepsPerYear != 4 ||
		s.Steps != 23 {
		t.Errorf("top: %+v", *s)
	}
	c := s.Config()
	near(t, "start", c.Start, 2024.25)
	if c.ReferenceReplications != 64 || len(c.Labs) != 7 || !c.Labs[6].FollowsSales || c.Labs[1].FollowsSales ||
		c.Labs[5].ID != "class#3" || c.Regions[4].ID != "moon" {
		t.Fatalf("labs %+v", c.Labs)
	}
	moon := c.Regions[4].RelativePricePerformance.Points
	if len(moon) != 3 || moon[0].Date != 2024.5 || !math.IsNaN(moon[2].Value) {
		t.Errorf("moon %v", moon)
	}
	giant, newcomer, twin, class := c.Labs[0], c.Labs[1], c.Labs[2], c.Labs[3]
	near(t, "chips", giant.Compute, 10_000*312.0/989+16_000)
	near(t, "second point", giant.Budget.Points[1].Date, 2024+6.0/12+14.0/(12*31))
	near(t, "aliased point", giant.Budget.Points[2].Value, 41e9)
	if plan := giant.Budget.Points[3]; plan.Value != 90e9 || plan.Known != 2025+2.0/(12*31) ||
		giant.Budget.Points[2].Known != 0 {
		t.Errorf("plan %+v", plan)
	} else if plan.Planned != 85e9 || plan.PlanKnown != 2024+10.0/12 {
		t.Errorf("what was planned before it %+v", plan)
	}
	near(t, "carried out of plans", c.PlansCarriedOut, 0.9)
	seller := c.Labs[6]
	if seller.DocumentedRun != 1e25 || seller.NextRun != 2e25 || seller.Sales[0].Before != (sim.Earlier{Date: 2023.25,
		Share: 0.01}) {
		t.Errorf("seller %+v", seller)
	}
	near(t, "growth", giant.Budget.Growth, math.Log(1.3))
	if giant.Budget.TaperTime != 0 || giant.Renter || giant.Region != 4 || giant.Archetype != sim.Platform {
		t.Errorf("giant %+v", giant)
	}
	near(t, "monthly money", newcomer.Budget.Points[0].Value, 1.2e9)
	near(t, "date of a plain value", newcomer.Budget.Points[0].Date, 2024.25)
	near(t, "taper", newcomer.Budget.TaperTime, 2.5)
	near(t, "long run", newcomer.Budget.LongRun, math.Log(0.9))
	near(t, "secrecy", newcomer.Secrecy, 1.5)
	near(t, "merged secrecy", twin.Secrecy, 1.5)
	near(t, "own talent", twin.Talent, 2)
	near(t, "talent", newcomer.Talent, 1.5)
	if newcomer.Renter || newcomer.Openness != sim.Delayed || !class.Renter || class.Commercial || !newcomer.Commercial {
		t.Errorf("newcomer %+v, class %+v", newcomer, class)
	}
	near(t, "drawn budget at its median", class.Budget.Points[0].Value, math.Sqrt(6e6*12e6))
	near(t, "class growth", class.Budget.Growth, math.Log(1.05))
	work, home := newcomer.Sales[0], newcomer.Sales[1]
	if work.Share != 0 || work.Target != 0 || !math.IsNaN(work.Brand) || home.Brand != 3 {
		t.Errorf("access %+v, brand %+v", work, home)
	}
	near(t, "target", giant.Sales[0].Target, 0.3)
	if !math.IsNaN(giant.Sales[1].Target) || giant.Sales[1].Share != 0.2 {
		t.Errorf("short share %+v", giant.Sales[1])
	}
	if !math.IsInf(c.Segments[0].Cap, 1) || c.Segments[2].BrandsOf != 0 || c.Segments[0].BrandsOf != -1 {
		t.Errorf("segments %+v", c.Segments)
	}
	near(t, "demand growth", c.Segments[1].Spending.Growth, math.Log(1.05))
	near(t, "outside growth", c.Outside.Orders.Growth, math.Log(1.6))
	near(t, "outside stock", c.Outside.Stock, 5e5)
	if list := c.ListPrice.Points; len(list) != 2 || list[1] != (sim.Point{Date: 2025.5, Value: 20e3}) {
		t.Errorf("list prices %v", list)
	}

	p := c.Parameters
	// a thousandth of it lies below the allowed range
	if want := math.Sqrt(math.Log(1.5) * math.Log(10)); math.Abs(p.Research.Gamma-want) > 1e-3 {
		t.Errorf("median of a lognormal rate is %v, want about %v", p.Research.Gamma, want)
	}
	near(t, "price per H100e", p.Chips.Price, 50e3*989/312)
	near(t, "months", p.Training.ReleaseInterval, 8.0/12)
	near(t, "pool", p.Funding.Pool, 2e9)
	near(t, "nats", p.Training.DistillationCap, math.Log(10))
	if p.Research.Returns != 8 || p.Training.Adoption != 0 || p.Market.Conduct != 1 || p.Market.ServingCost != 3 {
		t.Errorf("parameters %+v", p)
	}
	if len(c.Shocks) != 6 || c.Shocks[0].Lab != 3 || c.Shocks[2].Lab != 5 || c.Shocks[3].Lab != -1 ||
		c.Shocks[4].Lab != 4 {
		t.Fatalf("shocks %+v", c.Shocks)
	}
	if e := c.Shocks[1]; e.Training != 8 || e.Serving != 4 || !e.Publish || e.Release || e.BudgetFrom != 1e6 ||
		e.BudgetBelow != 1e9 || !e.Withhold || e.Label != "a jump" {
		t.Errorf("shock %+v", e)
	}
	if e := c.Shocks[5]; e.Efficiency != 4.5 || !e.Technique || e.Publish || e.Parts.Efficiency != sim.StaysClosed ||
		e.Parts.Technique != sim.IsPublished || e.Label != "4.5× efficiency and test-time reasoning, giant" {
		t.Errorf("shock %+v", e)
	}
	if giant := c.Labs[0]; !giant.Cloud || giant.TestTimeFrom != 2024+8.0/12+11.0/360 ||
		!math.IsNaN(c.Labs[1].TestTimeFrom) {
		t.Errorf("giant %+v", giant)
	}
	if e := c.Shocks[3]; e.Training != 0 || e.Publish || !e.Release || e.Label != "2× efficiency, all labs" ||
		!math.IsInf(e.BudgetBelow, 1) {
		t.Errorf("shock %+v", e)
	}
	checkPolicies(t, c)
	if o := c.Ownership; len(o) != 2 || o[0] != (sim.Holding{Holder: 0, Of: 1, Share: 0.49}) || o[1].Of != 3 {
		t.Errorf("ownership %+v", o)
	}
	if e := s.Experiment; len(e.Uncertainties) != 6 || e.Uncertainties[2].Path != "research.omega" ||
		e.Uncertainties[3].Interval[1] != 1.6 || e.Uncertainties[4].Values[1] != "cournot" ||
		e.Uncertainties[5].Distribution()(0) != 2.5 || e.Uncertainties[5].Distribution()(1) != 4 ||
		e.Levers[0].Numbers[1] != 2e9 || e.Levers[1].Values[0] != "open" || e.Design.Samples != 1024 {
		t.Errorf("experiment %+v", e)
	}
	if e := s.Expect; len(e) != 13 || e[7].Lab != "giant" || e[7].Low != 1e6 || e[8].Against != WithoutEvents ||
		e[6].Segment != "home" || e[6].Misfit != "nobody else sells there" || e[2].Against != "baseline" ||
		e[3].Since != 2025 || e[3].PerYear || !e[4].PerYear || e[5].Minus != "hhi_sales" || e[0].At != 2025 ||
		e[0].High != 1800 || e[1].At != 2027 || e[1].Low != 1e9 || !math.IsInf(e[1].High, 1) || e[1].Stat != "q50" {
		t.Errorf("expect %+v", e)
	}
	if e := s.Expect[9:]; e[0].Low != 1000 || e[0].LowStrict || e[0].High != 1800 || !e[0].HighStrict ||
		e[1].Metric != "entry_ticket" || e[1].Stat != "q50" || e[1].Low != 1e9 || e[1].Note != "in words" ||
		e[2].Lab != "giant" || e[2].High != 1e9 || !e[3].PerYear || e[3].Low != 1.5 || !e[0].Met(1000) || e[0].Met(1800) {
		t.Errorf("conditions in words %+v", e)
	}
	if m := s.Markers(); len(m) != 11 || m[0] != (Marker{Date: 2024.25, Kind: "policy",
		Label: "controls"}) || m[3].Label != "a jump" || !slices.Contains(m, Marker{Date: 2026, Until: 2029, Kind: "policy",
		Label: "Public compute"}) {
		t.Errorf("markers %+v", m)
	}
}

func checkPolicies(t *testing.T, c *sim.Config) {
	t.Helper()
	chip := func(id string) int { return slices.IndexFunc(c.Chips, func(k sim.Chip) bool { return k.ID == id }) }
	everyone, none := sim.Everyone(), math.NaN()
	few := sim.Eligibility{
		Labs: []int{3, 4, 5, 2}, Regions: []int{0}, BudgetBelow: 2e9, NonProfit: true,
		Archetypes: []sim.Archetype{sim.Public, sim.Independent}, Openness: []sim.Openness{sim.Open},
	}
	twin, poor, public := everyone, everyone, everyone
	twin.Labs, poor.BudgetBelow, public.Archetypes = []int{2}, 1e9, []sim.Archetype{sim.Public}
	median := sim.Pulled[sim.Grant](&c.Policies[2]).Amount
	near(t, "median of a grant", median/1e9, math.Sqrt(3))
	for i, want := range []sim.Policy{
		{ID: "public_compute", Label: "Public compute", From: 2026, Until: 2029, Levers: []any{
			&sim.Changes{
				{Kind: sim.ChangeParameter, Field: "market.eta", Value: 1.4},
				{Kind: sim.ChangeLab, Index: 3, Field: "talent", Value: 1.2},
				{Kind: sim.ChangeLab, Index: 4, Field: "talent", Value: 1.2},
				{Kind: sim.ChangeLab, Index: 5, Field: "talent", Value: 1.2},
				{Kind: sim.ChangeSegment, Field: "switching", Value: 2},
			},
			&sim.Grant{Amount: 1e5, InCompute: true, Eligible: few, Proportional: true},
		}},
		{ID: "controls", Label: "controls", From: 2024.25, Until: math.Inf(1), Levers: []any{
			&sim.Subsidy{Rate: 0.4, Eligible: twin},
			&sim.Reporting{FLOP: 1e25, Cost: 1e6},
			&sim.Tax{ComputeRate: 0.05, WindfallRate: 0.2, Threshold: 1e9, Recycled: true, Recipients: poor},
			&sim.ExportRule{Region: 1, Relative: none, Allowed: sim.ChipSet{Chips: []int{chip("H20"), chip("A800")}},
				Improves: true, Domestic: chip("Ascend910B")},
			&sim.ChipPriceCap{AboveList: 1.2},
			&sim.Disclosure{ClosedLag: 0.25},
			&sim.TrainingCap{FLOP: 1e26, Regions: []int{4}},
			&sim.OpenMandate{Capability: 1.5, Delay: 0.5, Regions: []int{0}},
			&sim.SetAside{Segments: []int{0}, Share: 0.1, Eligible: public},
			&sim.Interoperability{Factor: 2, Segments: []int{1}},
			&sim.MergerRule{HHI: 1800, Delta: 100, Share: 0.3},
		}},
		{ID: "own_rule", Label: "own rule", From: 2024.25, Until: math.Inf(1), Levers: []any{
			&sim.Grant{Amount: median, Eligible: everyone},
			&sim.ExportRule{Relative: none, Allowed: sim.ChipSet{All: true}, Domestic: -1},
			&sim.MergerRule{HHI: 1800, Delta: 100, Share: 0.3},
		}},
		{ID: "number", Label: "number", From: 2025, Until: 2026, Levers: []any{
			&sim.ExportRule{Region: 4, Relative: 0.4, Allowed: sim.ChipSet{All: true}, Domestic: -1},
		}},
		{ID: "ban", Label: "ban", From: 2027 + 5.0/12, Until: math.Inf(1), Levers: []any{
			&sim.ExportRule{Region: 4, Relative: none, Domestic: -1},
		}},
		{ID: "no_technique", Label: "no technique", From: 2028, Until: math.Inf(1),
			Levers: []any{&sim.TechniqueWithheld{Withheld: true}}},
		{ID: "maybe", Label: "maybe", From: 2028, Until: math.Inf(1), Levers: []any{&sim.TechniqueWithheld{}}},
	} {
		if got, want := policyInFull(&c.Policies[i]), policyInFull(&want); got != want {
			t.Errorf("policy\n%s\nwant\n%s", got, want)
		}
	}
	if !c.Regions[2].ScreensAcquisitions || c.Regions[0].ScreensAcquisitions {
		t.Errorf("regions %+v", c.Regions)
	}
}

// policyInFull writes a policy with the settings of its levers.
func policyInFull(p *sim.Policy) string {
	text := fmt.Sprintf("%s (%s) %v to %v", p.ID, p.Label, p.From, p.Until)
	for _, v := range p.Levers {
		text += fmt.Sprintf("\n%T %+v", v, reflect.ValueOf(v).Elem())
	}
	return text
}

// TestExtends checks how a file changes the one it extends: key by key, null takes away, titles are
// not inherited.
func TestExtends(t *testing.T) {
	s := mustLoad(t, "testdata/good/extends.yaml")
	c := s.Config()
	if s.Title != "A change of a change" || len(c.Labs) != 3 || c.Labs[1].ID != "d" || c.Labs[2].ID != "c" {
		t.Fatalf("labs %+v", c.Labs)
	}
	near(t, "growth joined to a plain value", c.Labs[0].Budget.Growth, math.Log(3))
	near(t, "value kept", c.Labs[0].Budget.Points[0].Value, 1e6)
	near(t, "share kept", c.Labs[0].Sales[0].Share, 0.4)
	near(t, "target joined", c.Labs[0].Sales[0].Target, 0.3)
	near(t, "the first of two merges wins", c.Labs[2].Talent, 1.1)
	near(t, "what only the second has", c.Labs[2].Budget.Points[0].Value, 3e6)
	near(t, "parameter of the base", c.Parameters.Market.Sigma, 2.5)
	near(t, "default with a range", c.Parameters.Market.Eta, 1.11)
	if l, _ := s.Knob("market.eta"); !l.HasRange || l.Range != [2]float64{0.9, 1.3} {
		t.Errorf("range %v", l.Range)
	}
	d := c.Labs[1]
	if p := d.Budget; len(p.Points) != 1 || p.Points[0].Value != 5e6 || p.Growth != math.Log(2.4) {
		t.Errorf("a path replaces a path: %+v", p)
	}
	if l, _ := s.Knob("labs.d.compute"); l.Value != 80*312.0/989 || l.HasRange {
		t.Errorf("a value replaces a value and its range: %+v", l)
	}
	sources := map[string]string{}
	for _, o := range s.Origins() {
		sources[o.Path] = o.Source + " " + o.Where
	}
	for path, want := range map[string]string{
		"labs.d.budget.values.2025":       "child testdata/good/extends.yaml:12",
		"labs.d.compute":                  " testdata/good/extends.yaml:13",
		"segments.s.theta":                " testdata/good/extends.yaml:15",
		"segments.s.spending.values.2024": "re-read testdata/good/sub/base.yaml:8",
	} {
		if sources[path] != want {
			t.Errorf("%s comes from %q, want %q", path, sources[path], want)
		}
	}
}

// TestGrowthOfSpending: after its last value spending goes on as between the last two, which a
// single value and budgets do not have.
func TestGrowthOfSpending(t *testing.T) {
	s := mustLoad(t, fileWith(t, `title: Growth of spending
clock: {start: 2024-01, end: 2026-01}
labs: {a: {budget: $1B/yr, openness: open}}
segments:
  own: {spending: {values: {2024-01: $1B/yr, 2024-07: $1.5B/yr, 2025-01: $3B/yr}}}
  given: {spending: {values: {2024-01: $1B/yr, 2025-01: $3B/yr}, growth: 20%/yr}}
  single: {spending: {values: {2024-01: $1B/yr}}}
  nothing: {spending: {values: {2024-01: $0/yr, 2025-01: $3B/yr}}}
`))
	for k, want := range []float64{2 * math.Log(2), math.Log(1.2), math.Log(1.05), math.Log(1.05)} {
		near(t, s.Config().Segments[k].ID, s.Config().Segments[k].Spending.Growth, want)
	}
}

// TestRoundTrip reloads the canonical form of every good scenario: the same Config, and the same
// bytes again.
func TestRoundTrip(t *testing.T) {
	refs := []string{"testdata/good/alone.yaml", "testdata/good/extends.yaml"}
	for _, b := range Builtins() {
		refs = append(refs, b.Name)
	}
	for _, ref := range refs {
		options := []Options{{}, {FixParameters: true}, {Set: []string{"market.eta=1.07", "seed=7",
			"research.gamma={dist: normal, low: 2x/yr, high: 5x/yr}"}}}
		if !IsPath(ref) && ref != "baseline" {
			options = options[:1]
		}
		for _, o := range options {
			s, err := Load(ref, o)
			if err != nil {
				t.Fatal(err)
			}
			text := s.YAML()
			again, err := Load(fileWith(t, string(text)), Options{})
			if err != nil {
				t.Errorf("%s %v: its canonical form is refused:\n%v", ref, o, err)
				continue
			}
			if diff := sameConfig(s.Config(), again.Config()); diff != "" {
				t.Errorf("%s %v: the Config differs:\n%s", ref, o, diff)
			}
			if !bytes.Equal(text, again.YAML()) {
				t.Errorf("%s %v: the bytes differ:\n%s\n---\n%s", ref, o, text, again.YAML())
			}
			a, errA := s.Draw(5, 3)
			b, errB := again.Draw(5, 3)
			if errA != nil || errB != nil || sameConfig(a, b) != "" {
				t.Errorf("%s %v: draws differ: %v %v %s", ref, o, errA, errB, sameConfig(a, b))
			}
		}
	}
}

// TestCopyFollowsFields checks that YAML() of a changed copy says what was changed.
func TestCopyFollowsFields(t *testing.T) {
	s := *mustLoad(t, "baseline")
	s.Seed, s.Replications, s.Record, s.Name = 9, 12, "step", "mine"
	again := mustLoad(t, fileWith(t, string(s.YAML())))
	if again.Seed != 9 || again.Replications != 12 || again.Record != "step" || again.Name != "mine" {
		t.Errorf("%+v", again)
	}
}

// TestBuiltinName checks that names and files are told apart.
func TestBuiltinName(t *testing.T) {
	if s := mustLoad(t, "./testdata/good/extends.yaml"); s.Name != "extends" {
		t.Errorf("name %q", s.Name)
	}
	for _, b := range Builtins() {
		if b.Title == "" || b.Description == "" || strings.Contains(b.Description, "\n") {
			t.Errorf("%+v", b)
		}
		if s := mustLoad(t, b.Name); s.Name != b.Name {
			t.Errorf("name %q", s.Name)
		}
	}
	if _, err := Load("testdata/good/sub/../extends.yaml", Options{WorkDir: filepath.Join("..", "scenario")}); err != nil {
		t.Error(err)
	}
}
