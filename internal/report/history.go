package report

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"simulate/internal/quantity"
	"simulate/sim/experiment/history"
	"simulate/sim/experiment/results"
)

// historyPage is the page of a back-test or a calibration.
func (f *folder) historyPage(of *history.Folder) (*page, error) {
	p := &page{Title: of.Title, Kind: "Back-test", Identity: f.identity()}
	if of.Until != "" {
		p.Identity = append(p.Identity, text{Lead: "Inputs known until", Text: of.Until})
	}
	var results []part
	for _, l := range of.Listings {
		results = append(results, part{Table: listed(l)})
	}
	if len(results) == 0 {
		results = []part{missing("Nothing is identified, so that there is no table.")}
	}
	var more section
	if of.Calibration {
		p.Kind = "Calibration"
		all := allParameters(of)
		results = append(results, part{Details: &details{"All " + quantity.Plural(len(all.Rows), "parameter"),
			[]part{{Table: all}}}})
		more = section{"targets", "Targets", []part{{Table: targets(of)}}}
	} else {
		more = section{"inputs", "Inputs cut", []part{{Table: inputsCut(of)}}}
	}
	figures, err := f.figures()
	if err != nil {
		return nil, err
	}
	levers, err := f.leverParts(nil)
	if err != nil {
		return nil, err
	}
	again, err := f.repeatHistory(of)
	if err != nil {
		return nil, err
	}
	if p.Front, figures, err = f.historyFront(of, figures); err != nil {
		return nil, err
	}
	p.Sections = []section{
		{"findings", "Findings", historyFindings(of)},
		{"results", map[bool]string{false: "Scores", true: "Parameters"}[of.Calibration], results},
		{"figures", "Figures", figures},
		more,
		{"levers", "Levers and events", levers},
		{"assumptions", "Assumptions", f.assumptions()},
		{"repeat", "Repeat it", again},
	}
	return p, nil
}

// listed is a listing as a table of the page.
func listed(l history.Listing) *grid {
	g := &grid{Caption: l.Heading}
	for i, title := range l.Header {
		word := title == "trend is" || title == "date" || title == "identified"
		g.Columns = append(g.Columns, column{Title: title, Number: i > 0 && !word})
	}
	for _, r := range l.Rows {
		g.Rows = append(g.Rows, plain(r...))
	}
	return g
}

// inputsCut are the inputs that the model did not see.
func inputsCut(of *history.Folder) *grid {
	g := &grid{Caption: "Inputs that were known only after " + of.Until + " and are taken away",
		Columns: columns("input", "#values left", "#values cut", "instead")}
	t := of.Inputs
	for i, path := range t.Text("path") {
		g.Rows = append(g.Rows, row{Cells: []cell{{Text: path, Code: true}, {Text: t.Text("kept")[i]},
			{Text: t.Text("dropped")[i]}, {Text: t.Text("instead")[i]}}})
	}
	if len(g.Rows) == 0 {
		g.Note = "None."
	}
	return g
}

// allParameters are the uncertain parameters before and after, those that the observations say most
// of first.
func allParameters(of *history.Folder) *grid {
	g := &grid{Caption: "Prior and posterior of every parameter", Columns: columns("parameter", "#prior",
		"#scenario’s own value", "#median of the set", "#90 % of the set", "#width", "#shift", "identified")}
	t := of.Parameters
	order := make([]int, t.Len())
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(t.Number("shift")[b], t.Number("shift")[a]) })
	for _, i := range order {
		unit := t.Text("unit")[i]
		value := func(column string) string {
			v := t.Number(column)[i]
			if v != v {
				return "–"
			}
			return inUnit(unit, v)
		}
		g.Rows = append(g.Rows, row{Cells: []cell{{Text: t.Text("path")[i], Code: true},
			{Text: value("low") + " to " + value("high")}, {Text: value("base")}, {Text: value("q50")},
			{Text: value("q05") + " to " + value("q95")}, {Text: human(t.Number("width")[i])},
			{Text: human(t.Number("shift")[i])}, {Text: orDash(t.Text("identified")[i])}}})
	}
	g.Note = "Width is the central 90 % of the vectors that fit over that of the prior, shift the largest distance " +
		"between the two distribution functions. dictionary.csv says when a parameter counts as identified."
	return g
}

// targets are what observations ask and how they are met.
func targets(of *history.Folder) *grid {
	g := &grid{Caption: "What every observation asks and how the vectors meet it",
		Columns: columns("quantity", "date", "#observed", "#scenario’s own values", "#distance, s.d.",
			"#vectors that meet it", "counts", "source")}
	t := of.Targets
	for i, title := range t.Text("title") {
		value := func(column string) string { return human(t.Number(column)[i]) }
		observed := cell{Text: value("value")}
		if low := t.Number("low")[i]; low == low {
			observed.Small = value("low") + " to " + value("high")
		}
		from := cell{Text: t.Text("source")[i], Assumed: t.Text("kind")[i] == "assumption",
			Small: strings.TrimSuffix(t.Text("kind")[i]+", "+t.Text("licence")[i], ", ")}
		g.Rows = append(g.Rows, row{Cells: []cell{{Text: title, Small: unitWords(t.Text("unit")[i])},
			{Text: t.Text("date")[i]}, observed, {Text: value("base")}, {Text: value("base_distance")},
			{Text: quantity.Count(int(t.Number("met")[i]))}, {Text: t.Text("counts")[i]}, from}})
	}
	g.Note = "A target that no vector meets within three standard deviations is a misfit of the model or its inputs " +
		"and decides nothing."
	return g
}

// repeatHistory says how to do it again. The manifest has no checksums, so that they are those of
// the files as they are.
func (f *folder) repeatHistory(of *history.Folder) ([]part, error) {
	parts, err := f.repeat()
	if err != nil {
		return nil, err
	}
	g := &grid{Caption: "Files and the SHA-256 of what is in them now", Columns: columns("file", "SHA-256")}
	for _, name := range append(of.Files, f.files...) {
		sum, err := results.FileSum(filepath.Join(f.dir, name))
		if err != nil {
			return nil, damaged(f.dir, err)
		}
		g.Rows = append(g.Rows, row{Cells: []cell{{Text: name, Code: true}, {Text: sum, Code: true}}})
	}
	for i := range parts {
		if parts[i].Table != nil {
			parts[i].Table = g
		}
	}
	if len(f.files) == 0 {
		parts = append(parts, missing("The folder holds no scenario.yaml: an earlier build of the program made it. %s",
			fmt.Sprintf("The command above makes it again from %s.", of.Name)))
	}
	return parts, nil
}
