package table

import (
	"math"
	"strconv"
)

// Keeper is a Writer that also keeps the table in memory, as it will be read from its file, as long
// as it is small.
type Keeper struct {
	Writer
	table   *Table
	most    int  // cells
	rounded bool // numbers are as CSV has them
}

// Keep is a keeper of the table that w writes to path with the given columns, of at most most
// cells.
func Keep(w Writer, path string, columns []Column, most int) *Keeper {
	return &Keeper{Writer: w, table: New(nameOf(path), columns...), most: most, rounded: extension(path) == ".csv"}
}

// Row implements Writer.
func (k *Keeper) Row(values ...any) error {
	var r Record
	if err := r.Add(values...); err != nil {
		return err
	}
	return k.Write(&r)
}

// Write implements Writer.
func (k *Keeper) Write(r *Record) error {
	if err := k.Writer.Write(r); err != nil {
		return err
	}
	switch {
	case k.table == nil:
	case (k.table.rows+1)*len(r.cells) > k.most:
		k.table = nil
	default:
		k.table.AppendRecord(r)
		if k.rounded {
			k.roundLast()
		}
	}
	return nil
}

// Table is what was written, nil where it was too much. It may be asked for once all is written.
func (k *Keeper) Table() *Table { return k.table }

// roundLast makes the numbers of the last row what CSV has of them. Equal numbers stand beside each
// other, as where a run stands alone.
func (k *Keeper) roundLast() {
	last, rounded := math.NaN(), math.NaN()
	for i, c := range k.table.Columns {
		if c.Kind != Number {
			continue
		}
		v := &k.table.cells[i].number[k.table.rows-1]
		if *v != last {
			last, rounded = *v, Rounded(*v)
		}
		*v = rounded
	}
}

// exactTens are the powers of ten that a float64 holds exactly.
var exactTens = func() (p [23]float64) {
	p[0] = 1
	for i := 1; i < len(p); i++ {
		p[i] = float64(p[i-1] * 10)
	}
	return p
}()

// Rounded is the number that FormatNumber's text is read as. Most need one product and one
// quotient by a power of ten, each rounded correctly; what lies too near to the middle between two
// numbers of nine digits, or outside those powers, goes by way of the text.
func Rounded(x float64) float64 {
	const tooNear = 1e-5 // the product's own error is below 1e-6
	a := math.Abs(x)
	if x == math.Trunc(x) && a < 1e15 {
		return x + 0 // text has no −0
	}
	if a > 1e-12 && a < 1e30 {
		log2 := int(math.Float64bits(a)>>52) - 1023
		digits := int(math.Floor(float64(log2)*0.30103)) + 1 // before the point, or one less
		up, down := exactTens[max(9-digits, 0)], exactTens[max(digits-9, 0)]
		m := float64(a*up) / down
		if m >= 1e9 {
			digits++
			up, down = exactTens[max(9-digits, 0)], exactTens[max(digits-9, 0)]
			m = float64(a*up) / down
		}
		if whole := math.Floor(m); m >= 1e8 && m < 1e9 && math.Abs(m-whole-0.5) > tooNear {
			if m-whole > 0.5 {
				whole++
			}
			return math.Copysign(float64(whole*down)/up, x) // one of the two is 1
		}
	}
	if math.IsNaN(x) {
		return x // the empty text
	}
	v, _ := strconv.ParseFloat(FormatNumber(x), 64) // 1e309 and -Inf are no errors here
	return v
}
