package paper

import (
	"io"
	"strings"

	"simulate/internal/latex"
)

// Table is a table for a paper.
type Table struct {
	Header  []string
	Rows    [][]string
	Text    int    // columns from the left that hold words, the others numbers; at least 1
	Note    string // stands above the table, and in LaTeX before the caption's words
	Caption string // stands with the table where there is one
	Label   string // of LaTeX
}

// Formats are those that Write knows.
var Formats = []string{"md", "latex"}

// Write writes the table in one of Formats.
func (t Table) Write(w io.Writer, format string) error {
	text := t.markdown()
	if format == "latex" {
		text = t.latex()
	}
	_, err := io.WriteString(w, text)
	return err
}

func (t Table) markdown() string {
	escape := strings.NewReplacer("|", `\|`, "\n", " ")
	var b strings.Builder
	line := func(cells []string) {
		for i, c := range cells {
			if i > 0 {
				b.WriteString(" ")
			}
			b.WriteString("| " + escape.Replace(c))
		}
		b.WriteString(" |\n")
	}
	if t.Note != "" {
		b.WriteString(escape.Replace(t.Note) + "\n\n")
	}
	line(t.Header)
	rule := make([]string, len(t.Header))
	for i := range rule {
		rule[i] = "---"
		if i >= max(1, t.Text) {
			rule[i] = "---:"
		}
	}
	line(rule)
	for _, row := range t.Rows {
		line(row)
	}
	if t.Caption != "" {
		b.WriteString("\nTable: " + t.Caption + "\n")
	}
	return b.String()
}

func (t Table) latex() string {
	var b strings.Builder
	line := func(cells []string) {
		for i, c := range cells {
			if i > 0 {
				b.WriteString(" & ")
			}
			b.WriteString(latex.Escape(c))
		}
		b.WriteString(" \\\\\n")
	}
	if t.Note != "" {
		b.WriteString("% " + strings.Join(strings.Fields(t.Note), " ") + "\n")
	}
	b.WriteString("% needs \\usepackage{booktabs}\n")
	caption := strings.TrimSpace(t.Note + " " + t.Caption)
	if caption != "" {
		b.WriteString("\\begin{table}\n\\centering\n\\caption{" + latex.Escape(caption) + "}\n")
		if t.Label != "" {
			b.WriteString("\\label{tab:" + t.Label + "}\n")
		}
	}
	words := max(1, t.Text)
	b.WriteString("\\begin{tabular}{" + strings.Repeat("l", words) + strings.Repeat("r", len(t.Header)-words) +
		"}\n\\toprule\n")
	line(t.Header)
	b.WriteString("\\midrule\n")
	for _, row := range t.Rows {
		line(row)
	}
	b.WriteString("\\bottomrule\n\\end{tabular}\n")
	if caption != "" {
		b.WriteString("\\end{table}\n")
	}
	return b.String()
}
