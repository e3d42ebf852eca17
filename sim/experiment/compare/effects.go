package compare

import (
	"fmt"
	"math"
	"slices"

	"simulate/internal/quantity"
	"simulate/sim/experiment/analysis"
	"simulate/sim/experiment/results"
	"simulate/sim/experiment/run"
	"simulate/sim/table"
)

// effectsTable is what alternatives change: one table for every experiment whose cases are held
// against each other, with a design and without.
const effectsTable = "effects"

// Effect is what an alternative changes in a metric at a date: a row of the table effects.
type Effect struct {
	Case, Against string // the alternative and its base
	Point         int    // of the design; 0 without one
	Segment       string // "" for the whole market
	Metric, Date  string
	analysis.Difference
	LowSpread, HighSpread float64 // 5 and 95 % quantiles of the effect over runs, R's type 7
	ShareLower            float64 // of the runs: the alternative is lower
	Clear                 bool    // told apart from no change at 5 % over its family
	LongTail              bool    // few runs make the mean: its interval may hold it less often than promised
}

// EffectOf compares outcomes pair by pair: values with the same index ran with the same luck. looks
// is the number of effects in the family over which Clear holds at 5 % (Bonferroni).
func EffectOf(base, alternative []float64, looks int) (e Effect) {
	e.Difference = analysis.Paired(base, alternative)
	e.LowSpread, e.HighSpread, e.ShareLower = math.NaN(), math.NaN(), math.NaN()
	var d []float64
	lower := 0
	for r := range base {
		if v := alternative[r] - base[r]; !math.IsNaN(v) && !math.IsInf(v, 0) {
			if d = append(d, v); Unrounded(v, base[r]) < 0 {
				lower++
			}
		}
	}
	if len(d) > 0 {
		slices.Sort(d)
		e.LowSpread, e.HighSpread = results.Quantile(d, 0.05), results.Quantile(d, 0.95)
		e.ShareLower = float64(lower) / float64(len(d))
		e.LongTail = !e.Alike() && analysis.LongTail(d)
	}
	margin := e.Margin(looks)
	e.Clear = margin > 0 && math.Abs(Unrounded(e.Change.Value, e.Base)) > margin
	return e
}

// newEffects describes the table effects. looks is the number of effects in a family: of one
// metric, segment and date.
func newEffects(looks int) *table.Table {
	text := func(name, meaning string) table.Column {
		return table.Column{Name: name, Kind: table.Text, Meaning: meaning}
	}
	number := func(name, meaning string) table.Column {
		return table.Column{Name: name, Kind: table.Number, Meaning: meaning}
	}
	whole := func(name, meaning string) table.Column {
		return table.Column{Name: name, Kind: table.Integer, Meaning: meaning}
	}
	return table.New(effectsTable,
		text("case", "the alternative"),
		text("base", "what it is held against, under the same luck and draws"),
		whole("point", "number of the point of the design, from 1; 0 without a design"),
		text("segment", "empty: the whole market"),
		text("metric", "a metric"),
		text("date", "last day of the step (ISO)"),
		whole("n", "pairs: replications in which both define the metric"),
		number("base_mean", "mean of the base over those pairs, in the unit of the metric"),
		number("alternative_mean", "mean of the alternative over those pairs"),
		number("effect", "mean of the paired differences, alternative less base"),
		number("se", "standard error of the effect; empty below two pairs"),
		number("low", "lower end of the 95 % interval of the mean effect (Student's t); empty where no pair differs "+
			"from another"),
		number("high", "upper end of that interval"),
		number("low_spread", "5 % quantile of the effect over runs"),
		number("high_spread", "95 % quantile of the effect over runs"),
		number("share_lower", "share of the runs in which the alternative is lower"),
		number("noise_saved", "1 − Var(effect)/(Var(base) + Var(alternative)): the part of the variance that common "+
			"random numbers took away"),
		text("clear", family(looks)),
		text("long_tail", "true: few runs make the mean effect, so that its 95 % interval may hold it less often than "+
			"promised (Cochran's rule)"))
}

// family says when an effect is clear.
func family(looks int) string {
	if looks == 1 {
		return "true: told apart from 0 at 5 %; it is the one effect of its metric, segment and date"
	}
	return fmt.Sprintf("true: told apart from 0 at 5 %% although it is one of %s of its metric, segment and date "+
		"(Bonferroni)",
		quantity.Plural(looks, "effect"))
}

// add completes a row of the table effects and writes it.
func (e Effect) add(row *table.Record, write func(string, *table.Record) error) error {
	row.Reset().Text(e.Case).Text(e.Against).Integer(int64(e.Point)).Text(e.Segment).Text(e.Metric).Text(e.Date)
	row.Integer(int64(e.Replications)).Number(e.Base).Number(e.Alternative)
	row.Number(e.Change.Value).Number(e.SE).Number(e.Change.Low).Number(e.Change.High)
	row.Number(e.LowSpread).Number(e.HighSpread).Number(e.ShareLower).Number(e.VarianceSaved)
	return write(effectsTable, row.Text(fmt.Sprint(e.Clear)).Text(fmt.Sprint(e.LongTail)))
}

// writeEffects writes the effects of one alternative in the market and in each segment that both
// cases have, at all dates that both have, at a point of a design or 0.
func writeEffects(base, alternative *run.Sample, point, looks int, write func(string, *table.Record) error) error {
	at := make([][]Effect, len(alternative.Dates))
	if err := alternative.EachDate(func(d int, date string) (err error) {
		at[d], err = effectsAt(base, alternative, date, looks)
		return err
	}); err != nil {
		return err
	}
	var row table.Record
	for _, effects := range at {
		for _, e := range effects {
			e.Point = point
			if err := e.add(&row, write); err != nil {
				return err
			}
		}
	}
	return nil
}

// effectsAt are the effects at a date.
func effectsAt(base, alternative *run.Sample, date string, looks int) (out []Effect, err error) {
	put := func(segment, metric string, x, y []float64) {
		e := EffectOf(x, y, looks)
		if segment != "" && e.Replications == 0 { // it is not open yet
			return
		}
		e.Case, e.Against, e.Segment, e.Metric, e.Date = alternative.Case, base.Case, segment, metric, date
		out = append(out, e)
	}
	for i, metric := range alternative.Metrics {
		x, ok, err := base.At(date, i)
		if err != nil {
			return nil, err
		}
		if !ok {
			continue
		}
		y, _, err := alternative.At(date, i)
		if err != nil {
			return nil, err
		}
		put("", metric, x, y)
	}
	for _, segment := range alternative.Segments {
		for i, metric := range alternative.SegmentMetrics {
			x, ok, err := base.In(segment, date, i)
			if err != nil {
				return nil, err
			}
			if !ok {
				continue
			}
			y, _, err := alternative.In(segment, date, i)
			if err != nil {
				return nil, err
			}
			put(segment, metric, x, y)
		}
	}
	return out, nil
}

// readEffects reads the effects in the table, of the whole market alone or of its segments too.
func readEffects(t *table.Table, segmentsToo bool) (out []Effect, err error) {
	defer table.Misfit(&err)
	cases, bases, segments, metrics, dates := t.Text("case"), t.Text("base"), t.Text("segment"), t.Text("metric"),
		t.Text("date")
	clear, tails := t.Text("clear"), make([]string, t.Len())
	if t.Has("long_tail") { // folders of earlier versions do without
		tails = t.Text("long_tail")
	}
	points, n, base, alternative := t.Number("point"), t.Number("n"), t.Number("base_mean"), t.Number("alternative_mean")
	effect, se, low, high := t.Number("effect"), t.Number("se"), t.Number("low"), t.Number("high")
	lows, highs, lower, saved := t.Number("low_spread"), t.Number("high_spread"), t.Number("share_lower"),
		t.Number("noise_saved")
	for i := range t.Len() {
		if segments[i] != "" && !segmentsToo {
			continue
		}
		out = append(out, Effect{Case: cases[i], Against: bases[i], Point: int(points[i]), Segment: segments[i],
			Metric: metrics[i], Date: dates[i],
			Difference: analysis.Difference{Replications: int(n[i]), Base: base[i], Alternative: alternative[i],
				Change: analysis.Estimate{Value: effect[i], Low: low[i], High: high[i]}, SE: se[i], VarianceSaved: saved[i]},
			LowSpread: lows[i], HighSpread: highs[i], ShareLower: lower[i], Clear: clear[i] == "true",
			LongTail: tails[i] == "true"})
	}
	return out, nil
}

// Effects reads what the alternatives change in the whole market; nothing where the folder holds no
// effects.
func (o *Outcome) Effects() ([]Effect, error) { return o.effects(false) }

// AllEffects reads the same of the market and of every segment.
func (o *Outcome) AllEffects() ([]Effect, error) { return o.effects(true) }

func (o *Outcome) effects(segmentsToo bool) ([]Effect, error) {
	if o.Manifest.Compare == nil {
		return nil, nil
	}
	t, err := o.Table(effectsTable)
	if err != nil {
		return nil, err
	}
	return readEffects(t, segmentsToo)
}
