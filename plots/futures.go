package plots

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"simulate/internal/quantity"
	"simulate/plots/chart"
	"simulate/sim/table"
)

// Futures is what figures need of a comparison over the futures of a design.
type Futures struct {
	Base         string   `json:"base"`
	Alternatives []string `json:"alternatives"`
	Points       int      `json:"points"`
	Design       string   `json:"design"`
	Metrics      []string `json:"metrics"`
	Inputs       []Input  `json:"inputs"`
}

// overFutures is what one alternative changes in a metric at a date, by point of a design.
type overFutures struct {
	name, metric, date string
	at                 []int // points
	effects            []Effect
}

// futures reads what alternatives change over the futures of a design: at the dates asked for, or
// at the last.
func (r *Results) futures() (all []overFutures, design *table.Table, err error) {
	if r.over = r.Manifest.Futures; r.over == nil {
		if r.over, design, err = r.sweptFutures(); err != nil {
			return nil, nil, err
		}
	}
	if r.over == nil {
		return nil, nil, Absent{Reason: "it is of a comparison over futures, or of a sweep over policies with points " +
			"without them; `simulate compare … --vary` makes one", Elsewhere: true}
	}
	t, err := r.read("effects", "case", "point", "segment", "metric", "date", "n", "effect", "low", "high", "low_spread",
		"high_spread", "clear")
	if err != nil || t == nil {
		return nil, nil, orAbsent(err, "there is no table of effects")
	}
	if design == nil {
		if design, err = r.read("design", "point"); err != nil || design == nil {
			return nil, nil, orAbsent(err, "there is no design table")
		}
	}
	t = t.Where("segment", "")
	dates := r.at
	if len(dates) == 0 && t.Len() > 0 {
		_, to, err := r.window.bounds()
		if err != nil {
			return nil, nil, err
		}
		before := slices.DeleteFunc(t.Distinct("date"), func(d string) bool {
			end, err := decimalYear(d)
			return err != nil || !within(end, math.Inf(-1), to)
		})
		if len(before) == 0 {
			return nil, nil, asked("--to %s: no effect is recorded by then; the first is of %s", r.window.To,
				slices.Min(t.Text("date")))
		}
		dates = []string{slices.Max(before)}
	}
	names := t.Distinct("case")
	if r.Manifest.Futures == nil { // cases are points
		names = r.over.Alternatives
	}
	for _, name := range names {
		if len(r.window.Cases) > 0 && !slices.Contains(r.window.Cases, name) {
			continue
		}
		for _, metric := range r.over.Metrics {
			for _, date := range dates {
				rows := t.Where("metric", metric).Where("date", date)
				if r.Manifest.Futures != nil {
					rows = rows.Where("case", name)
				}
				of := overFutures{name: name, metric: metric, date: date}
				points, value, low, high := rows.Number("point"), rows.Number("effect"), rows.Number("low"), rows.Number("high")
				lows, highs, clear := rows.Number("low_spread"), rows.Number("high_spread"), rows.Text("clear")
				pairs := rows.Number("n")
				for i := range points {
					if math.IsNaN(value[i]) {
						continue
					}
					of.at = append(of.at, int(points[i]))
					of.effects = append(of.effects, Effect{Interval: Interval{value[i], low[i], high[i]}, LowSpread: lows[i],
						HighSpread: highs[i], Clear: clear[i] == "true", Pairs: int(pairs[i])})
				}
				if slices.ContainsFunc(of.effects, Effect.differs) {
					all = append(all, of)
				}
			}
		}
	}
	if len(all) == 0 {
		return nil, nil, absent("at %s no effect is defined, or none differs from 0 in any run", quantity.List(dates))
	}
	return all, design, nil
}

// suffix tells the figures of one row apart.
func (r *Results) suffix(e overFutures) string {
	var parts []string
	if len(r.over.Alternatives) > 1 {
		parts = append(parts, fileWord(e.name))
	}
	if parts = append(parts, e.metric); len(r.at) > 0 {
		parts = append(parts, e.date)
	}
	return strings.Join(parts, "-")
}

// fileWord is a name fit for a file.
func fileWord(name string) string {
	return strings.Map(func(c rune) rune {
		if strings.ContainsRune("/\\:*?\"<>| ", c) {
			return '_'
		}
		return c
	}, name)
}

// caption is the heading and the line below it of a figure of effects, with the unit of the effect.
func (r *Results) caption(e overFutures) (title, subtitle, unit string, form chart.Format) {
	change := &Measured{Unit: r.metricUnit("runs", e.metric), Difference: true}
	unit, form = change.axisUnit(), change.format()
	return fmt.Sprintf("What %s changes in %s", quantity.Within(words(e.name)),
			quantity.Within(r.metricTitle(e.metric))), fmt.Sprintf(
			"Against %s, at %s; mean of paired differences under the same luck", quantity.Within(words(r.over.Base)),
			quantity.When(e.date)), unit, form
}

// metricTitle is what figures call a metric.
func (r *Results) metricTitle(metric string) string {
	if metric == "hhi_sales" {
		return r.subject(metric)
	}
	if r.names != nil {
		if title := r.names(metric); title != "" {
			return title
		}
	}
	return words(metric)
}

// futuresSource is the line under a figure of effects.
func (r *Results) futuresSource() string {
	over := r.Manifest.Futures
	what, noun := "scenario "+r.Manifest.Name, "point"
	if over != nil {
		what, noun = "scenarios "+strings.Join(append([]string{over.Base}, over.Alternatives...), ",\x00"), "future"
	} else {
		over = r.over
	}
	return SourceLine("Source: simulate "+r.Manifest.Version, what, "seed "+r.Manifest.Seed.String(), fmt.Sprintf(
		"%s of %s", quantity.Plural(over.Points, noun), quantity.Plural(r.Manifest.Replications, "replication")))
}

func named(ch *chart.Chart, suffix string) *chart.Chart {
	ch.Suffix = suffix
	return ch
}

// noted adds what scenarios call the inputs.
func (r *Results) noted(ch *chart.Chart, inputs []string) *chart.Chart {
	inputs = slices.DeleteFunc(slices.Clone(inputs), func(s string) bool { return !strings.Contains(s, ".") })
	ch.Notes = append(ch.Notes, r.pathNote(inputs...)...)
	return ch
}

// symbol is the letter at the end of a name, such as η, where there is one; otherwise the name.
func symbol(name string) string {
	last := name[strings.LastIndexByte(name, ' ')+1:]
	if letter, _ := utf8.DecodeRuneInString(last); letter > unicode.MaxASCII {
		return last
	}
	return name
}
