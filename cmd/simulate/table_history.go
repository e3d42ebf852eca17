package main

import (
	"bytes"
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/urfave/cli/v2"

	"simulate/internal/paper"
	"simulate/internal/quantity"
	"simulate/plots"
	"simulate/sim/experiment/history"
	"simulate/sim/experiment/results"
	"simulate/sim/table"
	"simulate/sim/table/xlsx"
)

// historyTable writes the tables of a back-test or a calibration for a paper: the listings that the
// command prints, one below the other; nil where the folder holds something else. csv is the table
// of scores or of parameters, and xlsx has the observations or targets on a page of their own.
func (p *program) historyTable(c *cli.Context, dir, format string) (*bytes.Buffer, error) {
	of, err := history.ReadAs(dir, p.reads(c))
	if err != nil || of == nil {
		return nil, err
	}
	for _, option := range []string{"at", "case", "difference", "interval"} {
		if c.IsSet(option) {
			return nil, usagef("option --%s: the folder is a %s, whose tables have a row per %s and no cases over time; leave "+
				"it out", option, kindOf(of), rowOf(of))
		}
	}
	m, err := results.ReadManifestAs(dir, p.reads(c))
	if err != nil {
		return nil, err
	}
	wanted := split(c.StringSlice("metric"))
	var b bytes.Buffer
	if format == "csv" || format == "xlsx" {
		var pages []xlsx.Page
		for _, name := range map[bool][]string{false: {"backtest", "backtest_points"},
			true: {"parameters", "targets"}}[of.Calibration] {
			t, err := m.Table(dir, name)
			if err != nil {
				return nil, err
			}
			if t = rowsAsked(t, wanted); t.Len() > 0 || len(wanted) == 0 {
				pages = append(pages, xlsx.Page{Name: name, Table: p.led(t)})
			}
		}
		switch {
		case len(pages) == 0:
			return nil, noRow(of, wanted, nil)
		case format == "csv":
			return &b, pages[0].Table.WriteCSV(&b)
		}
		notes, err := xlsx.Book{Title: of.Title, Author: "simulate", Pages: pages}.Write(&b)
		p.tell(c, notes)
		return &b, err
	}
	titles, err := seriesTitles(m, dir, of)
	if err != nil {
		return nil, err
	}
	var names []string
	for i, l := range of.Listings {
		var rows [][]string
		for _, row := range l.Rows {
			names = append(names, row[0])
			if isAsked(wanted, row[0]) {
				rows = append(rows, append([]string{cmp.Or(titles[row[0]], row[0])}, row[1:]...))
			}
		}
		if len(rows) == 0 {
			continue
		}
		if b.Len() > 0 {
			b.WriteString("\n")
		}
		t := paper.Table{Header: l.Header, Rows: rows, Text: 1, Label: kindLabel(of, i), Note: p.how.Note(),
			Caption: l.Heading + ". " + captionOf(of)}
		if err := t.Write(&b, format); err != nil {
			return nil, err
		}
	}
	if b.Len() == 0 {
		return nil, noRow(of, wanted, names)
	}
	return &b, nil
}

// seriesTitles are the observed series in words, by what listings call them.
func seriesTitles(m *results.Manifest, dir string, f *history.Folder) (map[string]string, error) {
	titles := map[string]string{}
	if f.Calibration {
		return titles, nil
	}
	t, err := m.Table(dir, "backtest")
	if err != nil {
		return nil, err
	}
	entities, words := t.Text("entity"), t.Text("title")
	for i, of := range t.Text("quantity") {
		title := words[i]
		if whose := entities[i]; whose != "" { // the title ends in the key of a lab or segment
			last := whose[strings.LastIndexByte(whose, '/')+1:]
			title = strings.TrimSuffix(title, last) + plots.Label(last)
		}
		titles[seriesKey(of, entities[i])] = quantity.Raised(title)
	}
	return titles, nil
}

// seriesKey is what listings call a series.
func seriesKey(quantity, entity string) string { return strings.TrimSpace(quantity + " " + entity) }

func kindOf(of *history.Folder) string {
	return map[bool]string{false: "back-test", true: "calibration"}[of.Calibration]
}

func rowOf(of *history.Folder) string {
	return map[bool]string{false: "observed series", true: "parameter"}[of.Calibration]
}

// kindLabel is LaTeX's label of the i-th table.
func kindLabel(of *history.Folder, i int) string {
	label := strings.ReplaceAll(kindOf(of), "-", "")
	if i > 0 {
		label += "-" + strconv.Itoa(i+1)
	}
	return label
}

// captionOf ends a caption: what made the table, and of how many runs.
func captionOf(of *history.Folder) string {
	said := "Simulate " + of.Version + ", " + of.Name
	if of.Until != "" {
		said += ", inputs known until " + of.Until
	}
	if of.Replications > 0 {
		said += ", " + quantity.Plural(of.Replications, "run")
	}
	return said + "."
}

// rowsAsked are the rows of a table of series or parameters that are asked for.
func rowsAsked(t *table.Table, wanted []string) *table.Table {
	if t.Has("path") {
		paths := t.Text("path")
		return t.Filter(func(i int) bool { return isAsked(wanted, paths[i]) })
	}
	quantities, entities := t.Text("quantity"), t.Text("entity")
	return t.Filter(func(i int) bool { return isAsked(wanted, seriesKey(quantities[i], entities[i])) })
}

// isAsked tells whether --metric names a row: by its quantity, by the whole, or as quantity:entity.
func isAsked(wanted []string, name string) bool {
	first, rest, _ := strings.Cut(name, " ")
	return len(wanted) == 0 || slices.ContainsFunc(wanted, func(w string) bool {
		return w == name || w == first || rest != "" && w == first+":"+rest
	})
}

// noRow says that nothing is left of a folder's rows.
func noRow(of *history.Folder, wanted, names []string) error {
	if len(wanted) == 0 {
		return usagef("the %s identified no parameter, so that there is no table of them; --format csv has all",
			kindOf(of))
	}
	return usagef("option --metric: the %s has no %s called %s%s", kindOf(of), rowOf(of), quantity.OneOf(wanted),
		didYouMean(wanted[0], names))
}
