package whofinds

import (
	"cmp"
	"fmt"

	"simulate/sim/experiment/run"
	"simulate/sim/scenario"
)

// Seed and Replications of every run of the table.
const (
	Seed         = 1
	Replications = 1000
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

// assumption is one on which the answer may hang.
type assumption int

const (
	following   assumption = iota // κ
	hosts                         // σ_h
	elasticity                    // η
	assumptions                   // how many there are
)

// asks says of an assumption what it is about.
var asks = [assumptions]string{"whether budgets follow sales (κ)", "how closely hosts compete with labs (σ_h)",
	"how elastic demand is (η)"}

// corner is a set of values of the assumptions. A level that is empty is the default.
type corner struct {
	name, words string
	levels      [assumptions]level
}

// level is a value of an assumption other than the default's.
type level struct{ set, words string }

// defaults says of each assumption what its default is.
var defaults = [assumptions]string{"κ = 1", "σ_h = 1.3", "η = 1.11"}

var (
	loopOpen = level{"funding.sales_following=0", "κ = 0"}
	noNest   = level{"market.host_substitution=2.3", "σ_h = σ"}
	etaLow   = level{"market.eta=0.6", "η = 0.6"}
	etaHigh  = level{"market.eta=1.5", "η = 1.5"}
)

// corners are the assumptions under which the rows are run; the first are the defaults. The ends of
// η are those of its 90 % interval.
var corners = []corner{
	{"default", "budgets follow sales (κ = 1), hosts a nest (σ_h = 1.3)", [assumptions]level{}},
	{"no_nest", "budgets follow sales (κ = 1), hosts as one more brand (σ_h = σ)", [assumptions]level{hosts: noNest}},
	{"loop_open", "budgets do not (κ = 0), hosts a nest (σ_h = 1.3)", [assumptions]level{following: loopOpen}},
	{"neither", "budgets do not (κ = 0), hosts as one more brand (σ_h = σ)",
		[assumptions]level{following: loopOpen, hosts: noNest}},
	{"eta_low", "inelastic demand (η = 0.6)", [assumptions]level{elasticity: etaLow}},
	{"eta_high", "elastic demand (η = 1.5)", [assumptions]level{elasticity: etaHigh}},
}

// set is what a corner sets, PATH=VALUE each.
func (c corner) set() (set []string) {
	for _, l := range c.levels {
		if l.set != "" {
			set = append(set, l.set)
		}
	}
	return set
}

// at says at which value of an assumption a corner stands.
func (c corner) at(a assumption) string { return cmp.Or(c.levels[a].words, defaults[a]) }

// differ says in which assumption alone two corners differ.
func (c corner) differ(from corner) (in assumption, alone bool) {
	n := 0
	for a := range assumptions {
		if c.levels[a] != from.levels[a] {
			in, n = a, n+1
		}
	}
	return in, n == 1
}

// split are the corners of the table of κ and σ_h, those of the table of η after the default's.
func split() (kappaHosts, eta []corner) {
	for i, c := range corners {
		if c.levels[elasticity] == (level{}) {
			kappaHosts = append(kappaHosts, c)
		} else {
			eta = append(eta, corners[i])
		}
	}
	return kappaHosts, eta
}

// metric is a column of the table.
type metric struct {
	name, words string
	percent     bool // the effect is that of each pair in per cent of its base
	digits      int  // decimals at least
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
	s := run.Spec{Name: "who-finds-it-" + corners[corner].name, Seed: &seed, Replications: Replications}
	names := []string{base}
	for _, r := range rows {
		names = append(names, r.scenario)
	}
	for _, name := range names {
		c, err := scenario.Load(name, scenario.Options{Set: corners[corner].set()})
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
