package main

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"simulate/internal/condition"
	"simulate/internal/quantity"
	"simulate/plots"
	"simulate/plots/chart"
	"simulate/sim/experiment/analysis"
	"simulate/sim/experiment/study"
)

// discovery asks in which futures something happens.
var discovery = analysisKind{
	name: "discover", question: "in which futures something happens, as a box in words (PRIM)", takes: "DIR|FILE",
	about: `Finds the box of inputs in which runs that satisfy a condition concentrate, by the patient rule induction
method: the peeling and pasting trajectory with coverage (share of those runs in the box), density (their share in the
box) and mass, and the chosen box with quasi-p values.

--box takes a box of the peeling by its number, --min-density the one of greatest coverage that is dense enough.
--resamples draws the runs anew, tells in how many draws a box bounds the same inputs, and what boxes are worth in
runs that they have not seen.`,
	examples: `simulate analyse discover results/baseline-sweep --where 'hhi_sales > 2500'
simulate analyse discover runs.csv --inputs eta,gamma --where 'y >= 0.5'`,
	options: func() []cli.Flag {
		return append([]cli.Flag{
			&cli.StringSliceFlag{Name: "where", Usage: "`CONDITION` of interest, such as 'hhi_sales > 2500 and lerner < " +
				"0.4'; may be repeated: all hold"},
			&cli.Float64Flag{Name: "min-density", Usage: "choose the box of greatest coverage with at least this `DENSITY` " +
				"instead of the best balance"},
			&cli.Float64Flag{Name: "peel", Usage: "`SHARE` of the box that one peel takes off", DefaultText: "0.05"},
			&cli.Float64Flag{Name: "min-mass", Usage: "least `SHARE` of all runs in a box", DefaultText: "0.05"},
			wholeNumber("", "box", "choose box `N` of the peeling as it is", 0),
			wholeNumber("", "resamples", "draw the runs anew `N` times and see whether the box comes out again", 1),
		}, studyFlags()...)
	},
	find: (*program).discover, many: true, figure: "discovery",
}

func (p *program) discover(c *cli.Context, show func(finding) error) error {
	if !c.IsSet("where") {
		return usagef("discover needs --where 'METRIC > NUMBER'")
	}
	s, dates, err := p.study(c)
	if err != nil {
		return err
	}
	where, err := s.Where(c.StringSlice("where")...)
	if err != nil {
		return err
	}
	o, err := primOptions(c)
	if err != nil {
		return err
	}
	for _, date := range dates {
		d, err := s.Discover(where, date, o)
		if err != nil {
			return err
		}
		err = show(finding{json: discoveryAsJSON(s, where, d), tables: discoveryTables(d),
			sentences: append(slices.Clone(d.Notes), d.Sentence()),
			drawings:  []drawing{{discoveryChart(s, where, d), fileOf(s, where[0].Name, date)}}})
		if err != nil {
			return err
		}
	}
	return nil
}

// primOptions reads how boxes are searched.
func primOptions(c *cli.Context) (analysis.PRIMOptions, error) {
	o := analysis.PRIMOptions{MinDensity: c.Float64("min-density"), Peel: c.Float64("peel"),
		MinMass: c.Float64("min-mass")}
	for _, name := range []string{"min-density", "peel", "min-mass"} {
		if v := c.Float64(name); c.IsSet(name) && !(v > 0 && v <= 1) {
			return o, usagef("option --%s: %g is not a share above 0 and up to 1", name, v)
		}
	}
	if n, given := number(c, "box"); given {
		box := int(n)
		o.Box = &box
	}
	if n, given := number(c, "resamples"); given {
		o.Resamples = int(n)
	}
	return o, nil
}

// discoveryTables are the boxes, and the bounds of the chosen one.
func discoveryTables(d *study.Discovered) []listing {
	var rows [][]string
	add := func(stage string, boxes []analysis.Box) {
		for i, b := range boxes {
			rows = append(rows, []string{fmt.Sprintf("%s %d", stage, i), quantity.Human(b.Coverage), quantity.Human(b.Density),
				quantity.Human(b.Mass), fmt.Sprint(len(b.Restrictions))})
		}
	}
	add("peel", d.Peeling)
	add("paste", d.Pasting)
	add("chosen", []analysis.Box{d.Chosen})
	rows[len(rows)-1][0] = "chosen"
	boxes := listing{[]string{"box", "coverage", "density", "mass", "inputs bounded"}, rows, true}
	rows = nil
	header := []string{"chosen box", "quasi-p"}
	if d.Survival != nil {
		header = append(header, "in draws")
	}
	for k, r := range d.Chosen.Restrictions {
		row := []string{r.Words(), fmt.Sprintf("%.2g", r.QuasiP)}
		if d.Survival != nil {
			row = append(row, quantity.Share(d.Survival.Bounded[k]))
		}
		rows = append(rows, row)
	}
	if len(rows) == 0 {
		return []listing{boxes}
	}
	return []listing{boxes, {header, rows, true}}
}

// valueAsJSON is a value of an input in the unit of tables, dates as ISO days.
func valueAsJSON(s *study.Study, input string, v float64) any {
	if s.IsDate(input) && !math.IsInf(v, 0) && !math.IsNaN(v) {
		return quantity.DayOf(v)
	}
	return orNull(v)
}

func discoveryAsJSON(s *study.Study, where condition.Conditions, d *study.Discovered) ordered {
	box := func(x analysis.Box) ordered {
		restrictions := []ordered{}
		for _, r := range x.Restrictions {
			restrictions = append(restrictions, ordered{{"input", r.Input}, {"low", valueAsJSON(s, r.Input, r.Low)}, {"high",
				valueAsJSON(s, r.Input, r.High)}, {"keep", r.Keep}, {"quasi_p", orNull(r.QuasiP)}})
		}
		return ordered{{"coverage", orNull(x.Coverage)}, {"density", orNull(x.Density)}, {"mass", orNull(x.Mass)}, {"runs",
			x.Runs}, {"restrictions", restrictions}}
	}
	boxes := func(all []analysis.Box) []ordered {
		out := []ordered{}
		for _, x := range all {
			out = append(out, box(x))
		}
		return out
	}
	var survival any
	if v := d.Survival; v != nil {
		bounded := []any{}
		for _, share := range v.Bounded {
			bounded = append(bounded, orNull(share))
		}
		survival = ordered{{"resamples", v.Resamples}, {"bounded", bounded}, {"coverage", orNull(v.Coverage)}, {"density",
			orNull(v.Density)}}
	}
	return ordered{{"where", s.WhereCalled(where)}, {"condition", where.String()}, {"case", orNothing(s.Of)},
		{"against", orNothing(s.Against)}, {"date", d.Date}, {"runs", d.Runs}, {"of_interest", d.Cases}, {"peeling",
			boxes(d.Peeling)}, {"pasting", boxes(d.Pasting)}, {"chosen", box(d.Chosen)}, {"survival", survival}, {"notes",
			d.Notes}, {"finding", d.Sentence()}}
}

// discoveryChart draws the trajectory of a scenario discovery.
func discoveryChart(s *study.Study, where condition.Conditions, d *study.Discovered) *chart.Chart {
	points := func(boxes []analysis.Box) (out [][2]float64) {
		for _, x := range boxes {
			out = append(out, [2]float64{x.Coverage, x.Density})
		}
		return out
	}
	return plots.Trajectory{
		Title: titleOf(s, where) + boxWords(d.Chosen), Subtitle: ofWhat(s, d.Date) + fmt.Sprintf("Boxes of the patient rule "+
			"induction method; %s of %s are such", quantity.Count(d.Cases), quantity.Plural(d.Runs, "run")),
		Source: sourceLine(s), Peeling: points(d.Peeling), Pasting: points(d.Pasting), Chosen: [2]float64{d.Chosen.Coverage,
			d.Chosen.Density},
		Bounds: boxBounds(s, d.Chosen), Overall: float64(d.Cases) / float64(d.Runs),
	}.Chart()
}

// titleOf writes conditions as the beginning of a title; a column of a file keeps its letters.
func titleOf(s *study.Study, where condition.Conditions) string {
	text := s.WhereShort(where, title)
	if s.Against != "" {
		return quantity.Raised(text)
	}
	return text
}

// ofWhat is a sentence that says which cases a figure is of, and when; "" of a table.
func ofWhat(s *study.Study, date string) string {
	var parts []string
	if cases := s.Cases(); cases != "" {
		parts = append(parts, cases)
	}
	if date != "" {
		parts = append(parts, "at "+quantity.When(date))
	}
	if len(parts) == 0 {
		return ""
	}
	return quantity.Raised(strings.Join(parts, " ")) + ". "
}

// mostInTitle is the number of bounds that a figure's title has room for.
const mostInTitle = 2

// boxWords writes a box with the names that figures have for inputs; of many bounds the first,
// since the figure shows them all.
func boxWords(b analysis.Box) string {
	if len(b.Restrictions) == 0 {
		return ": no bound on the inputs holds it apart"
	}
	var words []string
	for _, r := range b.Restrictions {
		words = append(words, inputTitle(r.Input)+" is "+r.Bound())
	}
	if further := len(words) - mostInTitle + 1; further > 1 {
		words = append(words[:mostInTitle-1], quantity.Plural(further, "further input")+" are bounded")
	}
	return " where " + quantity.List(words)
}

// boxBounds are the bounds of a box as places within what was run.
func boxBounds(s *study.Study, b analysis.Box) (out []plots.BoxBound) {
	for _, r := range b.Restrictions {
		j := slices.Index(s.Inputs.Names, r.Input)
		if j < 0 {
			continue
		}
		if r.Keep != nil || r.Drop != nil {
			b := plots.BoxBound{Name: inputTitle(r.Input), Words: r.Bound()}
			for _, label := range s.Inputs.Labels[j] {
				b.Stay = append(b.Stay, !slices.Contains(r.Drop, label))
			}
			out = append(out, b)
			continue
		}
		least, most := math.Inf(1), math.Inf(-1)
		for _, row := range s.Inputs.Rows {
			least, most = math.Min(least, row[j]), math.Max(most, row[j])
		}
		place := func(v float64) float64 { return math.Max(0, math.Min(1, (v-least)/(most-least))) }
		out = append(out, plots.BoxBound{Name: inputTitle(r.Input), Words: r.Bound(), From: place(r.Low),
			To: place(r.High)})
	}
	return out
}
