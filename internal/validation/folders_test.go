package validation

import (
	"math"
	"testing"

	"simulate/sim/table"
)

// Statistics of a small table, by hand: ratios 1/2 and 4/2 have the geometric mean 1; differences
// of pairs are 1, 2 and 6.
func TestStatistics(t *testing.T) {
	text := func(name string) table.Column { return table.Column{Name: name, Kind: table.Text} }
	figure := func(name string) table.Column { return table.Column{Name: name, Kind: table.Number} }
	scores := table.New("scores", text("entity"), figure("model"), figure("base"))
	scores.Append("a", 1.0, 2.0)
	scores.Append("b", 4.0, 2.0)
	scores.Append("c", 3.0, 0.0) // no change was perfect, so that there is no ratio
	scores.Append("d", 1.0, 10.0)
	cases := table.New("market", text("case"), figure("hhi"))
	for _, v := range []float64{10, 20, 30} {
		cases.Append("without", v)
	}
	for _, v := range []float64{11, 22, 36} {
		cases.Append("with", v)
	}
	f := &folders{tables: map[string]*table.Table{"x/scores": scores, "x/market": cases}}
	for key, want := range map[string]float64{
		"x/scores|rows:":                      4,
		"x/scores|rows:|entity!=a":            3,
		"x/scores|rows:|entity!=a|entity!=b":  2,
		"x/scores|model|entity=b":             4,
		"x/scores|above:model:1":              2,
		"x/scores|mean:model":                 2.25,
		"x/scores|ratio:model:base|entity!=d": 1,
		"x/scores|ratio:model:base|entity=d":  .1,
		"x/scores|ratio:model:base|entity!=a": math.Sqrt(.2),
		"x/market|pairs:hhi":                  2,
		"x/market|percent:hhi":                40. / 3,
		"x/market|pairs:hhi:0.25":             1.5,
		"x/market|pairs:hhi:low":              1,
		"x/market|pairs:hhi:high":             6,
	} {
		if got, err := f.get(key); err != nil || math.Abs(got-want) > 1e-12 {
			t.Errorf("%s is %g (%v), not %g", key, got, err, want)
		}
	}
	// Labs at 0 and 1 OOM: by the square root their shares are 1 and √10 of 1+√10, and the HHI
	// 10⁴·11/(1+√10)².
	labs := table.New("labs", text("case"), text("replication"), text("date"), figure("capability"),
		figure("serving_cost"))
	market := table.New("market", text("case"), text("replication"), text("date"), figure("owned"), figure("spending"),
		figure("hosted_open_share"))
	for i, name := range []string{"without", "with"} {
		for _, r := range []string{"1", "2"} {
			labs.Append(name, r, "2025-12-31", 0.0, 1.0)
			labs.Append(name, r, "2025-12-31", 1.0, 1.0)
			market.Append(name, r, "2025-12-31", 5000.0, 11.0, .2+.2*float64(i)) // hosts' cost 2, then 4
		}
	}
	f.tables["y/labs"], f.tables["y/market"] = labs, market
	f.tables["z/labs"], f.tables["z/market"] = labs.Where("case", "with"), market.Where("case", "with")
	years := table.New("labs", text("date"), figure("budget"))
	years.Append("2024-12-31", 1.0)
	years.Append("2026-12-31", 9.0)
	f.tables["t/labs"] = years
	for key, want := range map[string]float64{
		"z/labs|power:0.5:owned|date=2025-12-31":     5000 - 1e4*11/math.Pow(1+math.Sqrt(10), 2),
		"z/labs|power_se:0.5:owned|date=2025-12-31":  0,
		"y/labs|served:|date=2025-12-31":             50, // 6 instead of 4
		"y/market|least:owned:spending":              4989,
		"t/labs|growth:budget:2024-12-31:2026-12-31": 3,
		"y/labs|rows:|case^=with":                    8,
		"y/labs|rows:|case^=witho":                   4,
	} {
		if got, err := f.get(key); err != nil || math.Abs(got-want) > 1e-9 {
			t.Errorf("%s is %g (%v), not %g", key, got, err, want)
		}
	}
	for _, key := range []string{"x/scores|model", "x/scores|rows:|none=a", "x/scores|mean:model|entity=e",
		"x/market|pairs:hhi:half"} {
		if got, err := f.get(key); err == nil {
			t.Errorf("%s is %g", key, got)
		}
	}
}

// What became of a pattern, and shares with their interval by Wilson: of 8 in 10 it is 49 to 94 %.
func TestVerdictsComeFromTheRuns(t *testing.T) {
	text := func(name string) table.Column { return table.Column{Name: name, Kind: table.Text} }
	expect := table.New("expect", text("metric"), text("given"), text("misfit"), text("met"), text("undecided"))
	expect.Append("met", "", "", "true", "false")
	expect.Append("undecided", "", "", "true", "true")
	expect.Append("given", "an input", "", "true", "true")
	expect.Append("misfit", "", "slow", "false", "false")
	expect.Append("missed", "", "", "false", "false")
	f := &folders{tables: map[string]*table.Table{"p.json/expect": expect}}
	verdict := lean(f.get)["verdict"].(func(string, ...string) (string, error))
	for metric, want := range map[string]string{"met": "met", "undecided": "undecided", "given": "does not count",
		"misfit": "**misfit**", "missed": "**not met**"} {
		if got, err := verdict("p.json/expect", "metric="+metric); err != nil || got != want {
			t.Errorf("%s is %q (%v)", metric, got, err)
		}
	}
	if got, err := verdict("p.json/expect", "metric=none"); err == nil {
		t.Errorf("a pattern that is not there is %q", got)
	}
	if got := share(.8, 10); got != "80 % (49–94)" {
		t.Error(got)
	}
	if got := share(1, 200); got != "100 % (98–100)" {
		t.Error(got)
	}
}
