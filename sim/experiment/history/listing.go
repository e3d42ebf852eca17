package history

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	"simulate/sim/observed"
	"simulate/sim/scenario"
	"simulate/sim/table"
)

// Listing is a table for readers, its cells written out.
type Listing struct {
	Heading string
	Header  []string
	Rows    [][]string
}

// Listings are the scores of points, those of ensembles, and what had no history; those without a
// row are left out.
func (b *Backtest) Listings() []Listing {
	scores, points := b.scoreTable(), b.pointTable()
	return backtestListings(scores, points)
}

// Listings are the parameters that the observations identify, at least in part.
func (c *Calibration) Listings() []Listing { return calibrationListings(c.parameterTable()) }

func backtestListings(scores, points *table.Table) []Listing {
	mase := Listing{"Points: mean absolute error over the mean step of the history (MASE)", []string{"series", "n",
		"model", "no change", "trend", "Gibrat", "trend is"}, nil}
	crps := Listing{"Ensembles: CRPS over that of no change, below 1 is better", []string{"series", "n", "model",
		"trend", "Gibrat"}, nil}
	alone := Listing{"Not observed before, so without another forecast",
		[]string{"series", "date", "observed", "model", "90 % of runs", "counts"}, nil}
	before := scores.Number("history")
	for i, name := range namesOf(scores) {
		of := func(column string) float64 { return cellOf(scores, column, i) }
		n := scores.Text("scored")[i]
		if !math.IsNaN(of("mase_no_change")) {
			mase.Rows = append(mase.Rows, []string{name, n, score(of("mase_model")), score(of("mase_no_change")),
				score(of("mase_trend")), score(of("mase_gibrat")), scores.Text("trend")[i]})
		}
		if before[i] > 0 {
			per := of("crps_no_change")
			crps.Rows = append(crps.Rows, []string{name, n, score(of("crps_model") / per), score(of("crps_trend") / per),
				score(of("crps_gibrat") / per)})
			continue
		}
		for k, other := range namesOf(points) {
			counts := map[string]string{"scored": "yes", "input": "no, an input"}[points.Text("role")[k]]
			if other != name || counts == "" {
				continue
			}
			q := func(column string) string {
				return amount(cellOf(points, column, k), points.Text("unit")[k])
			}
			alone.Rows = append(alone.Rows, []string{name, points.Text("date")[k], q("value"), q("q50"),
				q("q05") + " to " + q("q95"), counts})
		}
	}
	return filled(mase, crps, alone)
}

func calibrationListings(parameters *table.Table) []Listing {
	l := Listing{"Identified, at least in part", []string{"parameter", "prior", "90 % of the set", "width",
		"identified"}, nil}
	for i, path := range parameters.Text("path") {
		word, unit := parameters.Text("identified")[i], parameters.Text("unit")[i]
		if word == "no" || word == "" {
			continue
		}
		between := func(low, high string) string {
			write := func(column string) string {
				return scenario.FormatQuantity(unit, round3(cellOf(parameters, column, i)))
			}
			return write(low) + " to " + write(high)
		}
		l.Rows = append(l.Rows, []string{path, between("low", "high"), between("q05", "q95"), score(cellOf(parameters,
			"width", i)), word})
	}
	return filled(l)
}

// Remarks say what the observations do not identify, which parameters go together, and what no
// vector meets: a paragraph each.
func (c *Calibration) Remarks() []string {
	var out, silent, ties, aside []string
	for _, q := range c.Parameters {
		if q.Identified == "no" {
			silent = append(silent, q.Knob.Path)
		}
	}
	if len(silent) > 0 {
		out = append(out, fmt.Sprintf("Not identified (%d): %s.", len(silent), strings.Join(silent, ", ")))
	}
	for i, t := range c.Ties {
		if i == 5 {
			break
		}
		ties = append(ties, fmt.Sprintf("%s and %s go together in the set (rank correlation %.2f).", t.A, t.B, t.Rank))
	}
	if len(ties) > 0 {
		out = append(out, strings.Join(ties, " "))
	}
	for _, f := range c.Fits {
		if f.Aside {
			aside = append(aside, fmt.Sprintf("%s on %s: observed %s, the scenario's own values give %s", f.Series.Name(),
				f.Point.Day, amount(f.Point.Value, f.Series.Unit), amount(f.Base, f.Series.Unit)))
		}
	}
	if len(aside) > 0 {
		out = append(out, "Met by no vector, so that it decides nothing here and is a misfit: "+strings.Join(aside, "; ")+".")
	}
	return out
}

func filled(all ...Listing) (out []Listing) {
	for _, l := range all {
		if len(l.Rows) > 0 {
			out = append(out, l)
		}
	}
	return out
}

// cellOf is a number with the digits that files keep, so that a listing is the same before and
// after.
func cellOf(t *table.Table, column string, row int) float64 {
	v, err := strconv.ParseFloat(t.Text(column)[row], 64)
	if err != nil {
		return nan
	}
	return v
}

// namesOf names the series of each row.
func namesOf(t *table.Table) []string {
	out := make([]string, t.Len())
	quantities, entities, units := t.Text("quantity"), t.Text("entity"), t.Text("unit")
	for i := range out {
		out[i] = (&observed.Series{Quantity: quantities[i], Entity: entities[i], Unit: units[i]}).Name()
	}
	return out
}

// amount writes three digits of a value with its unit where scenarios have one.
func amount(v float64, unit string) string {
	v = round3(v)
	switch {
	case unit == "H100e" || strings.HasPrefix(unit, "USD"):
		return strings.ReplaceAll(scenario.FormatQuantity(unit, v), "_", ",")
	case math.IsNaN(v):
		return ""
	case v == math.Trunc(v) && math.Abs(v) < 1e15:
		return strconv.FormatFloat(v, 'f', -1, 64)
	}
	return strconv.FormatFloat(v, 'g', 3, 64)
}

// score writes a score with two decimals, "–" where there is none.
func score(v float64) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return "–"
	}
	return strconv.FormatFloat(v, 'f', 2, 64)
}

// round3 keeps three significant digits.
func round3(v float64) float64 {
	short, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 3, 64), 64)
	if err != nil {
		return v
	}
	return short
}
