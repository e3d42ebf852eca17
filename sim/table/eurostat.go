package table

import (
	"bytes"
	"fmt"

	"simulate/internal/pattern"
)

// Eurostat's own text: the first cell holds several columns parted by commas, the last of them
// headed as geo\TIME_PERIOD, and letters behind numbers are flags.

var ofEurostat = pattern.Late(`^[\w,]+\\(?i:time(_period)?)[ \t]*\t`)

// eurostat gives every column of such a text a cell and takes the flags off; every byte keeps its
// place. Other texts stay as they are.
func eurostat(data []byte) (out []byte, note string) {
	if !ofEurostat().Match(data[:min(len(data), 1000)]) {
		return data, ""
	}
	out = bytes.Clone(data)
	flagged, first := 0, ""
	for begin := 0; begin < len(out); {
		end := len(out)
		if k := bytes.IndexByte(out[begin:], '\n'); k >= 0 {
			end = begin + k
		}
		tab := bytes.IndexByte(out[begin:end], '\t')
		if tab < 0 {
			tab = end - begin
		}
		for i := begin; i < begin+tab; i++ {
			if out[i] == ',' {
				out[i] = '\t'
			}
		}
		for from := begin + tab + 1; from < end && begin > 0; {
			to := end
			if k := bytes.IndexByte(out[from:end], '\t'); k >= 0 {
				to = from + k
			}
			cell := bytes.TrimSpace(out[from:to])
			if m := flags().FindSubmatch(cell); m != nil {
				if flagged++; flagged == 1 {
					first = string(cell)
				}
				copy(cell[len(cell)-len(m[2]):], bytes.Repeat([]byte(" "), len(m[2])))
			}
			from = to + 1
		}
		begin = end + 1
	}
	note = "the first cell of each line holds several columns, as Eurostat writes them, and is parted at its commas"
	if flagged > 0 {
		note += fmt.Sprintf("; letters behind numbers are flags and left off, %d of them, as in %q", flagged, first)
	}
	return out, note
}
