package compare

import (
	"context"
	"math"
	"path/filepath"
	"strings"
	"testing"

	"simulate/sim/experiment/run"
	"simulate/sim/experiment/tiny"
	"simulate/sim/scenario"
)

// comparedTiny runs a comparison of tiny scenarios.
func comparedTiny(t *testing.T, o Options, base, alt *scenario.Scenario) *Outcome {
	t.Helper()
	cases, c, err := Cases(base, []*scenario.Scenario{alt}, o)
	if err != nil {
		t.Fatal(err)
	}
	out, err := run.Run(context.Background(), run.Spec{Scenarios: cases, Compare: Tables(c), Name: Name(base,
		[]*scenario.Scenario{alt}), Out: filepath.Join(t.TempDir(), "out")})
	if err != nil {
		t.Fatal(err)
	}
	return Of(out)
}

// The table effects agrees with the market table, replication by replication.
func TestTableEffects(t *testing.T) {
	o := comparedTiny(t, Options{}, tiny.Load(t, "base"), tiny.Load(t, "shock"))
	rows, err := o.Effects()
	if err != nil || len(rows) == 0 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	moved := 0
	for _, r := range rows {
		d, err := o.Difference("base", "shock", r.Metric, r.Date)
		if err != nil {
			t.Fatal(err)
		}
		if r.Against != "base" || r.Point != 0 || r.Segment == "" && r.LowSpread > r.HighSpread {
			t.Fatalf("%+v", r)
		}
		size := 1e-6 * max(math.Abs(r.Base), math.Abs(r.Alternative))
		if d.Replications != r.Replications || d.Replications > 0 && math.Abs(d.Change.Value-r.Change.Value) > size ||
			d.SE > 0 && math.Abs(d.SE-r.SE) > size {
			t.Fatalf("%s at %s: %+v, but the market table gives %+v", r.Metric, r.Date, r.Difference, d)
		}
		if d.SE > 0 && d.Replications == 6 {
			const t975 = 2.570581835636314 // Student's t with 5 degrees of freedom
			if half := (r.Change.High - r.Change.Low) / 2; math.Abs(half/r.SE-t975) > 1e-4 {
				t.Fatalf("%s at %s: half the interval is %v standard errors", r.Metric, r.Date, half/r.SE)
			}
			moved++
		}
		if r.Date < "2025-01-20" && d.Replications > 0 && r.Change.Value != 0 {
			t.Fatalf("%s differs before the shock, at %s", r.Metric, r.Date)
		}
	}
	if moved == 0 {
		t.Error("the shock changes nothing")
	}
	if c := o.Manifest.Cases[1]; c.Departs == nil || c.Departs.Kind != "shock" || math.Abs(c.Departs.Date-2025.05) > .01 {
		t.Errorf("departs at %+v", c.Departs)
	}
}

// Parts and interaction add up to the total, and the case that has only the assumptions is the
// alternative without its shock.
func TestSplitsAddUp(t *testing.T) {
	o := comparedTiny(t, Options{Decompose: true, Threshold: 5e8}, tiny.Load(t, "base"), tiny.Load(t, "shock",
		"market.eta=0.8"))
	parts, err := o.Decomposition()
	if err != nil {
		t.Fatal(err)
	}
	if len(o.Manifest.Compare.Splits) != 2 {
		t.Fatalf("splits %+v", o.Manifest.Compare.Splits)
	}
	type key struct{ split, date, metric string }
	sums, totals := map[key]float64{}, map[key]float64{}
	for _, e := range parts {
		k := key{e.Split, e.Date, e.Metric}
		if e.Part == totalPart {
			totals[k] = e.Change.Value
		} else {
			sums[k] += e.Change.Value
		}
	}
	compared := 0
	for k, total := range totals {
		if sum := sums[k]; !math.IsNaN(total) && !math.IsNaN(sum) {
			compared++
			if k.metric == salesHHI && math.Abs(sum-total) > 1e-5*10_000 {
				t.Errorf("%v: the parts give %v, the total is %v", k, sum, total)
			}
		}
	}
	if compared < 100 {
		t.Errorf("%d sums are defined", compared)
	}
	var names []string
	for _, c := range o.Manifest.Cases {
		names = append(names, c.Name)
		if c.Part != strings.Contains(c.Name, ".") {
			t.Errorf("%s is a part: %v", c.Name, c.Part)
		}
	}
	if got := strings.Join(names, " "); got != "base shock shock.assumptions shock.policies shock.nobody shock.access "+
		"shock.performance" {
		t.Errorf("cases %s", got)
	}
	for _, s := range o.Manifest.Compare.Splits {
		lines := o.TellSplit(s, salesHHI)
		if len(lines) == 0 || !strings.Contains(lines[0], "by both together") || strings.Contains(lines[0], "against the "+
			"same scenario without its events") != (s.Threshold > 0) {
			t.Errorf("%s: %q", s.Name(), lines)
		}
	}
	if !strings.Contains(o.Tell(o.Manifest.Cases[0], o.Manifest.Cases[1], salesHHI),
		"HHI") || strings.Contains(o.Summary(), "shock.access") {
		t.Errorf("summary: %s", o.Summary())
	}
}

func TestCompareRefuses(t *testing.T) {
	base := tiny.Load(t, "base")
	if _, _, err := Cases(base, nil, Options{}); err == nil || !strings.Contains(err.Error(),
		"at least one more scenario") {
		t.Error(err)
	}
	if _, _, err := Cases(base, []*scenario.Scenario{tiny.Load(t, "drawn")},
		Options{Decompose: true}); err == nil || !strings.Contains(err.Error(), "no shock to split") {
		t.Error(err)
	}
}

// Without chance there is one pair and no interval.
func TestComparisonWithoutChance(t *testing.T) {
	a, b := tiny.Load(t, "fixed"), tiny.Load(t, "fixed", "market.eta=0.8")
	other := *b
	other.Name = "other"
	o := comparedTiny(t, Options{}, a, &other)
	rows, err := o.Effects()
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		if r.Metric == salesHHI && r.Date == "2025-12-31" && (r.Replications != 1 || r.Change.Value == 0 ||
			!math.IsNaN(r.SE) || !math.IsNaN(r.Change.Low)) {
			t.Errorf("%+v", r)
		}
	}
}

// The rounding of sums is no difference.
func TestRoundingIsNoDifference(t *testing.T) {
	for _, c := range []struct{ change, base, want float64 }{{2.8e-14, 2000, 0}, {-3e-10, 1, 0}, {2.8e-14, 1e-6,
		2.8e-14}, {-5, 2000, -5}, {1e-20, 0, 1e-20}} {
		if got := Unrounded(c.change, c.base); got != c.want {
			t.Errorf("%v of %v gives %v", c.change, c.base, got)
		}
	}
}

// A folder of the version in which effects were called otherwise is told what to do.
func TestFormerTableOfEffects(t *testing.T) {
	o := comparedTiny(t, Options{}, tiny.Load(t, "base"), tiny.Load(t, "shock"))
	for i, f := range o.Manifest.Tables {
		if f.File == "effects.csv" {
			o.Manifest.Tables[i].File = "comparison.csv"
		}
	}
	if _, err := o.Effects(); err == nil || !strings.Contains(err.Error(), "was called comparison") ||
		!strings.Contains(err.Error(), "--force") {
		t.Error(err)
	}
}

// In a segment the effect is the paired difference of the segment's own metric, whatever tables are
// asked for.
func TestEffectsInSegments(t *testing.T) {
	cases, c, err := Cases(tiny.Load(t, "base"), []*scenario.Scenario{tiny.Load(t, "shock")}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var all []Effect
	for _, tables := range [][]string{nil, {"market"}} {
		out, err := run.Run(context.Background(), run.Spec{Scenarios: cases, Compare: Tables(c), Tables: tables,
			Out: filepath.Join(t.TempDir(), "out")})
		if err != nil {
			t.Fatal(err)
		}
		o := Of(out)
		found, err := o.AllEffects()
		if err != nil {
			t.Fatal(err)
		}
		if tables != nil {
			if len(found) != len(all) {
				t.Errorf("%d effects with the table market alone, %d with all", len(found), len(all))
			}
			continue
		}
		all = found
		market, err := o.Table("segments")
		if err != nil {
			t.Fatal(err)
		}
		seen := 0
		for _, e := range all {
			if e.Segment == "" || e.Metric != salesHHI {
				continue
			}
			at := market.Where("segment", e.Segment).Where("date", e.Date)
			x, y := at.Where("case", "base").Number(salesHHI), at.Where("case", "shock").Number(salesHHI)
			if d := EffectOf(x, y, 1); d.Replications != e.Replications || math.Abs(d.Change.Value-e.Change.Value) > 1e-4 {
				t.Fatalf("%+v, but the table of segments gives %+v", e, d)
			}
			if e.Change.Value != 0 {
				seen++
			}
		}
		if seen == 0 {
			t.Error("no segment moves")
		}
	}
}

// Cases that end at different dates are compared as far as both run, and it is said how far.
func TestCasesThatEndApartAreComparedAsFarAsBothRun(t *testing.T) {
	for _, ends := range [][2]string{{"2026-07", "2025-07"}, {"2025-07", "2026-07"}} {
		o := comparedTiny(t, Options{}, tiny.Load(t, "base", "clock.end="+ends[0]),
			tiny.Load(t, "shock", "clock.end="+ends[1]))
		a, b := o.Manifest.Cases[0], o.Manifest.Cases[1]
		told := strings.Join(o.TellAll([]string{salesHHI}), "\n")
		tiny.Contains(t, told, " runs on to the end of June 2026; base and shock are compared up to the end of June 2025",
			"HHI, sales: ")
		if strings.Contains(told, "not defined") || !strings.Contains(o.Tell(a, b, salesHHI), "end of June 2025") {
			t.Errorf("%v: %q", ends, told)
		}
		if dates := o.TellingDates(b); dates[len(dates)-1] != "2025-06-30" {
			t.Errorf("%v: dates %v", ends, dates)
		}
		answers, err := o.Alternatives()
		if err != nil || len(answers) != 1 || answers[0].End != "2025-06-30" {
			t.Fatalf("%v: %+v, %v", ends, answers, err)
		}
		tiny.Contains(t, strings.Join(answers[0].Sentences(), "\n"), "compared up to the end of June 2025",
			"at the end of June 2025")
	}
}
