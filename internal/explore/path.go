package explore

import (
	"bytes"
	"math"
	"slices"
	"strconv"

	"simulate/internal/quantity"
	"simulate/sim"
	"simulate/sim/experiment/run"
)

// Numbers are values that JSON writes with six digits and undefined ones as null.
type Numbers []float64

// MarshalJSON implements json.Marshaler.
func (n Numbers) MarshalJSON() ([]byte, error) {
	b := append(make([]byte, 0, 8*len(n)+2), '[')
	for i, v := range n {
		if i > 0 {
			b = append(b, ',')
		}
		if math.IsNaN(v) || math.IsInf(v, 0) {
			b = append(b, "null"...)
		} else {
			b = strconv.AppendFloat(b, v, 'g', 6, 64)
		}
	}
	return append(b, ']'), nil
}

// UnmarshalJSON implements json.Unmarshaler.
func (n *Numbers) UnmarshalJSON(b []byte) error {
	*n = (*n)[:0]
	for _, word := range bytes.Split(bytes.Trim(b, "[] \n"), []byte(",")) {
		if word = bytes.TrimSpace(word); len(word) == 0 {
			continue
		}
		v := math.NaN()
		if string(word) != "null" {
			var err error
			if v, err = strconv.ParseFloat(string(word), 64); err != nil {
				return err
			}
		}
		*n = append(*n, v)
	}
	return nil
}

// Shown are the metrics that a page draws, each a column of market.csv.
var Shown = []string{
	"hhi_sales", "hhi_sales_clouds", "hhi_sales_labs", "hhi_compute_owned", "hosted_open_share",
	"labs_near_frontier_own_run",
	"lag_open_frontier_months", "lag_class_micro_months", "lag_class_small_months", "lag_class_large_months",
	"price_of_threshold", "price_of_frontier",
	"price_index", "supplier_revenue", "supplier_value", "entry_ticket", "policy_cost",
}

// shown and told are the places of Shown and Told in sim.Metrics.
var shown, told = placesOf(Shown), placesOf(Told)

func placesOf(names []string) (out []int) {
	for _, name := range names {
		at := slices.IndexFunc(sim.Metrics, func(m sim.Metric) bool { return m.Name == name })
		if at < 0 {
			panic("explore: there is no metric " + name)
		}
		out = append(out, at)
	}
	return out
}

// Answer is the expected path of a state.
type Answer struct {
	Dates   []string           `json:"dates"`          // last days, ISO
	Metrics map[string]Numbers `json:"metrics"`        // of Shown, by date
	Labs    []LabPath          `json:"labs,omitempty"` // of the state, not of its base
	Markers []Marker           `json:"markers,omitempty"`
	Base    bool               `json:"base"` // of the world without events and policies
	// Same says that the state has neither events nor policies, so that it is its own base.
	Same     bool     `json:"same"`
	Measured Measured `json:"measured"`
}

// Marker is an event or a policy of a state.
type Marker struct {
	Date  string `json:"date"` // ISO
	Kind  string `json:"kind"` // shock or policy
	Label string `json:"label"`
}

// Path is the expected path of a state, or of its base: the same world without the events and
// policies that scenario.Scenario.Base leaves out.
func (s *Session) Path(st State, base bool) (*Answer, error) {
	sc, cfg, err := s.moved(st)
	if err != nil {
		return nil, err
	}
	expected := *cfg
	expected.Stochastic = false
	out := &Answer{Metrics: map[string]Numbers{}, Base: base, Same: len(cfg.Shocks)+len(cfg.Policies) == 0}
	job := run.Job{Config: &expected, Seed: sc.Seed, Replication: 1}
	if base {
		job.Config = sc.BaseConfig(&expected)
	} else {
		out.Markers, out.Measured = markers(cfg), measured(sc, cfg, st.Set)
	}
	return out, s.follow(job, sc.Record, out)
}

// follow makes a run and keeps what a page shows.
func (s *Session) follow(job run.Job, record string, out *Answer) error {
	own := ownRun()
	return observe(s.quickly(), job, record, func(date string, m *sim.Model) {
		out.Dates = append(out.Dates, date)
		for k, at := range shown {
			out.Metrics[Shown[k]] = append(out.Metrics[Shown[k]], sim.Metrics[at].Of(m))
		}
		if !out.Base {
			out.observeLabs(m, len(out.Dates)-1, own)
		}
	})
}

// markers are the events and policies of a configuration, those that repeat told once.
func markers(cfg *sim.Config) (out []Marker) {
	add := func(date float64, kind, label string) {
		if m := (Marker{quantity.DayOf(date), kind, label}); !slices.Contains(out, m) {
			out = append(out, m)
		}
	}
	for i := range cfg.Shocks {
		add(cfg.Shocks[i].Date, "shock", cfg.Shocks[i].Label)
	}
	for i := range cfg.Policies {
		add(cfg.Policies[i].From, "policy", cfg.Policies[i].Label)
	}
	return out
}
