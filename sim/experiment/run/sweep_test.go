package run

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"simulate/sim"
	"simulate/sim/experiment/results"
	"simulate/sim/experiment/tiny"
	"simulate/sim/scenario"
	"simulate/sim/table"
)

// tinySweep is a sweep of a tiny scenario; each of vary is PATH=SPEC.
func tinySweep(t *testing.T, name string, spec SweepSpec, vary ...string) *Sweep {
	t.Helper()
	spec.Scenario = tiny.Load(t, name)
	spec.Inputs = tiny.Vary(t, spec.Scenario, vary...)
	if spec.Replications == 0 {
		spec.Replications = 3
	}
	s, err := NewSweep(spec)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// gridOfSix has two policies of the reference, budgets, and three values of a shock that share one.
func gridOfSix(t *testing.T) *Sweep {
	return tinySweep(t, "shock", SweepSpec{}, "labs.mid.budget=$500M/yr,$1B/yr",
		"events.0.shock.training_efficiency=2x,4x,8x")
}

func runSweep(t *testing.T, s *Sweep, out string, jobs int) *Complete {
	t.Helper()
	o, err := s.Run(context.Background(), Output{Out: out, Format: "csv"}, Options{Jobs: jobs})
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func TestSweepTables(t *testing.T) {
	dir := t.TempDir()
	o := runSweep(t, gridOfSix(t), dir, 2)
	if i := o.Manifest.Sweep; i.Cases != 6 || i.Runs != 18 || i.Failed != 0 || i.Design != "grid" ||
		i.Inputs[0].Unit != "USD/yr" {
		t.Errorf("manifest: %+v", i)
	}
	points, err := table.Read(filepath.Join(dir, "design.csv"))
	if err != nil {
		t.Fatal(err)
	}
	if points.Len() != 6 || points.Text("case")[5] != "6" || points.Number("labs.mid.budget")[2] != 5e8 ||
		points.Number("events.0.shock.training_efficiency")[4] != 4 {
		t.Errorf("design: %v %v", points.Number("labs.mid.budget"), points.Number("events.0.shock.training_efficiency"))
	}
	runs, err := table.Read(filepath.Join(dir, "runs.csv"))
	if err != nil {
		t.Fatal(err)
	}
	if runs.Len() != 18 || runs.Text("replication")[4] != "2" || runs.Text("case")[4] != "2" ||
		runs.Text("date")[0] != "2025-12-31" || runs.Text("seed")[0] != "7" {
		t.Errorf("runs: %v %v", runs.Text("case"), runs.Text("replication"))
	}
	// What a sweep records is what a run of the same scenario would.
	same := t.TempDir()
	if _, err := Run(context.Background(), Spec{Out: same, Replications: 3, Record: "year",
		Scenarios: []*scenario.Scenario{
			tiny.Load(t, "shock", "labs.mid.budget=$500M/yr", "events.0.shock.training_efficiency=4x")}}); err != nil {
		t.Fatal(err)
	}
	want, err := table.Read(filepath.Join(same, "market.csv"))
	if err != nil {
		t.Fatal(err)
	}
	market, err := table.Read(filepath.Join(dir, "market.csv"))
	if err != nil {
		t.Fatal(err)
	}
	second := market.Where("case", "2")
	for _, column := range []string{"date", "hhi_sales", "spending", "chip_price"} {
		if a, b := fmt.Sprint(second.Text(column)), fmt.Sprint(want.Text(column)); a != b {
			t.Errorf("%s of the second case is %s, of a run %s", column, a, b)
		}
	}
	summary, err := table.Read(filepath.Join(dir, "summary.csv"))
	if err != nil {
		t.Fatal(err)
	}
	stats := results.Describe(second.Where("date", "2025-12-31").Number("hhi_sales"))
	got := summary.Where("case", "2").Where("date", "2025-12-31").Where("metric", "hhi_sales")
	if d := got.Number("mean")[0] - stats.Mean; got.Number("n")[0] != 3 || d > 1e-4 || d < -1e-4 {
		t.Errorf("mean %v of %v, market gives %v", got.Number("mean"), got.Number("n"), stats.Mean)
	}
}

// Cases of different values share their luck: before a shock they are the same.
func TestPointsShareLuck(t *testing.T) {
	dir := t.TempDir()
	runSweep(t, tinySweep(t, "shock", SweepSpec{Metrics: []string{"hhi_sales"}, Record: "year"},
		"events.0.shock.training_efficiency=2x,8x"), dir, 2)
	market, err := table.Read(filepath.Join(dir, "market.csv"))
	if err != nil {
		t.Fatal(err)
	}
	at := func(name, date string) []string {
		return market.Where("case", name).Where("date", date).Text("hhi_sales")
	}
	if a, b := at("1", "2024-12-31"), at("2", "2024-12-31"); fmt.Sprint(a) != fmt.Sprint(b) || a[0] == a[1] {
		t.Errorf("before the shock the cases have %v and %v", a, b)
	}
	if a, b := at("1", "2025-12-31"), at("2", "2025-12-31"); fmt.Sprint(a) == fmt.Sprint(b) {
		t.Errorf("after the shock both have %v", a)
	}
}

func TestSweepBytesDoNotDependOnJobs(t *testing.T) {
	for _, format := range []string{"csv", "parquet"} {
		one, four := t.TempDir(), t.TempDir()
		for jobs, dir := range map[int]string{1: one, 4: four} {
			if _, err := gridOfSix(t).Run(context.Background(), Output{Out: dir, Format: format},
				Options{Jobs: jobs}); err != nil {
				t.Fatal(err)
			}
		}
		tiny.SameContents(t, format, tiny.Tables(t, four, format), tiny.Tables(t, one, format))
	}
}

// Points differ in every number and word of every lever. Under the race detector this shows that
// workers share nothing.
func TestSweepOfEveryLever(t *testing.T) {
	var numbers, listed []string
	pulled := map[string]bool{}
	for _, l := range tiny.Load(t, "levers").Knobs() {
		words := strings.Join(l.Words, ",")
		if l.Unit == "0 or 1" {
			words = "true,false"
		}
		path := strings.Split(l.Path, ".") // policies, name, lever, key
		switch {
		case path[0] != "policies" || len(path) < 4:
			continue
		case words != "":
			listed = append(listed, l.Path+"="+words)
		case !l.Given || math.IsInf(l.Value, 0):
			continue
		default:
			above := l.Value + 0.01*(math.Min(l.High, 2*math.Abs(l.Value)+1)-l.Value)
			numbers = append(numbers, l.Path+"="+l.Format(l.Value)+" to "+l.Format(above))
		}
		pulled[path[2]] = true
	}
	for _, l := range sim.Levers {
		if !pulled[l.Name] {
			t.Errorf("nothing of %s varies", l.Name)
		}
	}
	same := func(spec SweepSpec, vary ...string) {
		t.Helper()
		one, four := t.TempDir(), t.TempDir()
		spec.Record, spec.Replications = "final", 2
		runSweep(t, tinySweep(t, "levers", spec, vary...), one, 1)
		runSweep(t, tinySweep(t, "levers", spec, vary...), four, 4)
		tiny.SameContents(t, vary[0], tiny.Tables(t, four, "csv"), tiny.Tables(t, one, "csv"))
	}
	same(SweepSpec{Design: "lhs", Samples: 8}, numbers...)
	for _, words := range listed { // by themselves, for lists of policies are crossed
		same(SweepSpec{}, words)
	}
}

// Drawn parameters, sampled designs and words.
func TestSampledSweepOfDrawnScenario(t *testing.T) {
	one, two := t.TempDir(), t.TempDir()
	s := tinySweep(t, "drawn", SweepSpec{Design: "sobol", Samples: 4, Record: "final", Metrics: []string{"hhi_sales",
		"spending"}, Replications: 2},
		"market.eta=0.6 to 1.5", "labs.small.openness=open,closed")
	runSweep(t, s, one, 1)
	runSweep(t, s, two, 3)
	tiny.SameContents(t, "drawn", tiny.Tables(t, two, "csv"), tiny.Tables(t, one, "csv"))
	points, err := table.Read(filepath.Join(one, "design.csv"))
	if err != nil {
		t.Fatal(err)
	}
	words := points.Text("labs.small.openness")
	if n := strings.Count(strings.Join(words, " "), "open"); n != 2 || len(words) != 4 {
		t.Errorf("openness: %v", words)
	}
	if _, err := os.Stat(filepath.Join(one, "market.csv")); err == nil {
		t.Error("a sweep that records the last date alone has a table market")
	}
}

// The scenario of the results repeats the sweep.
func TestScenarioRepeatsTheSweep(t *testing.T) {
	dir := t.TempDir()
	s := tinySweep(t, "base", SweepSpec{Design: "lhs", Samples: 3, Replications: 2, Record: "final",
		Metrics: []string{"spending"}}, "market.eta=range", "labs.mid.budget=$1B/yr to $2B/yr")
	runSweep(t, s, dir, 2)
	again, err := scenario.Load(filepath.Join(dir, "scenario.yaml"), scenario.Options{})
	if err != nil {
		t.Fatal(err)
	}
	r, err := NewSweep(SweepSpec{Scenario: again})
	if err != nil {
		t.Fatal(err)
	}
	if r.Identity() != s.Identity() {
		t.Errorf("read again it is another sweep: %+v, not %+v", r.Text(), s.Text())
	}
	if o := runSweep(t, r, dir, 1); !o.AlreadyComplete {
		t.Error("and runs again")
	}
}

func TestFailedRunsOfASweep(t *testing.T) {
	dir := t.TempDir()
	// Substitution must exceed the elasticity: some corners of the grid have no equilibrium.
	s := tinySweep(t, "base", SweepSpec{Record: "final", Replications: 2, Metrics: []string{"hhi_sales"}},
		"market.sigma=1.7,4", "market.eta=0.9,1.8")
	o := runSweep(t, s, dir, 2)
	if o.Manifest.Sweep.Failed != 2 || len(o.Manifest.Failed) != 2 || o.Manifest.Failed[0].Case != "2" {
		t.Fatalf("failed: %+v", o.Manifest.Failed)
	}
	runs, err := table.Read(filepath.Join(dir, "runs.csv"))
	if err != nil {
		t.Fatal(err)
	}
	failed := runs.Where("status", "failed")
	if failed.Len() != 2 || runs.Len() != 8 || failed.Text("hhi_sales")[0] != "" ||
		!strings.Contains(failed.Text("error")[0], "sigma") {
		t.Errorf("failed rows: %v", failed.Text("error"))
	}
	want := "simulate run ./scenario.yaml --set market.sigma=1.7 --set market.eta=1.8 --seed 7 -n 2 --out replay"
	if got := failed.Text("replay")[1]; got != want {
		t.Errorf("replay %q, want %q", got, want)
	}
	if text, err := os.ReadFile(filepath.Join(dir, "summary.csv")); err != nil || !strings.Contains(string(text),
		"2,2025-12-31,hhi_sales,0,,") {
		t.Errorf("the summary of a failed case: %v", err)
	}
}

func TestWrongSweepsAreRefused(t *testing.T) {
	for _, c := range []struct {
		spec SweepSpec
		vary string
		want string
	}{
		{SweepSpec{}, "", "nothing varies"},
		{SweepSpec{}, "market.eta=1,2 market.eta=range", "varies twice"},
		{SweepSpec{Design: "gird"}, "market.eta=1,2", `did you mean "grid"?`},
		{SweepSpec{Design: "grid"}, "market.eta=range", "needs the values of market.eta"},
		{SweepSpec{Design: "list"}, "market.eta=1,2 market.theta=1,2,3", "equally long"},
		{SweepSpec{Design: "sobol", Samples: 100}, "market.eta=range", "64 or 128"},
		{SweepSpec{Samples: 10}, "market.eta=1,2", "leave samples out"},
		{SweepSpec{Metrics: []string{"hhi"}}, "market.eta=1,2", `no metric "hhi"`},
		{SweepSpec{Record: "daily"}, "market.eta=1,2", "write one of final"},
		{SweepSpec{Design: "lhs", Correlations: []scenario.RankCorrelation{{A: "market.eta", B: "market.theta",
			Rank: 0.5}}}, "market.eta=range", "does not vary"},
		{SweepSpec{Design: "oat"}, "labs.small.talent=0.5,2 labs.small.secrecy=1 year,2 years",
			"own value of labs.small.secrecy"},
	} {
		c.spec.Scenario = tiny.Load(t, "base")
		for _, text := range strings.Split(c.vary, " market.") {
			if c.vary == "" {
				break
			}
			if !strings.HasPrefix(text, "market.") && !strings.HasPrefix(text, "labs.") {
				text = "market." + text
			}
			for i, one := range strings.Split(text, " labs.") {
				if i > 0 {
					one = "labs." + one
				}
				c.spec.Inputs = append(c.spec.Inputs, tiny.Vary(t, c.spec.Scenario, one)...)
			}
		}
		_, err := NewSweep(c.spec)
		var input *results.InputError
		if !errors.As(err, &input) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q gives %v, want %q", c.vary, err, c.want)
		}
	}
}

func TestOneAtATime(t *testing.T) {
	s := tinySweep(t, "base", SweepSpec{Design: "oat"}, "market.eta=0.6 to 1.5", "labs.mid.talent=0.5,1,2")
	var got [][]float64
	for i := range s.Cases() {
		got = append(got, s.Values(i, nil))
	}
	eta := s.paths[0].knob.Value
	want := [][]float64{{eta, 1}, {0.6, 1}, {1.5, 1}, {eta, 0.5}, {eta, 2}}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("points %v, want %v", got, want)
	}
}

// An input with a distribution of its own takes the distribution's quantiles, the scenario is not
// drawn from it otherwise, and a plan holds it.
func TestSweepOverADistribution(t *testing.T) {
	s := tinySweep(t, "base", SweepSpec{Design: "lhs", Samples: 200, Replications: 1, Record: "final",
		Metrics: []string{"hhi_sales"}}, "market.eta={dist: triangular, low: 0.6, mode: 0.6, high: 1.6}")
	below := 0
	var values []float64
	for i := range s.Cases() {
		if values = s.Values(i, values); values[0] < 0.6 || values[0] > 1.6 {
			t.Fatalf("%v", values)
		}
		if values[0] < 0.6+1-math.Sqrt(.5) { // the median of the distribution
			below++
		}
	}
	if below != 100 {
		t.Errorf("%d of 200 values below the median", below)
	}
	if s.draws {
		t.Error("the distribution of a design is drawn from beside it")
	}
	e, err := s.Text().Experiment(nil, nil)
	if err != nil || e.Identity() != s.Identity() {
		t.Errorf("read from its plan: %v, %v", e, err)
	}
	again, err := NewSweep(SweepSpec{Scenario: s.scenario})
	if err != nil || again.Identity() != s.Identity() {
		t.Errorf("from the scenario of the results: %v, %v", again, err)
	}
	if same := again.Values(7, nil)[0]; same != s.Values(7, nil)[0] {
		t.Errorf("value %v, not %v", same, s.Values(7, nil)[0])
	}
}

// What is listed under levers: and is of no policy is sampled by a design that fills space, which
// is said; a grid crosses all, and policies are crossed by every design.
func TestListedAssumptionsAreSaidToBeSampled(t *testing.T) {
	const text = tiny.Base + `policies:
  aid: {from: 2024-06, grant: {amount: $1B/yr, rule: equal}}
experiment:
  uncertainties: [market.eta]
  levers: {market.sigma: [3, 4], policies.aid.grant.amount: [$0/yr, $1B/yr]}
  design: {method: METHOD}
`
	for method, want := range map[string]bool{"lhs, samples: 3": true, "grid": false} {
		s, err := scenario.Parse("listed", []byte(strings.Replace(strings.Replace(text, "METHOD", method, 1),
			"[market.eta]", map[bool]string{true: "[market.eta]", false: "[{market.eta: [0.9, 1.1]}]"}[want], 1)))
		if err != nil {
			t.Fatal(err)
		}
		sweep, err := NewSweep(SweepSpec{Scenario: s})
		if err != nil {
			t.Fatal(err)
		}
		said := strings.Contains(strings.Join(sweep.Notes(), " "), "market.sigma: what is listed is sampled")
		if said != want {
			t.Errorf("%s: %q", method, sweep.Notes())
		}
	}
}
