package report

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"simulate/internal/quantity"
	"simulate/sim/experiment/compare"
)

// Of several cases the front gives a sentence each, as long as they are few, and tables with a row
// each, so that it stays within two printed pages.

// mostSentences is the number of cases of which the front has a sentence each.
const mostSentences = 3

// mostOnFront is the number of cases that have rows in the tables of the front.
const mostOnFront = 6

// onFront are the first cases, as many as the front has room for.
func onFront(answers []compare.Answer) []compare.Answer {
	return answers[:min(mostOnFront, len(answers))]
}

// leftOut says how many cases the tables of the front leave out, and where they stand.
func leftOut(answers []compare.Answer) part {
	if len(answers) <= mostOnFront {
		return part{}
	}
	return part{See: &see{"results", fmt.Sprintf("The front shows %d of %d cases; all stand in the key results",
		mostOnFront, len(answers))}}
}

// askedOfSeveral is what is asked of several cases, in one sentence.
func askedOfSeveral(answers []compare.Answer) text {
	var names []string
	for _, a := range answers {
		names = append(names, a.What)
	}
	if len(names) > mostSentences+1 {
		names = append(names[:mostSentences:mostSentences], fmt.Sprintf("%d more", len(answers)-mostSentences))
	}
	against := answers[0].Against()
	for _, a := range answers {
		switch {
		case a.Base.Added:
			against = "each against the same world without it"
		case a.Against() != against:
			against = "each against its base"
		}
	}
	if !strings.HasPrefix(against, "each") {
		against = "against " + against
	}
	return text{Lead: fmt.Sprintf("What do %s change, %s?", quantity.List(names), against)}
}

// severalEffects is the table of the effects on sales concentration, with their sureness.
func severalEffects(answers []compare.Answer) *grid {
	g := &grid{Caption: "Effect on sales concentration (HHI), a year after it begins where the clock runs so long, else " +
		"at the end; mean over pairs of runs with the same luck"}
	g.Columns = columns("case", "at", "#mean", "#95 % of the mean", "#nine of ten runs", "#runs lower",
		"#labs alone", "#hosts as clouds")
	for _, a := range answers {
		e, found := a.Effect(compare.MainMetrics[0], a.Main())
		if !found {
			g.Rows = append(g.Rows, plain(a.Case.Name, "no common date", "–", "–", "–", "–", "–", "–"))
			continue
		}
		r := plain(a.Case.Name, quantity.When(a.Main()))
		clear := !e.Alike() && (e.Change.Low > 0 || e.Change.High < 0)
		r.Cells = append(r.Cells, cell{Text: change(e.Change.Value), Strong: clear},
			cell{Text: sureOf(e)}, cell{Text: changes(e.LowSpread, e.HighSpread)},
			cell{Text: quantity.Share(e.ShareLower)})
		for _, metric := range []string{"hhi_sales_labs", "hhi_sales_clouds"} {
			other, found := a.Effect(metric, a.Main())
			c := cell{Text: "–"}
			if found {
				c.Text = change(other.Change.Value)
				c.Strong = !other.Alike() && (other.Change.Low > 0 || other.Change.High < 0)
			}
			r.Cells = append(r.Cells, c)
		}
		g.Rows = append(g.Rows, r)
	}
	g.Note = "Bold: the 95 % interval of the mean leaves out 0. More runs narrow it; nine of ten runs is the spread " +
		"over luck, which they do not narrow."
	return g
}

// sureOf is the interval of the mean of an effect, or why there is none.
func sureOf(e compare.Effect) string {
	switch {
	case e.Unchanged():
		return e.NoRun()
	case e.Alike():
		return e.EachRun()
	}
	return changes(e.Change.Low, e.Change.High)
}

// severalAnyway is the table of what concentration does without what happens, and with it.
func severalAnyway(answers []compare.Answer) *grid {
	g := &grid{Caption: "Mean HHI of sales without what happens and with it"}
	g.Columns = columns("case", "up to", "#at the start", "#at the end without", "#at the end with", "#effect at the end")
	for _, a := range answers {
		start, found := a.Effect(compare.MainMetrics[0], a.Start)
		end, also := a.Effect(compare.MainMetrics[0], a.End)
		if found && also {
			g.Rows = append(g.Rows, plain(a.Case.Name, quantity.When(a.End), quantity.Whole(start.Base),
				quantity.Whole(end.Base), quantity.Whole(end.Alternative), change(end.Change.Value)))
		}
	}
	if len(g.Rows) == 0 {
		return nil
	}
	return g
}

// severalSegments is the table of the effects in each segment; nil where there is one segment
// alone.
func severalSegments(all []compare.Effect, answers []compare.Answer) *grid {
	g := &grid{Caption: "Mean effect on the HHI of sales in each segment at the same dates; bold: its 95 % interval " +
		"leaves out 0", Columns: columns("case")}
	var segments []string
	for _, a := range answers {
		r := plain(a.Case.Name)
		cells := map[string]cell{}
		for _, e := range segmentEffects(all, a) {
			if !slices.Contains(segments, e.Segment) {
				segments = append(segments, e.Segment)
			}
			cells[e.Segment] = cell{Text: change(e.Change.Value), Strong: e.Change.Low > 0 || e.Change.High < 0}
		}
		for _, s := range segments {
			c, found := cells[s]
			if !found {
				c.Text = "–"
			}
			r.Cells = append(r.Cells, c)
		}
		g.Rows = append(g.Rows, r)
	}
	if len(segments) < 2 {
		return nil
	}
	for i := range g.Rows {
		for len(g.Rows[i].Cells) <= len(segments) {
			g.Rows[i].Cells = append(g.Rows[i].Cells, cell{Text: "–"})
		}
	}
	for _, s := range segments {
		g.Columns = append(g.Columns, column{Title: strings.ReplaceAll(s, "_", " "), Number: true})
	}
	return g
}

// segmentEffects are the effects of a case on sales concentration in each segment, at the date of
// its answer.
func segmentEffects(all []compare.Effect, a compare.Answer) (out []compare.Effect) {
	for _, e := range all {
		if e.Case == a.Case.Name && e.Segment != "" && e.Metric == compare.MainMetrics[0] && e.Date == a.Main() &&
			e.Replications > 0 {
			out = append(out, e)
		}
	}
	return out
}

// inOneSentence tells which of many cases lower sales concentration, which raise it, and of which
// neither is clear.
func inOneSentence(answers []compare.Answer) string {
	var lower, higher, neither []string
	for _, a := range answers {
		e, found := a.Effect(compare.MainMetrics[0], a.Main())
		if !found {
			continue
		}
		named := fmt.Sprintf("%s (%s)", a.Case.Name, change(e.Change.Value))
		switch {
		case !e.Alike() && e.Change.High < 0, e.Alike() && e.Change.Value < 0:
			lower = append(lower, named)
		case !e.Alike() && e.Change.Low > 0, e.Alike() && e.Change.Value > 0:
			higher = append(higher, named)
		default:
			neither = append(neither, a.Case.Name)
		}
	}
	var parts []string
	for _, one := range []struct {
		says  string
		names []string
	}{{"lower it", lower}, {"raise it", higher}, {"change it neither way clearly", neither}} {
		if len(one.names) > 0 {
			parts = append(parts, one.says+": "+quantity.List(one.names))
		}
	}
	return fmt.Sprintf("Of %d cases, by their mean effect on sales concentration (HHI) a year after they begin, or at "+
		"the end, %s.", len(answers), strings.Join(parts, "; "))
}

// change writes an effect on the HHI with its sign; what is nothing at a tenth of a point is 0.
func change(v float64) string {
	if math.Abs(v) < .05 {
		return "0.0"
	}
	return signed(v)
}

// changes writes the interval of an effect on the HHI.
func changes(low, high float64) string {
	if math.IsNaN(low) || math.IsNaN(high) {
		return "–"
	}
	small := func(v float64) string {
		if math.Abs(v) < .05 {
			return "0.0"
		}
		return human(v)
	}
	return small(low) + " to " + small(high)
}
