package main

import (
	"bytes"
	"encoding/json"
	"io"
	"math"
	"strings"

	"github.com/jedib0t/go-pretty/v6/table"
	"github.com/jedib0t/go-pretty/v6/text"
	"github.com/urfave/cli/v2"

	"simulate/internal/quantity"
	"simulate/internal/visible"
)

// printTable writes an aligned table to stdout; rightAlign puts all columns but the first at the
// right.
func (p *program) printTable(header []string, rows [][]string, rightAlign bool) error {
	p.head()
	t := table.NewWriter()
	style := table.StyleDefault
	style.Options = table.Options{SeparateHeader: true}
	style.Box.PaddingLeft, style.Box.PaddingRight = "", "  "
	style.Box.MiddleHorizontal = "─"
	style.Format.Header = text.FormatDefault
	t.SetStyle(style)
	row := func(cells []string) table.Row {
		r := make(table.Row, len(cells))
		for i, c := range cells {
			r[i] = c
		}
		return r
	}
	if strings.Join(header, "") != "" {
		t.AppendHeader(row(header))
	}
	var configs []table.ColumnConfig
	for i := range header {
		if rightAlign && i > 0 {
			configs = append(configs, table.ColumnConfig{Number: i + 1, Align: text.AlignRight, AlignHeader: text.AlignRight})
		}
	}
	if used := columnWidths(header, rows); !rightAlign && used > p.width {
		last := len(header) - 1
		rest := used - widest(header, rows, last)
		configs = append(configs, table.ColumnConfig{Number: last + 1, WidthMax: max(20, p.width-rest-2),
			WidthMaxEnforcer: text.WrapSoft})
	}
	t.SetColumnConfigs(configs)
	for _, r := range rows {
		t.AppendRow(row(r))
	}
	lines := strings.Split(t.Render(), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	_, err := io.WriteString(p.stdout, strings.Join(lines, "\n")+"\n")
	return err
}

func columnWidths(header []string, rows [][]string) int {
	total := 0
	for i := range header {
		total += widest(header, rows, i) + 2
	}
	return total
}

func widest(header []string, rows [][]string, column int) int {
	w := text.StringWidthWithoutEscSequences(header[column])
	for _, r := range rows {
		w = max(w, text.StringWidthWithoutEscSequences(r[column]))
	}
	return w
}

// ordered is a JSON object whose keys keep their order.
type ordered []pair

type pair struct {
	key   string
	value any
}

func (o ordered) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, p := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		key, err := json.Marshal(p.key)
		if err != nil {
			return nil, err
		}
		value, err := marshal(p.value)
		if err != nil {
			return nil, err
		}
		b.Write(key)
		b.WriteByte(':')
		b.Write(value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// marshal writes a value without escaping <, > and & as for HTML, which conditions are full of.
func marshal(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return bytes.TrimRight(b.Bytes(), "\n"), err
}

// orNothing is a word as JSON: null where there is none.
func orNothing(word string) any {
	if word == "" {
		return nil
	}
	return word
}

// orNull is a number as JSON has it, with 9 significant digits as in tables: null where undefined,
// a word where infinite.
func orNull(v float64) any {
	switch {
	case math.IsNaN(v):
		return nil
	case math.IsInf(v, 1):
		return "inf"
	case math.IsInf(v, -1):
		return "-inf"
	}
	return json.RawMessage(strings.Replace(quantity.Digits(v, 9), "e+", "e", 1))
}

func (p *program) printJSON(v any) error {
	v = p.headed(v)
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return err
	}
	_, err := p.stdout.Write(visible.JSON(b.Bytes()))
	return err
}

// oneArgument returns the only argument of a command.
func oneArgument(c *cli.Context, what string) (string, error) {
	if c.NArg() != 1 {
		return "", usagef("%s takes one argument, %s; there are %d", c.Command.Name, what, c.NArg())
	}
	return c.Args().First(), nil
}

// atMostOne refuses options that exclude each other.
func atMostOne(c *cli.Context, names ...string) error {
	var given []string
	for _, n := range names {
		if c.IsSet(n) {
			given = append(given, "--"+n)
		}
	}
	if len(given) > 1 {
		return usagef("%s exclude each other; keep one", strings.Join(given, " and "))
	}
	return nil
}
