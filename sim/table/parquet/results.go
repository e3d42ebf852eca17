package parquet

import (
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"reflect"

	pq "github.com/parquet-go/parquet-go"

	"simulate/internal/wholefile"
	"simulate/sim/table"
)

const (
	rowsPerBatch  = 1024
	rowsPerGroup  = 100_000 // of which a text column may hold as many different words
	cellsPerGroup = 500_000 // a group is held in memory until it is full, several tables at once
)

// groupRows is how many rows of a table with so many columns make a row group.
func groupRows(columns int) int64 { return int64(min(rowsPerGroup, cellsPerGroup/max(1, columns))) }

// ordered is a Parquet group whose fields stay in column order; pq.Group sorts them by name.
type ordered struct {
	pq.Group
	fields []pq.Field
}

func (o ordered) Fields() []pq.Field { return o.fields }

type field struct {
	pq.Node
	name string
}

func (f field) Name() string                          { return f.name }
func (f field) Value(row reflect.Value) reflect.Value { return row.FieldByName(f.name) }

// schemaOf takes encodings and a codec that give the same bytes on every machine: the assembly of
// Snappy, and that of the indices of a dictionary, finds other runs than the code for machines
// without it.
func schemaOf(columns []table.Column) *pq.Schema {
	root := ordered{Group: pq.Group{}}
	for _, c := range columns {
		var node pq.Node
		switch c.Kind {
		case table.Text:
			node = pq.Encoded(pq.String(), &pq.Plain)
		case table.Integer:
			node = pq.Encoded(pq.Int(64), &pq.DeltaBinaryPacked)
		default:
			node = pq.Optional(pq.Encoded(pq.Leaf(pq.DoubleType), &pq.ByteStreamSplit))
		}
		node = pq.Compressed(node, &pq.Zstd)
		root.Group[c.Name] = node
		root.fields = append(root.fields, field{node, c.Name})
	}
	return pq.NewSchema("table", root)
}

type parquetWriter struct {
	file    *wholefile.File
	summed  *table.Summed
	out     *pq.GenericWriter[any]
	columns []table.Column
	batch   []pq.Row
	filled  int
	record  table.Record
}

func create(path string, columns []table.Column, metadata []table.Pair) (table.Writer, error) {
	file, err := wholefile.Create(path)
	if err != nil {
		return nil, err
	}
	options := []pq.WriterOption{
		schemaOf(columns),
		pq.MaxRowsPerRowGroup(groupRows(len(columns))),
		pq.CreatedBy("simulate", "1.0.0", "parquet-go"),
	}
	for _, c := range columns {
		options = append(options, pq.KeyValueMetadata(c.Name+".unit", c.Unit), pq.KeyValueMetadata(c.Name+".meaning",
			c.Meaning))
	}
	for _, p := range metadata {
		options = append(options, pq.KeyValueMetadata(p.Key, p.Value))
	}
	summed := table.NewSummed(file)
	w := &parquetWriter{file: file, summed: summed, out: pq.NewGenericWriter[any](summed, options...),
		columns: columns, batch: make([]pq.Row, rowsPerBatch)}
	return w, nil
}

func (w *parquetWriter) Row(values ...any) error {
	if err := w.record.Reset().Add(values...); err != nil {
		return fmt.Errorf("%s: %w", w.file.Path(), err)
	}
	return w.Write(&w.record)
}

func (w *parquetWriter) Write(r *table.Record) error {
	if err := r.Check(w.columns); err != nil {
		return fmt.Errorf("%s: %w", w.file.Path(), err)
	}
	row := w.batch[w.filled][:0]
	for i := range w.columns {
		text, integer, x := r.Cell(i)
		switch w.columns[i].Kind {
		case table.Text:
			row = append(row, pq.ValueOf(text).Level(0, 0, i))
		case table.Integer:
			row = append(row, pq.Int64Value(integer).Level(0, 0, i))
		default:
			if math.IsNaN(x) {
				row = append(row, pq.NullValue().Level(0, 0, i))
			} else {
				row = append(row, pq.DoubleValue(x).Level(0, 1, i))
			}
		}
	}
	w.batch[w.filled] = row
	if w.filled++; w.filled == rowsPerBatch {
		return w.flush()
	}
	return nil
}

func (w *parquetWriter) flush() error {
	_, err := w.out.WriteRows(w.batch[:w.filled])
	w.filled = 0
	return ofFile(err)
}

// ofFile is what the system says of the file, without the library's words on where it was writing.
func ofFile(err error) error {
	var of *fs.PathError
	if errors.As(err, &of) {
		return of
	}
	return err
}

func (w *parquetWriter) Close() error {
	if err := w.flush(); err != nil {
		return err
	}
	if err := w.out.Close(); err != nil {
		return ofFile(err)
	}
	return w.file.Commit()
}

func (w *parquetWriter) Sum() string { return w.summed.Sum() }

func (w *parquetWriter) Abort() { w.file.Discard() }

// read reads the wanted columns of a table of results, whose columns are flat.
func read(name string, f *os.File, wanted func(column string) bool) (t *table.Table, err error) {
	defer damaged(f.Name(), &err)
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	in, err := pq.OpenFile(f, info.Size())
	if err != nil {
		return nil, err
	}
	var columns []table.Column
	var cells []any
	for _, node := range in.Root().Columns() {
		if !node.Leaf() || node.Repeated() {
			return nil, fmt.Errorf("column %s is nested; only flat tables are read", node.Name())
		}
		kind, err := kindOf(node)
		if err != nil {
			return nil, err
		}
		if !wanted(node.Name()) {
			continue
		}
		c := table.Column{Name: node.Name(), Kind: kind}
		c.Unit, _ = in.Lookup(c.Name + ".unit")
		c.Meaning, _ = in.Lookup(c.Name + ".meaning")
		of, err := cellsOf(in, node, kind)
		if err != nil {
			return nil, err
		}
		columns, cells = append(columns, c), append(cells, of)
	}
	return table.Filled(name, int(in.NumRows()), columns, cells)
}

func kindOf(node *pq.Column) (table.Kind, error) {
	switch node.Type().Kind() {
	case pq.ByteArray, pq.Boolean:
		return table.Text, nil
	case pq.Int32, pq.Int64:
		if node.Optional() {
			return table.Number, nil
		}
		return table.Integer, nil
	case pq.Float, pq.Double:
		return table.Number, nil
	}
	return 0, fmt.Errorf("column %s: values of type %s are not read", node.Name(), node.Type())
}

// cellsOf reads a column.
func cellsOf(in *pq.File, node *pq.Column, kind table.Kind) (any, error) {
	room := int(min(in.NumRows(), 1<<20)) // more only where there is more: the number may be damaged
	switch kind {
	case table.Text:
		out, shared := make([]string, 0, room), map[string]string{}
		err := each(in, node, func(v pq.Value) error {
			switch {
			case v.IsNull():
				out = append(out, "")
			case v.Kind() == pq.Boolean:
				out = append(out, v.String())
			default:
				s, known := shared[string(v.ByteArray())]
				if !known {
					s = intern(shared, string(v.ByteArray()))
				}
				out = append(out, s)
			}
			return nil
		})
		return out, err
	case table.Integer:
		out := make([]int64, 0, room)
		err := each(in, node, func(v pq.Value) error {
			out = append(out, integer(v))
			return nil
		})
		return out, err
	}
	out := make([]float64, 0, room)
	err := each(in, node, func(v pq.Value) error {
		x := math.NaN()
		switch {
		case v.IsNull():
		case v.Kind() == pq.Double:
			x = v.Double()
		case v.Kind() == pq.Float:
			x = float64(v.Float())
		default:
			x = float64(integer(v))
		}
		out = append(out, x)
		return nil
	})
	return out, err
}

// intern keeps one copy of cells that repeat.
func intern(shared map[string]string, s string) string {
	const most = 1 << 16
	if known, ok := shared[s]; ok {
		return known
	}
	if len(shared) < most {
		shared[s] = s
	}
	return s
}
