package report

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"simulate/sim"
	"simulate/sim/experiment/compare"
	"simulate/sim/experiment/history"
	"simulate/sim/experiment/results"
	"simulate/sim/experiment/run"
	"simulate/sim/experiment/tiny"
	"simulate/sim/observed"
	"simulate/sim/scenario"
)

// hostile is what a page must not run.
const hostile = `Three labs</title><script>alert("title")</script><img src=x onerror=alert(1)>`

// tinyBase is a market of three labs over two years, with numbers off their defaults.
const tinyBase = `title: '` + hostile + `'
description: 'What happens? </script><script>alert("description")</script>'
clock: {start: 2024-01, end: 2026-01, step: month}
replications: 4
seed: 7
reference_replications: 2
labs:
  big: {budget: {value: $10B/yr, source: Epoch AI (epoch.ai)}, sales: {everyone: 60%}}
  mid: {budget: $1B/yr, sales: {everyone: 20%}}
  small:
    budget: {value: $100M/yr, source: 'assumption: <b>a guess</b>', note: nobody knows}
    openness: open
    talent: 1.2
    sales: {everyone: 5%}
segments:
  everyone: {spending: $1B/yr}
outside_buyers: {orders: $1B/yr, stock: 10_000 H100e}
parameters:
  industry.entry_rate: 0
  market.eta: {value: 0.9, source: Demirer et al. 2025, range: 0.6 to 1.5}
  research.gamma: 2x/yr to 4x/yr
  research.omega: {value: 0.35, source: assumption, note: between two studies}
`

// tinyExpect are patterns that the folder decides, misses, and cannot decide.
const tinyExpect = `expect:
  - {metric: labs_active, at: 2025-12, between: [2.5, 3.5], source: the roster, note: nobody enters}
  - {metric: labs_active, at: 2025-12, above: 5, misfit: nobody enters here either}
  - {metric: hhi_sales, at: 2025-12, against: baseline, below: 0}
  - {metric: hhi_sales, at: 2025-01, above: 0}
`

// tinyPolicies are a shock and policies of which each shows something of its own.
const tinyPolicies = `events:
  - at: {value: 2025-01-20, source: a date}
    label: Jump <at> small
    shock:
      lab: small
      training_efficiency: {value: 8x, range: 5x to 15x, source: "assumption: a factor"}
      serving_efficiency: 4x
      disclosure: published
policies:
  money:
    label: 'Money & more'
    from: 2024-06
    grant:
      amount: {value: $1B/yr, range: $0.5B/yr to $2B/yr, source: assumption}
      eligible: {budget_below: $2B/yr}
  cap: {from: 2024-06, until: 2025-06, training_cap: {compute: 1e25 FLOP}}
  mergers: {from: 2024-06, merger_rule: 2023}
  cheaper: {from: 2024-06, label: Rebate on rents, subsidy: {rate: 40%, eligible: {labs: [small]}}}
  talent: {from: 2024-06, set: {labs.big.talent: 1.5}}
`

// everyLever are policies that pull every lever as its row shows it.
func everyLever() string {
	var b strings.Builder
	for _, l := range sim.Levers {
		for i, e := range l.Effects {
			if !l.ByPath { // those name labs
				fmt.Fprintf(&b, "  %s_%d: {from: 2024-06, %s: {%s}}\n", l.Name, i, l.Name, e.Example)
			}
		}
	}
	return b.String()
}

// load writes scenarios into files and loads them; the name of each is that of its file.
func load(t testing.TB, texts map[string]string, names ...string) []*scenario.Scenario {
	t.Helper()
	dir := t.TempDir()
	var out []*scenario.Scenario
	for _, name := range names {
		path := filepath.Join(dir, name+".yaml")
		if err := os.WriteFile(path, []byte(texts[name]), 0o644); err != nil {
			t.Fatal(err)
		}
		s, err := scenario.Load(path, scenario.Options{})
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, s)
	}
	return out
}

// three are variants of the market of three labs, by their names.
func three(t testing.TB, names ...string) []*scenario.Scenario {
	return load(t, map[string]string{"base": tinyBase + tinyExpect, "levers": tinyBase + tinyPolicies + everyLever(),
		"grant": tinyBase + "policies:\n  money: {from: 2024-06, grant: {amount: $5B/yr, eligible: {budget_below: " +
			"$2B/yr}}}\n", "talent": tinyBase + "policies:\n  talent: {from: 2024-06, set: {labs.big.talent: 1.5}}\n"}, names...)
}

// shared holds the folders that tests read and none changes.
var shared string

func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "report-")
	if err != nil {
		panic(err)
	}
	shared = dir
	code := m.Run()
	os.RemoveAll(dir)
	os.Exit(code)
}

// once makes a folder at its first use.
func once(t testing.TB, name string, fill func(dir string) error) string {
	t.Helper()
	dir := filepath.Join(shared, name)
	if _, err := os.Stat(dir); err == nil {
		return dir
	}
	if err := fill(dir); err != nil {
		os.RemoveAll(dir)
		t.Fatal(err)
	}
	return dir
}

// runFolder runs scenarios as one experiment into a folder of the test's own.
func runFolder(t testing.TB, names ...string) string {
	t.Helper()
	spec := run.Spec{Scenarios: three(t, names...), Out: filepath.Join(t.TempDir(), "run"), Command: []string{"simulate",
		"run", "it's <here>.yaml"}}
	if _, err := run.Run(context.Background(), spec); err != nil {
		t.Fatal(err)
	}
	return spec.Out
}

// compareFolder compares the levers with the base and splits the shock.
func compareFolder(t testing.TB) string {
	t.Helper()
	return once(t, "compare", func(dir string) error { return compared(t, dir) })
}

func compared(t testing.TB, dir string) error {
	all := three(t, "base", "levers")
	cases, comparison, err := compare.Cases(all[0], all[1:], compare.Options{Decompose: true})
	if err != nil {
		return err
	}
	_, err = run.Run(context.Background(), run.Spec{Scenarios: cases, Compare: compare.Tables(comparison),
		Name: "base-vs-levers", Out: dir})
	return err
}

// futuresFolder compares the grant with the base over two futures.
func futuresFolder(t testing.TB) string {
	t.Helper()
	all := three(t, "base", "grant")
	spec := run.SweepSpec{Replications: 2, Metrics: []string{"hhi_sales"}}
	spec.Inputs = tiny.Vary(t, all[0], "market.eta=0.6,1.1")
	f, err := compare.NewFutures(all, spec)
	if err != nil {
		t.Fatal(err)
	}
	return once(t, "futures", func(dir string) error {
		_, _, err := run.Do(context.Background(), f, run.Output{Out: dir}, run.Options{Jobs: 1})
		return err
	})
}

// sweepFolder varies two inputs of the base.
func sweepFolder(t testing.TB) string {
	t.Helper()
	own := three(t, "levers")[0]
	s, err := run.NewSweep(run.SweepSpec{Scenario: own, Inputs: tiny.Vary(t, own, "market.eta=0.6,1.1"), Replications: 2})
	if err != nil {
		t.Fatal(err)
	}
	return once(t, "sweep", func(dir string) error {
		_, err := s.Run(context.Background(), run.Output{Out: dir}, run.Options{Jobs: 1})
		return err
	})
}

func short2025(t testing.TB) *scenario.Scenario {
	t.Helper()
	s, err := scenario.Load("baseline-2024", scenario.Options{Set: []string{"clock.end=2025-06"}})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func inPlace(dir, identity string, command []string, save func(*results.Place, []string) error) error {
	at, err := results.OpenPlace(results.PlaceSpec{Out: dir, Name: "test", Identity: identity})
	if err != nil {
		return err
	}
	defer at.Close()
	return save(at, command)
}

// backtestFolder tests the baseline with few runs.
func backtestFolder(t testing.TB) string {
	t.Helper()
	return once(t, "backtest", func(dir string) error {
		b, err := history.RunBacktest(context.Background(), history.BacktestSpec{Scenario: short2025(t),
			Observed: observed.Builtin(), Until: 2024, Replications: 2, FixParameters: true, Seed: 1,
			Conduct: history.Conduct{Jobs: 1}, Discrepancy: .1})
		if err != nil {
			return err
		}
		return inPlace(dir, b.Spec.Identity(), []string{"simulate", "backtest"}, b.Save)
	})
}

// calibrateFolder calibrates the baseline with few vectors.
func calibrateFolder(t testing.TB) string {
	t.Helper()
	return once(t, "calibrate", func(dir string) error {
		c, err := history.Calibrate(context.Background(), history.CalibrationSpec{Scenario: short2025(t),
			Observed: observed.Builtin(), Samples: 40, Seed: 1, Conduct: history.Conduct{Jobs: 1}, Discrepancy: .1})
		if err != nil {
			return err
		}
		return inPlace(dir, c.Spec.Identity(), []string{"simulate", "calibrate"}, c.Save)
	})
}
