package run

import (
	"encoding/binary"
	"math"
	"os"
	"slices"
)

// columns is a matrix that is written row by row, one for each replication of a case, and read
// column by column. Rows may differ in length; what a row lacks is NaN. What does not fit into its
// memory lies in a file, column by column within each block of rows.
type columns struct {
	dir  string // of the file
	most int    // values in memory

	values []float64 // rows in memory, one after the other
	ends   []int     // where each of them ends in values
	file   *os.File
	end    int64
	blocks []block // of earlier rows
	buffer []byte
}

// block is a set of rows in the file.
type block struct {
	at          int64
	rows, width int
}

// Values of a case that stay in memory: of markets and segments, and of labs.
const marketValues, labValues = 1 << 20, 8 << 20

func newColumns(dir string, most int) *columns { return &columns{dir: dir, most: most} }

// add adds a row.
func (c *columns) add(row []float64) error {
	if len(c.values)+len(row) > c.most && len(c.ends) > 0 {
		if err := c.spill(); err != nil {
			return err
		}
	}
	c.values = append(c.values, row...)
	c.ends = append(c.ends, len(c.values))
	return nil
}

// spill moves the rows in memory to the file.
func (c *columns) spill() (err error) {
	if c.file == nil {
		if c.file, err = os.CreateTemp(c.dir, "columns-"); err != nil {
			return err
		}
	}
	b := block{at: c.end, rows: len(c.ends)}
	from := 0
	for _, end := range c.ends {
		b.width = max(b.width, end-from)
		from = end
	}
	for i := range b.width {
		c.buffer = c.buffer[:0]
		for _, v := range c.held(i, nil) {
			c.buffer = binary.LittleEndian.AppendUint64(c.buffer, math.Float64bits(v))
		}
		if _, err := c.file.WriteAt(c.buffer, c.end); err != nil {
			return err
		}
		c.end += int64(len(c.buffer))
	}
	c.blocks = append(c.blocks, b)
	c.values, c.ends = c.values[:0], c.ends[:0]
	return nil
}

// held appends column i of the rows in memory to out.
func (c *columns) held(i int, out []float64) []float64 {
	from := 0
	for _, end := range c.ends {
		v := math.NaN()
		if from+i < end {
			v = c.values[from+i]
		}
		out = append(out, v)
		from = end
	}
	return out
}

// column appends column i to out: a value for each row, in the order in which rows were added.
// While no row is added it may be called by several goroutines at once.
func (c *columns) column(i int, out []float64) ([]float64, error) {
	var buffer []byte
	for _, b := range c.blocks {
		if i >= b.width {
			for range b.rows {
				out = append(out, math.NaN())
			}
			continue
		}
		buffer = slices.Grow(buffer[:0], 8*b.rows)[:8*b.rows]
		if _, err := c.file.ReadAt(buffer, b.at+int64(i)*int64(8*b.rows)); err != nil {
			return out, err
		}
		for r := range b.rows {
			out = append(out, math.Float64frombits(binary.LittleEndian.Uint64(buffer[8*r:])))
		}
	}
	return c.held(i, out), nil
}

// reset empties the matrix for the next case.
func (c *columns) reset() {
	c.values, c.ends, c.blocks, c.end = c.values[:0], c.ends[:0], c.blocks[:0], 0
}

// close removes the file.
func (c *columns) close() {
	if c.file != nil {
		c.file.Close()
		os.Remove(c.file.Name())
		c.file = nil
	}
}
