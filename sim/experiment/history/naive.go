package history

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"

	"simulate/sim"
	"simulate/sim/observed"
)

// Forecasts that know no model, from the observations up to a date.

// noChange repeats the last value.
func noChange(history, dates []observed.Point) []float64 {
	out := make([]float64, len(dates))
	for i := range out {
		out[i] = math.NaN()
		if len(history) > 0 {
			out[i] = history[len(history)-1].Value
		}
	}
	return out
}

// trend goes on along the least-squares line through the history: of logs for amounts that grew and
// were always positive, otherwise of the values. It is NaN with fewer than two observations.
func trend(s *Series, history, dates []observed.Point) (forecast []float64, kind string) {
	forecast = make([]float64, len(dates))
	if len(history) < 2 {
		for i := range forecast {
			forecast[i] = math.NaN()
		}
		return forecast, ""
	}
	log := s.Log && history[len(history)-1].Value > history[0].Value
	x, y := make([]float64, len(history)), make([]float64, len(history))
	for i, p := range history {
		log = log && p.Value > 0
		x[i] = p.Date - history[0].Date
	}
	for i, p := range history {
		y[i] = p.Value
		if log {
			y[i] = math.Log(p.Value)
		}
	}
	a, b := stat.LinearRegression(x, y, nil, false)
	kind = "linear"
	for i, p := range dates {
		forecast[i] = a + b*(p.Date-history[0].Date)
		if log {
			forecast[i], kind = math.Exp(forecast[i]), "log-linear"
		}
	}
	return forecast, kind
}

// gibratMembers is the size of the ensemble of proportional growth.
const gibratMembers = 1000

// group is the whole that a share is a part of: its quantity and, where it has one, its segment.
func group(s *Series) string {
	segment, _, _ := strings.Cut(s.Entity, "/")
	if s.Quantity == shareOfSales {
		return s.Quantity + " " + segment
	}
	return s.Quantity
}

// volatility is that of the logs of shares, 1/√yr: √(Σ(Δln s)²/ΣΔt) over the steps of the histories
// up to a date (Gibrat: growth is proportional and without drift). It is NaN without a step.
func volatility(all []*Series, until float64) float64 {
	squares, time := 0.0, 0.0
	for _, s := range all {
		history, _ := s.Until(until)
		for i := 1; i < len(history); i++ {
			d := math.Log(history[i].Value / history[i-1].Value)
			squares += d * d
			time += history[i].Date - history[i-1].Date
		}
	}
	return math.Sqrt(squares / time)
}

// gibrat forecasts the shares of one whole by proportional growth: ln s moves as a random walk for
// every member and for the rest, and shares are brought back to sum to one. The result has, for
// each series, an ensemble at each date after until.
func gibrat(members []*Series, sigma, until float64, seed uint64) map[*Series][][]float64 {
	out := map[*Series][][]float64{}
	start := make([]float64, len(members)+1)
	start[len(members)] = 1 // the rest
	var dates []float64
	from := math.Inf(-1)
	for i, s := range members {
		history, after := s.Until(until)
		out[s] = make([][]float64, len(after))
		for _, p := range after {
			dates = append(dates, p.Date)
		}
		if len(history) > 0 {
			last := history[len(history)-1]
			start[i], from = last.Value, math.Max(from, last.Date)
			start[len(members)] -= last.Value
		}
	}
	slices.Sort(dates)
	dates = slices.Compact(dates)
	start[len(members)] = math.Max(0, start[len(members)])
	for r := range gibratMembers {
		share, before := slices.Clone(start), from
		for _, date := range dates {
			sum := 0.0
			for i := range share {
				name := "rest"
				if i < len(members) {
					name = members[i].Entity
				}
				z := distuv.UnitNormal.Quantile(sim.DrawUniform(seed, r, fmt.Sprintf("gibrat %s %s %.4f", group(members[0]), name,
					date)))
				share[i] *= math.Exp(sigma * math.Sqrt(date-before) * z)
				sum += share[i]
			}
			for i, s := range members {
				_, after := s.Until(until)
				if k := slices.IndexFunc(after, func(p observed.Point) bool { return p.Date == date }); k >= 0 && start[i] > 0 {
					out[s][k] = append(out[s][k], share[i]/sum)
				}
			}
			before = date
		}
	}
	return out
}
