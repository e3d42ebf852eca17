package compare

import (
	"context"
	"fmt"
	"math"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"simulate/sim/experiment/results"
	"simulate/sim/experiment/run"
	"simulate/sim/experiment/tiny"
	"simulate/sim/scenario"
)

// aided is the tiny market with a grant and a tax.
func aided(t *testing.T) *scenario.Scenario {
	t.Helper()
	s, err := scenario.Parse("aided", []byte(tiny.Base+`policies:
  aid: {from: 2024-06, grant: {amount: $1B/yr, rule: equal}}
  fee: {from: 2024-06, tax: {windfall_rate: 20%}}
`))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// sweptTiny sweeps the tiny market with a grant.
func sweptTiny(t *testing.T, inputs []string) (string, *results.Manifest) {
	t.Helper()
	own := aided(t)
	s, err := run.NewSweep(run.SweepSpec{Scenario: own, Inputs: tiny.Vary(t, own, inputs...), Replications: 3,
		Metrics: []string{"labs_active", "hhi_sales"}, Pairing: Pairs{}})
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "sweep")
	done, err := s.Run(context.Background(), run.Output{Out: dir, Format: "csv"}, run.Options{Jobs: 2})
	if err != nil {
		t.Fatal(err)
	}
	return dir, done.Manifest
}

// Each point with the policy is held, replication by replication, against the point of the same
// future in which it does nothing: the effects are the differences of the table of runs.
func TestSweptEffectsAreDifferencesOfRuns(t *testing.T) {
	const amount, eta = "policies.aid.grant.amount", "market.eta"
	for name, inputs := range map[string][]string{
		"the policy first":  {amount + "=$0/yr,$1B/yr,$4B/yr", eta + "=0.6,1.1"},
		"the policy last":   {eta + "=0.6,1.1", amount + "=$4B/yr,$0/yr,$1B/yr"},
		"the policy alone":  {amount + "=$0/yr,$1B/yr"},
		"two of its values": {amount + "=$0/yr,$4B/yr", "policies.aid.from=2024-06,2025-01", eta + "=0.6,1.1"},
	} {
		dir, m := sweptTiny(t, inputs)
		runs, err := m.Table(dir, "runs")
		if err != nil {
			t.Fatal(err)
		}
		rows, err := m.Table(dir, effectsTable)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		at := map[string]float64{} // by case, metric and replication
		future, off := map[string]string{}, map[string]bool{}
		for i, id := range runs.Text("case") {
			for _, metric := range m.Sweep.Metrics {
				at[id+metric+runs.Text("replication")[i]] = runs.Number(metric)[i]
			}
			off[id] = runs.Number(amount)[i] == 0
			if runs.Has(eta) {
				future[id] = runs.Text(eta)[i]
			}
		}
		effects, err := readEffects(rows, false)
		if err != nil {
			t.Fatal(err)
		}
		last, seen := runs.Text("date")[0], map[string]bool{}
		for _, e := range effects {
			if off[e.Case] || !off[e.Against] || future[e.Case] != future[e.Against] {
				t.Fatalf("%s: %s is held against %s", name, e.Case, e.Against)
			}
			if n, err := strconv.Atoi(e.Case); err != nil || n != e.Point {
				t.Fatalf("%s: case %s is point %d", name, e.Case, e.Point)
			}
			if e.Date != last {
				continue
			}
			seen[e.Case] = true
			sum := 0.0
			for r := 1; r <= 3; r++ {
				sum += at[e.Case+e.Metric+fmt.Sprint(r)] - at[e.Against+e.Metric+fmt.Sprint(r)]
			}
			if math.Abs(sum/3-e.Change.Value) > 1e-5*math.Max(1, e.Base) {
				t.Errorf("%s: the effect of %s on %s is %v, not %v", name, e.Case, e.Metric, e.Change.Value, sum/3)
			}
		}
		for id, without := range off {
			if seen[id] == without {
				t.Errorf("%s: case %s has effects: %v", name, id, seen[id])
			}
		}
		told, err := ReadSwept(dir, m, Headline(m.Sweep.Metrics))
		if err != nil || len(told) == 0 {
			t.Fatalf("%s: %d policies, %v", name, len(told), err)
		}
		for _, s := range told {
			if text := s.Tell(); !strings.Contains(text, "amount = $0/yr") ||
				!strings.Contains(text, "HHI, sales, with ") {
				t.Errorf("%s: %s", name, text)
			}
		}
	}
}

// Beside a policy that no point switches off, another one is held against the point in which it
// does nothing and the first stands as it does.
func TestSweptBesideAPolicyThatStays(t *testing.T) {
	dir, m := sweptTiny(t, []string{"policies.aid.grant.amount=$1B/yr,$4B/yr", "policies.fee.tax.windfall_rate=0%,20%"})
	design, err := m.Table(dir, "design")
	if err != nil {
		t.Fatal(err)
	}
	rows, err := m.Table(dir, effectsTable)
	if err != nil {
		t.Fatal(err)
	}
	amount, rate := map[string]string{}, map[string]float64{}
	for i, id := range design.Text("case") {
		amount[id] = design.Text("policies.aid.grant.amount")[i]
		rate[id] = design.Number("policies.fee.tax.windfall_rate")[i]
	}
	effects, err := readEffects(rows, false)
	if err != nil || len(effects) == 0 {
		t.Fatal(len(effects), err)
	}
	for _, e := range effects {
		if amount[e.Case] != amount[e.Against] || rate[e.Case] == 0 || rate[e.Against] != 0 {
			t.Fatalf("%s (%s, %v) is held against %s (%s, %v)", e.Case, amount[e.Case], rate[e.Case], e.Against,
				amount[e.Against], rate[e.Against])
		}
	}
}

// Where nothing switches a policy off there is no table, and a base that is asked for is in every
// future.
func TestSweptBases(t *testing.T) {
	own := aided(t)
	notes := func(withBase bool, inputs ...string) string {
		s, err := run.NewSweep(run.SweepSpec{Scenario: own, Inputs: tiny.Vary(t, own, inputs...), Pairing: Pairs{},
			WithBase: withBase})
		if err != nil {
			return err.Error()
		}
		return fmt.Sprintf("%d: %s", s.Cases(), strings.Join(s.Notes(), " "))
	}
	for _, c := range []struct {
		withBase bool
		inputs   string
		says     string
	}{
		{false, "policies.aid.grant.amount=$1B/yr,$4B/yr", "2: No point has policies.aid.grant.amount at $0/yr"},
		{true, "policies.aid.grant.amount=$1B/yr,$4B/yr", "3: Table effects: 2 points"},
		{true, "policies.aid.grant.amount=$0/yr,$4B/yr", "2: Table effects: 1 point is held against the one"},
		{true, "policies.aid.grant.amount=$4B/yr;policies.aid.from=2024-06,2025-01", "4: Table effects: 2 points"},
		{false, "policies.aid.from=2024-06,2025-01", "2: No value of what varies switches policies.aid off"},
		{true, "policies.aid.from=2024-06,2025-01", "4: Table effects: 2 points are held against those of the same future " +
			"with policies.aid.grant.amount at $0/yr"},
		{false, "policies.aid.from=2024-06,2025-01;policies.fee.tax.windfall_rate=0%,20%", "4: Table effects: 2 points " +
			"are held against those of the same future with policies.fee.tax.windfall_rate at 0%, where the policy does " +
			"nothing; policies.aid, which no point switches off, is the same in both."},
		{false, "policies.aid.grant.amount=$1B/yr,$4B/yr;policies.fee.tax.windfall_rate=0%,20%",
			"4: Table effects: 2 points"},
		{true, "market.eta=0.6,1.1", "no policy varies"},
		{false, "market.eta=0.6,1.1", "2: "},
	} {
		if got := notes(c.withBase, strings.Split(c.inputs, ";")...); !strings.HasPrefix(got, c.says) &&
			!strings.Contains(got, "--with-base: "+c.says) {
			t.Errorf("%s, %v: %s", c.inputs, c.withBase, got)
		}
	}
}

// The value at which a lever does nothing is that of its row, and what gives no size has none.
func TestNeutral(t *testing.T) {
	own := aided(t)
	for path, want := range map[string]string{"policies.aid.grant.amount": "$0/yr", "policies.fee.tax.windfall_rate": "0",
		"policies.aid.from": "", "market.eta": "", "policies.none.grant.amount": ""} {
		v, known := own.Neutral(path)
		if got := text(own, path, v, known); got != want {
			t.Errorf("%s does nothing at %q, not %q", path, got, want)
		}
	}
}

func text(own *scenario.Scenario, path string, v float64, known bool) string {
	if !known {
		return ""
	}
	k, _ := own.Knob(path)
	return k.Format(v)
}
