package compare

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"simulate/sim/experiment/analysis"
	"simulate/sim/experiment/results"
	"simulate/sim/experiment/run"
	"simulate/sim/experiment/tiny"
	"simulate/sim/scenario"
)

// Wherever an interval of a mean is shown, a metric of which a few runs make the mean is named, and
// no other: of levels and of effects, at any date; and the table of effects has it in a column.
func TestTailsAreNamedWhereTheirIntervalsStand(t *testing.T) {
	o := comparedTiny(t, Options{}, tiny.Load(t, "base"), tiny.Load(t, "shock"))
	if err := o.ReadMarket(); err != nil {
		t.Fatal(err)
	}
	seen := map[bool]int{}
	rows, err := o.Effects()
	if err != nil {
		t.Fatal(err)
	}
	inTable := map[[2]string]Effect{}
	for _, e := range rows {
		inTable[[2]string{e.Metric, e.Date}] = e
	}
	for _, date := range o.Dates("shock") {
		for _, metric := range MainMetrics {
			base, with := o.Values("base", metric, date), o.Values("shock", metric, date)
			var d []float64
			for r := range base {
				d = append(d, with[r]-base[r])
			}
			if e := inTable[[2]string{metric, date}]; e.LongTail != (analysis.LongTail(finite(d)) && !e.Alike()) {
				t.Errorf("%s at %s: long_tail is %v in the table of effects", metric, date, e.LongTail)
			}
			for difference, long := range map[bool]bool{true: analysis.LongTail(finite(d)),
				false: analysis.LongTail(finite(base)) || analysis.LongTail(finite(with))} {
				seen[long]++
				if text := o.TailsIn([]string{metric}, []string{date}, difference); strings.Contains(text,
					"A long tail makes the mean of "+quoted([]string{metric})) != long {
					t.Errorf("%s at %s, difference %v: %q", metric, date, difference, text)
				}
			}
		}
	}
	if seen[true] == 0 || seen[false] == 0 {
		t.Errorf("%d long tails, %d others: the test decides nothing", seen[true], seen[false])
	}
	if text := o.TailsIn([]string{salesHHI}, []string{"1999-12-31"}, false); text != "" {
		t.Errorf("a date that is not there: %q", text)
	}
}

// A comparison over futures counts those in which a long tail makes the effect.
func TestTailsOverFutures(t *testing.T) {
	base, shock := tiny.Load(t, "base"), tiny.Load(t, "shock")
	spec := run.SweepSpec{Replications: 4, Metrics: MainMetrics, Inputs: tiny.Vary(t, base, "market.eta=0.6,1.1")}
	f, err := NewFutures([]*scenario.Scenario{base, shock}, spec)
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "futures")
	out := run.Output{Out: dir, Format: "csv"}
	if _, _, err := run.Do(context.Background(), f, out, run.Options{Jobs: 1}); err != nil {
		t.Fatal(err)
	}
	m, err := results.ReadManifest(dir)
	if err != nil {
		t.Fatal(err)
	}
	runs, err := m.Table(dir, run.RunsTable)
	if err != nil {
		t.Fatal(err)
	}
	for _, metric := range spec.Metrics {
		value, long := map[string]float64{}, 0
		for i, name := range runs.Text("case") {
			value[name+runs.Text("point")[i]+"/"+runs.Text("replication")[i]] = runs.Number(metric)[i]
		}
		for _, point := range []string{"1", "2"} {
			var d []float64
			for _, r := range []string{"1", "2", "3", "4"} {
				d = append(d, value["shock"+point+"/"+r]-value["base"+point+"/"+r])
			}
			if analysis.LongTail(finite(d)) {
				long++
			}
		}
		text, err := TailsOverFutures(dir, m, "shock", metric)
		if err != nil {
			t.Fatal(err)
		}
		want := ""
		if long > 0 {
			want = map[int]string{1: "In 1 of 2 futures", 2: "In 2 of 2 futures"}[long]
		}
		if (text == "") != (want == "") || !strings.HasPrefix(text, want) {
			t.Errorf("%s: %d long tails, and %q", metric, long, text)
		}
	}
}
