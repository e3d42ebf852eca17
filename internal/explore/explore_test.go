package explore

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"simulate/sim"
	"simulate/sim/experiment/compare"
	"simulate/sim/experiment/run"
	"simulate/sim/scenario"
	"simulate/sim/table"
)

// short is a session on a built-in scenario with a clock of two years.
func short(t *testing.T, name string, set ...string) *Session {
	t.Helper()
	sc, err := scenario.Load(name, scenario.Options{Set: append([]string{"clock.end=2027-01",
		"reference_replications=2"}, set...)})
	if err != nil {
		t.Fatal(err)
	}
	s, err := Open(sc.Name, sc.YAML())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func state(set ...string) State {
	return State{Form: StateVersion, Program: sim.Version, Set: set, Runs: 2}
}

// ran is market.csv as `simulate run` writes it of a state's file.
func ran(t *testing.T, s *Session, st State) string {
	t.Helper()
	text, err := s.YAML(st)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	file := filepath.Join(dir, s.name+".yaml")
	if err := os.WriteFile(file, text, 0o666); err != nil {
		t.Fatal(err)
	}
	sc, err := scenario.Load(file, scenario.Options{})
	if err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(dir, "results")
	cases, c, err := compare.Counterfactuals([]*scenario.Scenario{sc})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := run.Run(context.Background(), run.Spec{Scenarios: cases, Compare: compare.Tables(c), Out: out,
		Tables: []string{"market"}}); err != nil {
		t.Fatal(err)
	}
	csv, err := os.ReadFile(filepath.Join(out, "market.csv"))
	if err != nil {
		t.Fatal(err)
	}
	return string(csv)
}

// A state gives the bytes of market.csv that its file gives, whatever is moved: sliders, a policy,
// an event, a lab of one's own.
func TestSameBytesAsRun(t *testing.T) {
	s := short(t, "deepseek-shock")
	for _, st := range []State{
		state(),
		state("market.eta=1.3", "events.0.shock.efficiency=2x", "events.0.at=2025-06"),
		state("policies.mandate={label: Open weights, from: 2026-01, open_mandate: {above: 1, delay: 6 months}}",
			"events=null"),
		state("labs.my_lab={region: eu, budget: $50M/yr, compute: 1000 H100e, capability: 0}", "labs.meta.budget=$5B/yr"),
		state("research.gamma=1.5x/yr to 10x/yr"),
	} {
		csv, err := s.MarketCSV(st, 2)
		if err != nil {
			t.Errorf("%v: %v", st.Set, err)
			continue
		}
		if want := ran(t, s, st); string(csv) != want {
			t.Errorf("%v: other bytes than those of run", st.Set)
		}
	}
}

// Turning knobs gives the configuration that reading their settings gives.
func TestTurnedIsRead(t *testing.T) {
	s := short(t, "deepseek-shock")
	random := rand.New(rand.NewPCG(1, 2))
	controls, err := s.Controls(state())
	if err != nil {
		t.Fatal(err)
	}
	all := slices.Concat(controls.Sliders, controls.Events[0].Sizes, []Control{*controls.Events[0].When}, controls.Labs)
	rest := []string{"market.conduct=cournot", "training.adoption=false", "events.0.shock.lab=meta",
		"events.0.shock.disclosure=closed", "labs.meta.openness=closed",
		"policies.mandate={label: Open weights, from: 2026-01, open_mandate: {above: 1, delay: 6 months}}",
		"policies.mandate.open_mandate.delay=1 year"}
	for n := range 3 {
		set := slices.Clone(rest[:n*len(rest)/2])
		for _, c := range all {
			one, err := s.Slide(state(set...), c.Path, random.Float64())
			if err != nil {
				t.Fatal(err)
			}
			set = append(set, one)
		}
		_, turned, err := s.moved(state(set...))
		if err != nil {
			t.Fatal(set, err)
		}
		_, read, err := s.read(state(set...))
		if err != nil {
			t.Fatal(set, err)
		}
		if run.ReferenceKey(turned) != run.ReferenceKey(read) || fmt.Sprint(turned.Shocks) != fmt.Sprint(read.Shocks) ||
			policies(turned) != policies(read) {
			t.Errorf("%v: turned and read differ", set)
		}
	}
}

// policies writes out what the policies of a configuration do.
func policies(cfg *sim.Config) (out string) {
	for _, p := range cfg.Policies {
		out += p.ID + p.Label + fmt.Sprint(p.From, p.Until)
		for _, lever := range p.Levers {
			out += fmt.Sprintf("%+v", lever)
		}
	}
	return out
}

// The expected path is that of the scenario in deterministic mode, and the base's that without
// events.
func TestPathIsDeterministic(t *testing.T) {
	s := short(t, "deepseek-shock")
	for _, base := range []bool{false, true} {
		set := []string{"market.eta=1.3"}
		a, err := s.Path(state(set...), base)
		if err != nil {
			t.Fatal(err)
		}
		set = append(set, "mode=deterministic")
		if base {
			set = append(set, "events=null")
		}
		st := state(set...)
		st.Runs = 1
		want, err := table.ReadCSV("market", strings.NewReader(ran(t, s, st)))
		if err != nil {
			t.Fatal(err)
		}
		want = want.Where("case", s.name) // not its own base
		for _, name := range Shown {
			if c := slices.IndexFunc(want.Columns,
				func(c table.Column) bool { return c.Name == name }); want.Columns[c].Kind == table.Text {
				continue // nowhere defined
			}
			for i, v := range want.Number(name) {
				if got := a.Metrics[name][i]; table.FormatNumber(got) != table.FormatNumber(v) && !(math.IsNaN(got) &&
					math.IsNaN(v)) && math.Abs(got-v) > 1e-8*math.Abs(v) {
					t.Fatalf("base %v: %s at %s is %v, not %v", base, name, a.Dates[i], got, v)
				}
			}
		}
	}
}

func TestGathered(t *testing.T) {
	s := short(t, "deepseek-shock")
	st := state()
	var blocks []*Block
	for _, from := range []int{3, 1} { // in any order
		b, err := s.Block(st, from, 2)
		if err != nil {
			t.Fatal(err)
		}
		text, err := json.Marshal(b)
		if err != nil {
			t.Fatal(err)
		}
		var back Block
		if err := json.Unmarshal(text, &back); err != nil {
			t.Fatal(err)
		}
		blocks = append(blocks, b)
	}
	sum, err := s.Gather(st, blocks[0])
	if err != nil || sum.N != 2 {
		t.Fatal(sum, err)
	}
	if sum, err = s.Gather(st, blocks[1]); err != nil || sum.N != 4 {
		t.Fatal(sum, err)
	}
	k := slices.IndexFunc(sum.Effects, func(e Effect) bool { return e.Metric == "hhi_sales" && e.When == "year" })
	e := sum.Effects[k]
	if e.N != 4 || e.Date != "2025-12-31" || !(e.Low < e.Change && e.Change < e.High) || !(e.LowSpread <= e.HighSpread) {
		t.Errorf("%+v", e)
	}
	if other, err := s.Gather(state("market.eta=1.3")); err != nil || other.N != 0 {
		t.Errorf("another state begins with %d runs, %v", other.N, err)
	}
	none := short(t, "baseline")
	b, err := none.Block(state(), 1, 1)
	if err != nil || len(b.Base) != 0 {
		t.Errorf("a world without events has a base of its own: %v", err)
	}
	if sum, err := none.Gather(state(), b); err != nil || len(sum.Effects) != 0 {
		t.Errorf("a world without events has effects: %v %v", sum.Effects, err)
	}
}

// What the base shares with the state is not named among what is measured: against the world with
// DeepSeek R1 a policy beside it is the mandate's effect alone.
func TestWhatIsMeasured(t *testing.T) {
	file := filepath.Join(t.TempDir(), "twice.yaml")
	text := "title: twice\nextends: deepseek-shock\nclock: {end: 2027-01}\nreference_replications: 2\n" +
		"policies:\n  mandate: {label: Open weights, from: 2026-01, open_mandate: {above: 1, delay: 6 months}}\n"
	if err := os.WriteFile(file, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	sc, err := scenario.Load(file, scenario.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s, err := Open(sc.Name, sc.YAML())
	if err != nil {
		t.Fatal(err)
	}
	b, err := s.Block(state(), 1, 2)
	if err != nil {
		t.Fatal(err)
	}
	sum, err := s.Gather(state(), b)
	if m := sum.Measured; err != nil || len(m.Markers) != 1 || m.Markers[0].Label != "Open weights" || m.Whole {
		t.Fatalf("%+v %v", sum.Measured, err)
	}
	if first := sum.Effects[0]; first.When == "year" && first.Date != "2026-12-31" {
		t.Errorf("the effect is told a year after %+v", first)
	}
	en := Languages()["en"]
	if said := en.Sentences(sum); !strings.HasPrefix(said[0], "Open weights: ") {
		t.Error(said[0])
	}
	if title := en.Title(sum.Measured); !strings.HasSuffix(title, "the same world without Open weights") {
		t.Error(title)
	}
	path, err := s.Path(state("policies.mandate.from=2026-06"), false)
	if err != nil || en.What(path.Measured) != "Open weights as changed here" || len(path.Markers) != 2 {
		t.Errorf("%+v %v", path.Measured, err)
	}
	tax := "policies.tax={label: A tax, from: 2026-01, tax: {windfall_rate: 0.1, threshold: $1B/yr}}"
	path, err = s.Path(state(tax), false)
	if err != nil || en.What(path.Measured) != "Open weights and A tax" {
		t.Errorf("%+v %v", path.Measured, err)
	}
}

// Wrong states get the program's own messages.
func TestWrongStates(t *testing.T) {
	s := short(t, "baseline")
	for _, c := range []struct {
		st   State
		want string
	}{
		{State{Form: 9}, "form 9"},
		{State{Form: 1, Program: "0.1.0"}, "written by simulate 0.1.0"},
		{State{Form: 1, Runs: -1}, "−1 runs"},
		{state("market.eta=99"), "outside the allowed range"},
		{state("market.etta=1"), "market.eta"},
		{state("market.sigma=1.1"), "no unique equilibrium"},
		{state("policies.x=null"), "nothing here to take away"},
		{State{Form: 1, Scenario: "nothing"}, "there is no built-in scenario"},
		{state("base=no-spillover"), "names another scenario under base:"},
		{State{}, "form 0"},
	} {
		if _, err := s.Path(c.st, false); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%+v: %v, not %q", c.st, err, c.want)
		}
	}
}

func TestControls(t *testing.T) {
	s := short(t, "deepseek-shock")
	c, err := s.Controls(state())
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Sliders) != len(Usual) || len(c.Events) != 1 || len(c.Events[0].Sizes) != 1 || c.Events[0].When == nil ||
		len(c.Labs) < 10 || c.Events[0].Lab != "deepseek" {
		t.Errorf("%+v", c)
	}
	for _, one := range append(slices.Clone(c.Sliders), c.Labs...) {
		if one.Value == "" || one.Low == one.High || strings.Contains(one.Value, "nats/yr") {
			t.Errorf("%+v", one)
		}
	}
	own := short(t, "baseline", "experiment={sliders: [market.eta, labs.meta.budget]}", "labs.meta.budget={value: "+
		"$5B/yr, range: $1B/yr to $9B/yr}")
	if c, err = own.Controls(state()); err != nil || len(c.Sliders) != 2 || c.Sliders[1].Path != "labs.meta.budget" {
		t.Errorf("%+v %v", c, err)
	}
	base := short(t, "baseline")
	offered, err := base.Offered()
	if err != nil || len(offered) < 8 {
		t.Fatal(offered, err)
	}
	for _, o := range offered {
		sc, err := base.Resolved(state("policies." + o.ID + "=" + o.Text))
		if err != nil || len(sc.Config().Policies) != 1 {
			t.Errorf("%s: %v", o.ID, err)
		}
	}
}
