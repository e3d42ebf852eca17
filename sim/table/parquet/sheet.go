package parquet

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"math"
	"regexp"
	"runtime/debug"
	"unicode/utf8"

	pq "github.com/parquet-go/parquet-go"

	"simulate/sim/table"
)

// Codec is what a program registers with the package table.
var Codec = table.Codec{
	Name:      "Parquet",
	Extension: ".parquet",
	Is: func(data []byte) bool {
		return bytes.HasPrefix(data, []byte(mark)) || bytes.HasPrefix(data, []byte("PARE"))
	},
	Sheet: sheet,
	Read:  read,
	Create: func(path string, columns []table.Column, metadata []table.Pair) (table.Writer, error) {
		return create(path, columns, metadata)
	},
}

// What a file may claim, so that one that claims too much ends in words.
const (
	mostRows  = 20_000_000
	mostBytes = 1 << 30   // of a column, unpacked
	mostPage  = 256 << 20 // of a page
)

var pandasIndex = regexp.MustCompile(`^__index_level_\d+__$`)

// sheet opens a file; columns are read when they are asked for.
func sheet(path string, data []byte, _ table.Options) (s *table.Sheet, err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer damaged(path, &err)
	if bytes.HasPrefix(data, []byte("PARE")) {
		return nil, table.Problems{path + ": the Parquet file is encrypted; write it without encryption"}
	}
	if data, err = unpackLZ4(data); err != nil {
		return nil, err
	}
	in, err := pq.OpenFile(bytes.NewReader(data), int64(len(data)), pq.SkipPageIndex(true), pq.SkipBloomFilters(true))
	if err != nil {
		return nil, err
	}
	if in.NumRows() < 0 {
		return nil, fmt.Errorf("%d rows", in.NumRows())
	}
	if in.NumRows() > mostRows {
		return nil, table.Problems{fmt.Sprintf("%s: the table has %d rows, more than %d; take a part of it", path,
			in.NumRows(), mostRows)}
	}
	var columns []table.TypedColumn
	index := false
	for _, node := range in.Root().Columns() {
		if pandasIndex.MatchString(node.Name()) {
			index = true
			continue
		}
		c := table.TypedColumn{Name: node.Name()}
		if !node.Leaf() || node.Repeated() {
			c.Why = "lists or structures"
		} else {
			r := readerOf(node)
			c.Numeric, c.Why = r.number != nil, r.why
			c.Load = func() ([]float64, []string, error) { return load(in, data, node, r) }
		}
		columns = append(columns, c)
	}
	s = table.FromColumns(path, int(in.NumRows()), columns)
	if index {
		s.Note("the row names of pandas are left out")
	}
	return s, nil
}

var errBroken = errors.New("broken")

// damaged turns what a broken file makes of the library into words.
func damaged(path string, err *error) {
	why := ""
	if broken := recover(); broken != nil {
		*err = errBroken // the library's own words are of its slices
	} else if *err != nil {
		why = fmt.Sprintf(" (%v)", *err)
	}
	var problems table.Problems
	if *err != nil && !errors.As(*err, &problems) {
		*err = table.Problems{fmt.Sprintf("%s: the Parquet file is damaged or cut short%s; write it again", path, why)}
	}
}

// load reads one column.
func load(in *pq.File, data []byte, node *pq.Column, r reader) (numbers []float64, text []string, err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true)) // decoders in assembly read past the end of damaged pages
	defer func() {
		if broken := recover(); broken != nil {
			err = fmt.Errorf("%v", broken)
		}
		if err != nil {
			err = fmt.Errorf("the file is damaged, or the column written in a way that is not read (%w); write it again, "+
				"whole numbers with 64 bits", err)
		}
	}()
	for _, group := range in.Metadata().RowGroups {
		if err := checkPages(data, &group.Columns[node.Index()].MetaData, group.NumRows); err != nil {
			return nil, nil, err
		}
	}
	shared := map[string]string{}
	exact := true
	add := func(v pq.Value) error {
		switch {
		case len(numbers)+len(text) >= int(in.NumRows()):
			return fmt.Errorf("more values than rows")
		case v.IsNull() && r.number != nil:
			numbers = append(numbers, math.NaN())
		case v.IsNull():
			text = append(text, "")
		case r.number != nil:
			x := r.number(v)
			exact = exact && !(r.whole && math.Abs(x) >= 1<<53)
			numbers = append(numbers, x)
		default:
			s, err := r.text(v)
			if err != nil {
				return err
			}
			text = append(text, intern(shared, s))
		}
		return nil
	}
	if err := each(in, node, add); err != nil {
		return nil, nil, err
	}
	if !exact { // identifiers of many digits keep them as words
		text = make([]string, 0, len(numbers))
		err = each(in, node, func(v pq.Value) error {
			if v.IsNull() {
				text = append(text, "")
			} else {
				text = append(text, r.digits(v))
			}
			return nil
		})
	}
	if n := max(len(numbers), len(text)); err == nil && n != int(in.NumRows()) {
		err = fmt.Errorf("%d values in %d rows", n, in.NumRows())
	}
	if numbers == nil && text == nil {
		numbers = []float64{}
	}
	return numbers, text, err
}

// each visits the values of a column in order.
func each(in *pq.File, node *pq.Column, do func(pq.Value) error) error {
	values := make([]pq.Value, 1024)
	visit := func(group pq.RowGroup) error {
		pages := group.ColumnChunks()[node.Index()].Pages()
		defer pages.Close()
		for {
			page, err := pages.ReadPage()
			if errors.Is(err, io.EOF) {
				return nil
			}
			if err != nil {
				return err
			}
			for from := page.Values(); ; {
				n, err := from.ReadValues(values)
				for _, v := range values[:n] {
					if err := do(v); err != nil {
						return err
					}
				}
				if errors.Is(err, io.EOF) || n == 0 && err == nil {
					break
				}
				if err != nil {
					return err
				}
			}
			pq.Release(page)
		}
	}
	for _, group := range in.RowGroups() {
		if err := visit(group); err != nil {
			return err
		}
	}
	return nil
}

func utf8Text(b []byte) (string, error) {
	if !utf8.Valid(b) {
		return "", fmt.Errorf("a text is not UTF-8")
	}
	return string(b), nil
}
