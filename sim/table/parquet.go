package table

import (
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"reflect"

	"github.com/parquet-go/parquet-go"
)

const (
	rowsPerBatch  = 1024
	rowsPerGroup  = 100_000   // of which a text column may hold as many different words
	cellsPerGroup = 2_000_000 // a group is held in memory until it is full
)

// groupRows is how many rows of a table with so many columns make a row group.
func groupRows(columns int) int64 { return int64(min(rowsPerGroup, cellsPerGroup/max(1, columns))) }

// ordered is a Parquet group whose fields stay in column order; parquet.Group sorts them by name.
type ordered struct {
	parquet.Group
	fields []parquet.Field
}

func (o ordered) Fields() []parquet.Field { return o.fields }

type field struct {
	parquet.Node
	name string
}

func (f field) Name() string                          { return f.name }
func (f field) Value(row reflect.Value) reflect.Value { return row.FieldByName(f.name) }

func schemaOf(columns []Column) *parquet.Schema {
	root := ordered{Group: parquet.Group{}}
	for _, c := range columns {
		var node parquet.Node
		switch c.Kind {
		case Text:
			node = parquet.Encoded(parquet.String(), &parquet.RLEDictionary)
		case Integer:
			node = parquet.Encoded(parquet.Int(64), &parquet.DeltaBinaryPacked)
		default:
			node = parquet.Optional(parquet.Encoded(parquet.Leaf(parquet.DoubleType), &parquet.ByteStreamSplit))
		}
		node = parquet.Compressed(node, &parquet.Snappy)
		root.Group[c.Name] = node
		root.fields = append(root.fields, field{node, c.Name})
	}
	return parquet.NewSchema("table", root)
}

type parquetWriter struct {
	file    *wholeFile
	out     *parquet.GenericWriter[any]
	columns []Column
	batch   []parquet.Row
	filled  int
	record  Record
}

func createParquet(path string, columns []Column, metadata []Pair) (Writer, error) {
	file, err := createWhole(path)
	if err != nil {
		return nil, err
	}
	options := []parquet.WriterOption{
		schemaOf(columns),
		parquet.MaxRowsPerRowGroup(groupRows(len(columns))),
		parquet.CreatedBy("simulate", "1.0.0", "parquet-go"),
	}
	for _, c := range columns {
		options = append(options, parquet.KeyValueMetadata(c.Name+".unit", c.Unit), parquet.KeyValueMetadata(c.Name+".meaning", c.Meaning))
	}
	for _, p := range metadata {
		options = append(options, parquet.KeyValueMetadata(p.Key, p.Value))
	}
	w := &parquetWriter{file: file, out: parquet.NewGenericWriter[any](file, options...), columns: columns, batch: make([]parquet.Row, rowsPerBatch)}
	return w, nil
}

func (w *parquetWriter) Row(values ...any) error {
	if err := w.record.Reset().add(values); err != nil {
		return fmt.Errorf("%s: %w", w.file.path, err)
	}
	return w.Write(&w.record)
}

func (w *parquetWriter) Write(r *Record) error {
	if err := r.check(w.columns); err != nil {
		return fmt.Errorf("%s: %w", w.file.path, err)
	}
	row := w.batch[w.filled][:0]
	for i, c := range r.cells {
		switch w.columns[i].Kind {
		case Text:
			row = append(row, parquet.ValueOf(c.text).Level(0, 0, i))
		case Integer:
			row = append(row, parquet.Int64Value(c.integer).Level(0, 0, i))
		default:
			if x := c.asNumber(); math.IsNaN(x) {
				row = append(row, parquet.NullValue().Level(0, 0, i))
			} else {
				row = append(row, parquet.DoubleValue(x).Level(0, 1, i))
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
	return err
}

func (w *parquetWriter) Close() error {
	if err := w.flush(); err != nil {
		return err
	}
	if err := w.out.Close(); err != nil {
		return err
	}
	return w.file.commit()
}

func (w *parquetWriter) Abort() { w.file.discard() }

func readParquet(name string, f *os.File) (*Table, error) {
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	in, err := parquet.OpenFile(f, info.Size())
	if err != nil {
		return nil, err
	}
	var columns []Column
	for _, node := range in.Schema().Fields() {
		if !node.Leaf() || node.Repeated() {
			return nil, fmt.Errorf("column %s is nested; only flat tables are read", node.Name())
		}
		kind, err := kindOf(node)
		if err != nil {
			return nil, err
		}
		c := Column{Name: node.Name(), Kind: kind}
		c.Unit, _ = in.Lookup(c.Name + ".unit")
		c.Meaning, _ = in.Lookup(c.Name + ".meaning")
		columns = append(columns, c)
	}
	t := New(name, columns...)
	for _, group := range in.RowGroups() {
		if err := t.appendGroup(group); err != nil {
			return nil, err
		}
	}
	return t, nil
}

func kindOf(node parquet.Field) (Kind, error) {
	switch node.Type().Kind() {
	case parquet.ByteArray, parquet.Boolean:
		return Text, nil
	case parquet.Int32, parquet.Int64:
		if node.Optional() {
			return Number, nil
		}
		return Integer, nil
	case parquet.Float, parquet.Double:
		return Number, nil
	}
	return 0, fmt.Errorf("column %s: values of type %s are not read", node.Name(), node.Type())
}

func (t *Table) appendGroup(group parquet.RowGroup) error {
	rows := group.Rows()
	defer rows.Close()
	batch := make([]parquet.Row, rowsPerBatch)
	shared := map[string]string{}
	for {
		n, err := rows.ReadRows(batch)
		for _, row := range batch[:n] {
			for i, v := range row {
				t.appendValue(i, v, shared)
			}
			t.rows++
		}
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

func (t *Table) appendValue(i int, v parquet.Value, shared map[string]string) {
	to := &t.cells[i]
	switch t.Columns[i].Kind {
	case Text:
		s := ""
		if !v.IsNull() {
			s = intern(shared, v.String())
		}
		to.text = append(to.text, s)
	case Integer:
		to.integer = append(to.integer, whole(v))
	default:
		x := math.NaN()
		switch {
		case v.IsNull():
		case v.Kind() == parquet.Double:
			x = v.Double()
		case v.Kind() == parquet.Float:
			x = float64(v.Float())
		default:
			x = float64(whole(v))
		}
		to.number = append(to.number, x)
	}
}

func whole(v parquet.Value) int64 {
	if v.Kind() == parquet.Int32 {
		return int64(v.Int32())
	}
	return v.Int64()
}
