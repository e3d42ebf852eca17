package history

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"simulate/internal/quantity"
	"simulate/sim/experiment/results"
	"simulate/sim/observed"
)

// Versus compares the model with another forecast over the series where both say something.
type Versus struct {
	Better, Of int
	// Ratio is the geometric mean over series of the model's CRPS over the other's: below 1 the model
	// is better in total.
	Ratio float64
}

// Totals are the scores over all series.
type Totals struct {
	NoChange, Trend, Share Versus
	// MASE are the means over the series whose history has a step: model, no change and trend.
	MASE     [3]float64
	MASEOf   int
	WithinOf int // scored observations from which no input was derived
	Within   int // of them inside the central 90 % of the ensemble
	// GivenOf are the observations after the cut from which inputs were derived, Given those of them
	// inside the band; neither is in Within.
	GivenOf, Given int
	NoHistory      int // series that were not observed before the cut
}

// score compares all methods with what was observed.
func (b *Backtest) score(all []*Series, runs []paths) {
	shares, sigma := wholes(all, b.Spec.Until, b.Spec.Seed)
	b.Volatility = sigma
	for i, s := range b.Series {
		x := make([]float64, len(runs))
		s.Fan = make([][5]float64, len(runs[0][i]))
		for n := range s.Fan {
			for r := range runs {
				x[r] = runs[r][i][n]
			}
			s.Fan[n] = fiveOf(slices.Clone(x))
		}
		actual, before := valuesOf(s.Scored), valuesOf(s.History)
		flat := noChange(s.History, s.Scored)
		line, kind := trend(s.Series, s.History, s.Scored)
		s.NoChange = pointForecast(flat, actual, before)
		s.Trend = pointForecast(line, actual, before)
		s.Trend.Kind = kind
		model := make([][]float64, len(s.Scored))
		for k, w := range s.windows {
			for _, run := range runs {
				model[k] = append(model[k], s.Series.value(run[i], w, b.PerYear))
			}
			s.At = append(s.At, fiveOf(slices.Clone(model[k])))
			s.Naive = append(s.Naive, [2]float64{flat[k], line[k]})
		}
		s.Model = ensembleForecast(model, actual, before)
		s.Share = ensembleForecast(shares[s.Series][:min(len(actual), len(shares[s.Series]))], actual, before)
	}
	b.Total = b.totals()
}

// wholes forecasts all shares by proportional growth. A whole whose own history has no step takes
// the volatility of all shares.
func wholes(all []*Series, until float64, seed uint64) (map[*Series][][]float64, float64) {
	members := map[string][]*Series{}
	var order []string
	var every []*Series
	for _, s := range all {
		if !isShare(s.Quantity) || s.Growth {
			continue
		}
		if len(members[group(s)]) == 0 {
			order = append(order, group(s))
		}
		members[group(s)] = append(members[group(s)], s)
		every = append(every, s)
	}
	pooled := volatility(every, until)
	out := map[*Series][][]float64{}
	for _, g := range order {
		sigma := volatility(members[g], until)
		if math.IsNaN(sigma) {
			sigma = pooled
		}
		if math.IsNaN(sigma) {
			continue
		}
		for s, x := range gibrat(members[g], sigma, until, seed) {
			out[s] = x
		}
	}
	return out, pooled
}

// pointForecast scores a forecast without an ensemble.
func pointForecast(forecast, actual, history []float64) Forecast {
	return Forecast{MASE: MASE(forecast, actual, history), CRPS: absoluteError(forecast, actual)}
}

// ensembleForecast scores ensembles at each observation, its medians as points. Undefined members
// are left out.
func ensembleForecast(members [][]float64, actual, history []float64) Forecast {
	if len(members) < len(actual) {
		return Forecast{MASE: math.NaN(), CRPS: math.NaN()}
	}
	sum, medians := 0.0, make([]float64, len(actual))
	for k, y := range actual {
		x := slices.DeleteFunc(slices.Clone(members[k]), math.IsNaN)
		sum += CRPS(x, y)
		medians[k] = fiveOf(x)[2]
	}
	return Forecast{MASE: MASE(medians, actual, history), CRPS: sum / float64(len(actual))}
}

func valuesOf(points []observed.Point) []float64 {
	out := make([]float64, len(points))
	for i, p := range points {
		out[i] = p.Value
	}
	return out
}

func (b *Backtest) totals() Totals {
	t := Totals{NoChange: b.versus(func(s *Scored) float64 { return s.NoChange.CRPS }),
		Trend: b.versus(func(s *Scored) float64 { return s.Trend.CRPS }),
		Share: b.versus(func(s *Scored) float64 { return s.Share.CRPS })}
	for _, s := range b.Series {
		if len(s.History) == 0 {
			t.NoHistory++
		}
		for k, p := range s.Scored {
			of, within := &t.WithinOf, &t.Within
			if s.Inputs[k] != "" {
				of, within = &t.GivenOf, &t.Given
			}
			*of++
			if p.Value >= s.At[k][0] && p.Value <= s.At[k][4] {
				*within++
			}
		}
		if s.isInput() {
			continue
		}
		if m := [3]float64{s.Model.MASE, s.NoChange.MASE, s.Trend.MASE}; !math.IsNaN(m[0] + m[1] + m[2]) {
			t.MASEOf++
			for i := range m {
				t.MASE[i] += m[i]
			}
		}
	}
	for i := range t.MASE {
		t.MASE[i] /= float64(t.MASEOf) // NaN without such a series
	}
	return t
}

// versus leaves out series whose other forecast is missing or without error, for which there is no
// ratio.
func (b *Backtest) versus(other func(*Scored) float64) Versus {
	v := Versus{}
	logs := 0.0
	for _, s := range b.Series {
		ratio := s.Model.CRPS / other(s)
		if s.isInput() || math.IsNaN(ratio) || math.IsInf(ratio, 0) || ratio == 0 {
			continue
		}
		v.Of++
		logs += math.Log(ratio)
		if ratio < 1 {
			v.Better++
		}
	}
	v.Ratio = math.Exp(logs / float64(v.Of))
	return v
}

// level is how far scores may differ, as a part, and still count as equal: they rest on few
// observations.
const level = 0.05

// Verdict says in words whether the model beats the other forecasts.
func (b *Backtest) Verdict() string {
	var parts []string
	for _, o := range []struct {
		name string
		v    Versus
	}{{"no change", b.Total.NoChange}, {"the trend", b.Total.Trend}, {"proportional growth of shares", b.Total.Share}} {
		if o.v.Of == 0 {
			continue
		}
		verdict := "does not beat"
		switch {
		case o.v.Ratio < 1-level:
			verdict = "beats"
		case o.v.Ratio <= 1+level:
			verdict = "is level with"
		}
		parts = append(parts, fmt.Sprintf("%s %s in total (CRPS %.2f of its) and wins in %s of %s", verdict, o.name,
			o.v.Ratio, quantity.Count(o.v.Better), quantity.Plural(o.v.Of, "series", "series")))
	}
	if len(parts) == 0 {
		return "No series was observed before the cut, so there is no other forecast to beat."
	}
	text := "The model " + strings.Join(parts[:len(parts)-1], "; it ")
	if len(parts) > 1 {
		text += "; it "
	}
	return text + parts[len(parts)-1] + ". " + b.Coverage()
}

// Coverage says how many scored observations lie in the band, those that inputs were derived from
// apart.
func (b *Backtest) Coverage() string {
	t := b.Total
	text := fmt.Sprintf("%s of the %s lie within its 90 %% band", quantity.Count(t.Within),
		quantity.Plural(t.WithinOf, "scored observation"))
	if t.GivenOf > 0 {
		text += fmt.Sprintf("; with the %s that inputs were derived from, %s of %s", quantity.Count(t.GivenOf),
			quantity.Count(t.Within+t.Given), quantity.Count(t.WithinOf+t.GivenOf))
	}
	return text + "."
}

// isInput says that an input was derived from an observation of the series, so that its score is
// none.
func (s *Scored) isInput() bool {
	return slices.ContainsFunc(s.Inputs, func(p string) bool { return p != "" })
}

// counted is how many observations after the cut count.
func (s *Scored) counted() (n int) {
	for _, path := range s.Inputs {
		if path == "" {
			n++
		}
	}
	return n
}

// Label says what was fitted to and what is scored.
func (b *Backtest) Label() string {
	first, last, n := "", "", 0
	for _, s := range b.Series {
		for k, p := range s.Scored {
			if s.Inputs[k] != "" {
				continue
			}
			if first == "" || p.Day < first {
				first = p.Day
			}
			last = max(last, p.Day)
			n++
		}
	}
	text := fmt.Sprintf("Back-test of %s: inputs and observations up to %s; scored on %s from %s to %s. ",
		b.Spec.Scenario.Name, quantity.LastDay(b.Spec.Until), quantity.Plural(n, "observation"), first, last)
	if b.Tried == 0 {
		return text + fmt.Sprintf("%s at the scenario's own parameters, some of which were fitted to 2024.%s",
			quantity.Plural(b.Spec.Replications, "run"), b.given())
	}
	return text + fmt.Sprintf("%s with parameters from their intervals: of %s %d fit the %s "+
		"up to the cut that the clock holds%s.%s", quantity.Plural(b.Spec.Replications, "run"), quantity.Plural(b.Tried,
		"vector"), b.Fit, quantity.Plural(b.Held-len(b.Aside), "observation"), b.setAside(), b.given())
}

// setAside names the observations up to the cut that decide nothing; "" where all do.
func (b *Backtest) setAside() string {
	if len(b.Aside) == 0 {
		return ""
	}
	var names []string
	for _, t := range b.Aside {
		names = append(names, fmt.Sprintf("%s on %s", t.Series.Name(), t.Point.Day))
	}
	return fmt.Sprintf(" (%d more met by no vector and set aside: %s)", len(names), strings.Join(names, ", "))
}

// Cut says how much of the scenario was taken away.
func (b *Backtest) Cut() string {
	values, paths, targets, events, policies := 0, 0, 0, 0, 0
	for _, i := range b.Inputs {
		switch {
		case strings.HasSuffix(i.Path, ".target_share"):
			targets++
		case strings.HasPrefix(i.Path, "events."):
			events++
		case results.IsPolicy(i.Path):
			policies++
		default:
			values += i.Dropped
			paths++
		}
	}
	return fmt.Sprintf("Cut, because known only after %s: %s of %s, %s (the shares observed at the start stand in "+
		"their place), %s and %s; inputs_cut.csv lists them.", quantity.LastDay(b.Spec.Until),
		quantity.Plural(values, "dated value"), quantity.Plural(paths, "path"), quantity.Plural(targets, "target share"),
		quantity.Plural(events, "event"), quantity.Plural(policies, "policy"))
}
