package report

import (
	"encoding/base64"
	"html/template"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"simulate/internal/quantity"
	"simulate/internal/visible"
	"simulate/sim/scenario"
)

// page is the whole of a report.
type page struct {
	Title    string
	Kind     string // "Run", "Comparison", "Sweep", …
	Lead     []text // what is asked
	Identity []text
	Front    []section // what answers, on two printed pages
	Sections []section // everything else
	Data     lighter   // of the interactive charts; nil: none
	looks    *looks    // of the figures
}

// section is a part of the page with a heading of its own.
type section struct {
	ID, Title string
	Parts     []part
}

// part is a block of a section; one of its fields is set, but for Heading, which may stand above
// any.
type part struct {
	Heading  string
	Answer   []string // the answer, a sentence each
	Glossary []text
	Text     []text
	List     []text
	Table    *grid
	Charts   *charts
	Figures  []figure
	Code     string
	Link     *link
	See      *see
	Details  *details
	Missing  string // why something is not there that a reader expects
}

// text is a paragraph; Lead is in bold before it, and Code stands after it as it would be typed.
type text struct{ Lead, Text, Code string }

// details are hidden until asked for, and printed.
type details struct {
	Summary string
	Parts   []part
}

// link is a file that the page carries along: as the text that stands below it, or, where that
// could not be shown as it is, within the link.
type link struct {
	File string
	Data template.URL
}

// see leads to a section of the page.
type see struct{ ID, Text string }

// charts says which interactive charts there are.
type charts struct{ Metrics, Labs, Points, Differences bool }

// figure is a picture with a caption.
type figure struct {
	Name         string // of the figure that it is; "" for one that was found
	Number       int
	Title, About string
	Alt          string
	Drawing      template.HTML // a drawing of this program, as an element of the page
	Source       template.URL  // another picture
	OfOne        bool          // it shows one case among several
	Packed       int           // its number among those that the page's script draws; then Drawing is empty
}

// grid is a table: the first cell of a row is its heading.
type grid struct {
	Caption string
	Columns []column
	Rows    []row
	Note    string
}

// column describes a column; neighbours with the same Group have it as a common heading.
type column struct {
	Group, Title string
	Number       bool
}

// row is a row of cells; with Group it is a heading across the table.
type row struct {
	Group string
	Cells []cell
}

// cell is what stands in a table.
type cell struct {
	Text    string
	Small   string // below it, an explanation
	Code    bool
	Assumed bool // its source is an assumption
	Strong  bool
}

// plain makes a row of texts.
func plain(cells ...string) row {
	var r row
	for _, c := range cells {
		r.Cells = append(r.Cells, cell{Text: c})
	}
	return r
}

// source is the cell of a source; one that is an assumption is marked.
func source(s string) cell {
	if s == "" {
		return cell{Text: "–"}
	}
	return cell{Text: s, Assumed: scenario.IsAssumption(s)}
}

func columns(titles ...string) []column {
	var out []column
	for _, t := range titles {
		number := strings.HasPrefix(t, "#")
		out = append(out, column{Title: strings.TrimPrefix(t, "#"), Number: number})
	}
	return out
}

// headCell is a heading of columns.
type headCell struct {
	Text       string
	Cols, Rows int
	Number     bool
}

// Head lays out the headings in one or two rows.
func (g *grid) Head() [][]headCell {
	grouped := false
	for _, c := range g.Columns {
		grouped = grouped || c.Group != ""
	}
	var upper, lower []headCell
	for _, c := range g.Columns {
		one := headCell{c.Title, 1, 1, c.Number}
		switch n := len(upper); {
		case !grouped:
			lower = append(lower, one)
		case c.Group == "":
			one.Rows = 2
			upper = append(upper, one)
		default:
			lower = append(lower, one)
			if n > 0 && upper[n-1].Text == c.Group {
				upper[n-1].Cols++
			} else {
				upper = append(upper, headCell{c.Group, 1, 1, false})
			}
		}
	}
	if upper == nil {
		return [][]headCell{lower}
	}
	return [][]headCell{upper, lower}
}

// Body groups rows under their headings.
func (g *grid) Body() [][]row {
	var out [][]row
	for _, r := range g.Rows {
		if r.Group != "" || out == nil {
			out = append(out, nil)
		}
		out[len(out)-1] = append(out[len(out)-1], r)
	}
	return out
}

// Width is the number of columns.
func (g *grid) Width() int { return len(g.Columns) }

// Numeric tells whether a column holds numbers.
func (g *grid) Numeric(i int) bool { return i < len(g.Columns) && g.Columns[i].Number }

// attached is a file as a link that a browser saves, and its text.
func attached(file, kind string, content []byte) []part {
	text := string(content)
	l := &link{File: file}
	if text == "" || !utf8.ValidString(text) || visible.Text(text) != text {
		l.Data = template.URL("data:" + kind + ";base64," + base64.StdEncoding.EncodeToString(content))
	}
	return []part{{Link: l, Code: text}}
}

// human writes a number for tables, small and huge ones with a power of ten.
func human(v float64) string { return powerOf(quantity.Human(v)) }

// powerOf writes 2.2e-06 as 2.2×10⁻⁶, and other numbers as they are.
func powerOf(s string) string {
	mantissa, exponent, found := strings.Cut(s, "e")
	n, err := strconv.Atoi(strings.Replace(exponent, "−", "-", 1))
	if !found || err != nil {
		return s
	}
	raised := strings.NewReplacer("-", "⁻", "0", "⁰", "1", "¹", "2", "²", "3", "³", "4", "⁴", "5", "⁵", "6",
		"⁶", "7", "⁷", "8", "⁸", "9", "⁹")
	return mantissa + "×10" + raised.Replace(strconv.Itoa(n))
}

// between writes an interval, – where there is none.
func between(low, high float64) string {
	if math.IsNaN(low) || math.IsNaN(high) {
		return "–"
	}
	return human(low) + " to " + human(high)
}

// Fixed tells whether a cell must not be broken: a date.
func (c cell) Fixed() bool {
	_, err := time.Parse(time.DateOnly, c.Text)
	return err == nil
}
