package explore

import (
	"math"
	"slices"
	"strings"

	"simulate/internal/quantity"
	"simulate/sim"
	"simulate/sim/experiment/analysis"
	"simulate/sim/experiment/results"
	"simulate/sim/experiment/run"
	"simulate/sim/scenario"
)

// gathering is what has arrived of a state's replications.
type gathering struct {
	key      string
	dates    []string
	year     string // day a year after the first event or policy; "" where there is none
	measured Measured
	blocks   []*Block
}

// Summary is what replications show together.
type Summary struct {
	N       int             `json:"n"`
	Dates   []string        `json:"dates"`
	Runs    map[string]Band `json:"runs"` // of the first of the Readings
	Base    map[string]Band `json:"base,omitempty"`
	Effects []Effect        `json:"effects,omitempty"`
	// Changes are the effects on the Readings by date, of pairs that both define them.
	Changes  map[string]Change `json:"changes,omitempty"`
	Measured Measured          `json:"measured"`
}

// Measured is what the effects of a state are effects of: the events and policies that its base
// lacks.
type Measured struct {
	Markers []Marker `json:"markers,omitempty"`
	Whole   bool     `json:"whole"`   // nothing happens in the base
	Changed bool     `json:"changed"` // the state moves numbers of an event or a policy
}

// measured is what a configuration of a scenario has and its base lacks.
func measured(sc *scenario.Scenario, cfg *sim.Config, set []string) Measured {
	base := sc.BaseConfig(cfg)
	out := Measured{Whole: len(base.Shocks)+len(base.Policies) == 0}
	shared := markers(base)
	for _, m := range markers(cfg) {
		if !slices.Contains(shared, m) {
			out.Markers = append(out.Markers, m)
		}
	}
	out.Changed = slices.ContainsFunc(set, func(one string) bool {
		kind, rest, _ := strings.Cut(pathOf(one), ".")
		return (kind == "events" || kind == "policies") && strings.Contains(rest, ".")
	})
	return out
}

// Readings are the measures of concentration whose effect a page draws over time: the HHI of sales
// with hosts of open models as atoms, counted with their clouds, and among labs alone.
var Readings = []string{"hhi_sales", "hhi_sales_clouds", "hhi_sales_labs"}

// Change is the effect on a metric by date: the mean of the paired differences, the 95 % interval
// of that mean, and the ends between which nine of ten pairs lie. The interval is undefined where
// there is one pair, or where all differ by the same.
type Change struct {
	Mean       Numbers `json:"mean"`
	Low        Numbers `json:"low"`
	High       Numbers `json:"high"`
	LowSpread  Numbers `json:"low_spread"`
	HighSpread Numbers `json:"high_spread"`
}

// Band is mean and quantiles of a metric over replications, by date.
type Band struct {
	Mean Numbers `json:"mean"`
	Low  Numbers `json:"low"`  // 5 %
	High Numbers `json:"high"` // 95 %
}

// Effect is what the events and policies of a state change in a metric at a date: the mean of the
// paired differences.
type Effect struct {
	Metric string `json:"metric"`
	Date   string `json:"date"`
	When   string `json:"when"` // "year": a year after the first event or policy; "end"
	N      int    `json:"n"`    // pairs in which both define the metric
	Base   Number `json:"base"` // means
	With   Number `json:"with"`
	Change Number `json:"change"`
	Low    Number `json:"low"` // interval of the mean change, 95 %; null for a single pair or where no pair differs
	High   Number `json:"high"`
	// LowSpread and HighSpread hold nine of ten runs: quantiles of 5 and 95 % of the change.
	LowSpread  Number `json:"low_spread"`
	HighSpread Number `json:"high_spread"`
	Clear      bool   `json:"clear"` // told apart from zero: the interval does not hold it
}

// Number is a value that JSON writes with six digits, null where it is undefined.
type Number float64

// MarshalJSON implements json.Marshaler.
func (n Number) MarshalJSON() ([]byte, error) {
	b, err := Numbers{float64(n)}.MarshalJSON()
	return b[1 : len(b)-1], err
}

// Told are the metrics whose effects a page states, at a year after the first change and at the
// end.
var Told = []string{"hhi_sales", "hhi_sales_clouds", "hhi_sales_labs", "hhi_compute_owned", "hosted_open_share",
	"labs_near_frontier_own_run", "price_of_threshold", "supplier_revenue", "policy_cost"}

// Gather takes finished blocks of a state, in any order, and says what all that have come so far
// show. Blocks of another state than the one before begin anew.
func (s *Session) Gather(st State, blocks ...*Block) (*Summary, error) {
	key := s.key(st, st.Set)
	if s.gathered == nil || s.gathered.key != key {
		sc, err := s.whole(st)
		if err != nil {
			return nil, err
		}
		g := &gathering{key: key, measured: measured(sc, sc.Config(), st.Set)}
		for _, at := range run.Calendar(sc.Config(), sc.Record) {
			g.dates = append(g.dates, at.Date)
		}
		first := math.Inf(1)
		for _, m := range sc.Markers() {
			if slices.Contains(g.measured.Markers, Marker{quantity.DayOf(m.Date), m.Kind, m.Label}) {
				first = math.Min(first, m.Date)
			}
		}
		if !math.IsInf(first, 1) {
			g.year = quantity.LastDay(first + 1)
		}
		s.gathered = g
	}
	s.gathered.blocks = append(s.gathered.blocks, blocks...)
	slices.SortFunc(s.gathered.blocks, func(a, b *Block) int { return a.From - b.From })
	return s.gathered.summary(), nil
}

func (g *gathering) summary() *Summary {
	var runs, base []Sample
	for _, b := range g.blocks {
		runs, base = append(runs, b.Runs...), append(base, b.Base...)
	}
	out := &Summary{N: len(runs), Dates: g.dates, Runs: map[string]Band{}}
	bands := func(of []Sample) map[string]Band {
		return map[string]Band{Readings[0]: band(of, slices.Index(Told, Readings[0]), len(g.dates))}
	}
	out.Runs = bands(runs)
	if len(base) < len(runs) || len(runs) == 0 {
		return out
	}
	out.Base = bands(base)
	for k, metric := range Told {
		for _, when := range g.moments() {
			out.Effects = append(out.Effects, effect(metric, when.word, g.dates[when.at], column(base, k, when.at),
				column(runs, k, when.at)))
		}
	}
	out.Measured = g.measured
	out.Changes = map[string]Change{}
	for _, metric := range Readings {
		out.Changes[metric] = change(slices.Index(Told, metric), g.dates, base, runs)
	}
	return out
}

// change is the effect on the k-th of Told at each date.
func change(k int, dates []string, base, runs []Sample) (c Change) {
	for at, date := range dates {
		e := effect(Told[k], "", date, column(base, k, at), column(runs, k, at))
		c.Mean = append(c.Mean, float64(e.Change))
		c.Low, c.High = append(c.Low, float64(e.Low)), append(c.High, float64(e.High))
		c.LowSpread, c.HighSpread = append(c.LowSpread, float64(e.LowSpread)), append(c.HighSpread, float64(e.HighSpread))
	}
	return c
}

// moment is a date at which effects are told.
type moment struct {
	word string
	at   int
}

// moments are the observation nearest to a year after the first event or policy, as comparisons
// have it, and the end.
func (g *gathering) moments() (out []moment) {
	end := len(g.dates) - 1
	if want := g.year; want != "" && want <= g.dates[end] {
		day := func(iso string) float64 {
			from, _, _ := quantity.Period(iso)
			return from
		}
		best := 0
		for i, d := range g.dates {
			if math.Abs(day(d)-day(want)) < math.Abs(day(g.dates[best])-day(want)) {
				best = i
			}
		}
		if best < end {
			out = append(out, moment{"year", best})
		}
	}
	return append(out, moment{"end", end})
}

func column(of []Sample, k, at int) []float64 {
	out := make([]float64, len(of))
	for r := range of {
		out[r] = of[r][k][at]
	}
	return out
}

func band(of []Sample, k, dates int) (b Band) {
	for at := range dates {
		d := results.Describe(column(of, k, at))
		b.Mean, b.Low, b.High = append(b.Mean, d.Mean), append(b.Low, d.Quantiles[0]), append(b.High, d.Quantiles[4])
	}
	return b
}

func effect(metric, when, date string, base, with []float64) Effect {
	d := analysis.Paired(base, with)
	var change []float64
	for r := range base {
		change = append(change, with[r]-base[r])
	}
	spread := results.Describe(change)
	e := Effect{Metric: metric, Date: date, When: when, N: d.Replications, Base: Number(d.Base),
		With: Number(d.Alternative), Change: Number(d.Change.Value),
		Low: Number(math.NaN()), High: Number(math.NaN()), LowSpread: Number(spread.Quantiles[0]),
		HighSpread: Number(spread.Quantiles[4])}
	if d.SE > 0 {
		e.Low, e.High = Number(d.Change.Low), Number(d.Change.High)
		e.Clear = d.Change.Low > 0 || d.Change.High < 0
	}
	return e
}
