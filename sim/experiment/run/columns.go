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

	rows   [][]float64 // in memory, cut out of pieces
	held   int         // values in them
	pieces [][]float64 // memory of rows, which keeps its place as it grows; of each its length is in use
	piece  int         // the one that fills
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

// pieceValues is how long a piece of memory is at least: as many rows as reach that length.
const pieceValues = 1 << 16

// add adds a row.
func (c *columns) add(row []float64) error {
	if c.held+len(row) > c.most && len(c.rows) > 0 {
		if err := c.spill(); err != nil {
			return err
		}
	}
	c.rows = append(c.rows, c.cut(row))
	c.held += len(row)
	return nil
}

// cut copies a row into a piece that has room for it; a piece of an earlier case that is too short
// is made anew.
func (c *columns) cut(row []float64) []float64 {
	for ; c.piece < len(c.pieces); c.piece++ {
		p := c.pieces[c.piece]
		if cap(p)-len(p) >= len(row) {
			break
		}
		if len(p) == 0 {
			c.pieces[c.piece] = newPiece(len(row))
			break
		}
	}
	if c.piece == len(c.pieces) {
		c.pieces = append(c.pieces, newPiece(len(row)))
	}
	p := &c.pieces[c.piece]
	from := len(*p)
	*p = append(*p, row...)
	return (*p)[from:]
}

// newPiece has room for rows of a length.
func newPiece(row int) []float64 {
	row = max(row, 1)
	return make([]float64, 0, row*((pieceValues+row-1)/row))
}

// clear forgets the rows in memory and keeps their pieces for others.
func (c *columns) clear() {
	for i, p := range c.pieces {
		c.pieces[i] = p[:0]
	}
	c.rows, c.held, c.piece = c.rows[:0], 0, 0
}

// spill moves the rows in memory to the file.
func (c *columns) spill() (err error) {
	if c.file == nil {
		if c.file, err = os.CreateTemp(c.dir, "columns-"); err != nil {
			return err
		}
	}
	b := block{at: c.end, rows: len(c.rows)}
	for _, row := range c.rows {
		b.width = max(b.width, len(row))
	}
	for i := range b.width {
		c.buffer = c.buffer[:0]
		for _, v := range c.inMemory(i, nil) {
			c.buffer = binary.LittleEndian.AppendUint64(c.buffer, math.Float64bits(v))
		}
		if _, err := c.file.WriteAt(c.buffer, c.end); err != nil {
			return err
		}
		c.end += int64(len(c.buffer))
	}
	c.blocks = append(c.blocks, b)
	c.clear()
	return nil
}

// inMemory appends column i of the rows in memory to out.
func (c *columns) inMemory(i int, out []float64) []float64 {
	for _, row := range c.rows {
		v := math.NaN()
		if i < len(row) {
			v = row[i]
		}
		out = append(out, v)
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
	return c.inMemory(i, out), nil
}

// reset empties the matrix for the next case.
func (c *columns) reset() {
	c.clear()
	c.blocks, c.end = c.blocks[:0], 0
}

// close removes the file.
func (c *columns) close() {
	if c.file != nil {
		c.file.Close()
		os.Remove(c.file.Name())
		c.file = nil
	}
}
