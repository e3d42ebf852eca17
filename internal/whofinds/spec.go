package whofinds

import (
	"fmt"

	"simulate/sim/experiment/run"
	"simulate/sim/scenario"
)

// Seed and Replications of every run of the table.
const (
	Seed         = 1
	Replications = 200
)

// base is the world without the gain.
const base = "baseline"

// rows are the built-in scenarios of the table, by what a reader calls them.
var rows = []struct{ scenario, words string }{
	{"r1-efficiency-only", "a small lab, published"},
	{"deepseek-closed", "a small lab, secret"},
	{"leader-published", "the leader, published"},
	{"leader-shock", "the leader, secret"},
	{"jump-for-all", "everybody"},
}

// corners are the assumptions under which the rows are run; the first are the defaults.
var corners = []struct {
	name, words string
	set         []string
}{
	{"default", "budgets follow sales (κ = 1), hosts a nest (σ_h = 1.3)", nil},
	{"no_nest", "budgets follow sales (κ = 1), hosts as one more brand (σ_h = σ)", []string{noNest}},
	{"loop_open", "budgets do not (κ = 0), hosts a nest (σ_h = 1.3)", []string{loopOpen}},
	{"neither", "budgets do not (κ = 0), hosts as one more brand (σ_h = σ)", []string{loopOpen, noNest}},
}

const (
	noNest   = "market.host_substitution=2.3"
	loopOpen = "funding.sales_following=0"
)

// metric is a column of the table.
type metric struct {
	name, words string
	percent     bool // the effect is shown as a share of the base
	digits      int
}

var metrics = []metric{
	{"hhi_sales", "HHI of sales, hosts as atoms", false, 0},
	{"hhi_sales_clouds", "… with their clouds", false, 0},
	{"hhi_sales_labs", "… among labs alone", false, 0},
	{"price_index", "quality-adjusted price", true, 0},
	{"lerner", "Lerner index", false, 3},
	{"hosted_open_share", "hosted share of sales", false, 3},
	{"lag_10th_lab_oom", "lag of the tenth lab, OOM", false, 2},
	{"supplier_revenue", "chip supplier's revenue", true, 1},
}

// readings are the three metrics of the second table.
const readings = 3

// dates at which effects are taken: a year after the gain, and the end.
var dates = []string{"2025-12-31", "2034-12-31"}

// Spec is the experiment of a corner: the base and the five rows under the same luck.
func spec(corner int) (run.Spec, error) {
	seed := uint64(Seed)
	s := run.Spec{Name: "who-finds-it-" + corners[corner].name, Seed: &seed, Replications: Replications,
		Tables: []string{"market"}}
	names := []string{base}
	for _, r := range rows {
		names = append(names, r.scenario)
	}
	for _, name := range names {
		c, err := scenario.Load(name, scenario.Options{Set: corners[corner].set})
		if err != nil {
			return s, fmt.Errorf("%s: %w", name, err)
		}
		s.Scenarios = append(s.Scenarios, c)
	}
	return s, nil
}

// Identities are the hashes of the corners' experiments: version, seed, replications and every
// scenario.
func Identities() ([]string, error) {
	var out []string
	for i := range corners {
		s, err := spec(i)
		if err != nil {
			return nil, err
		}
		r, err := run.NewRuns(s)
		if err != nil {
			return nil, err
		}
		out = append(out, r.Identity())
	}
	return out, nil
}
