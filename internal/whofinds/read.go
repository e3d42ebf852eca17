package whofinds

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

//go:embed who_finds_it.csv
var committed []byte

// key names a cell of the table.
type key struct{ corner, row, date, metric string }

// Data is the table as it was made.
type Data struct {
	cells      map[key]effect
	Identities []string // of the corners, in their order
}

// Builtin are the data of the present version.
func Builtin() (*Data, error) { return Read(committed) }

// Read reads data that Make has written. It fails where a cell of the table is missing.
func Read(text []byte) (*Data, error) {
	lines, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		return nil, err
	}
	if len(lines) == 0 || !slices.Equal(lines[0], header) {
		return nil, fmt.Errorf("the header is not %s", strings.Join(header, ","))
	}
	d := &Data{cells: map[key]effect{}}
	for n, line := range lines[1:] {
		var v [10]float64
		for i := range v {
			if line[5+i] == "" {
				v[i] = math.NaN()
			} else if v[i], err = strconv.ParseFloat(line[5+i], 64); err != nil {
				return nil, fmt.Errorf("line %d: %w", n+2, err)
			}
		}
		d.cells[key{line[0], line[2], line[3], line[4]}] = effect{int(v[0]), v[1], v[2], v[3], v[4], v[5], v[6],
			v[7], v[8], v[9]}
		if !slices.Contains(d.Identities, line[1]) {
			d.Identities = append(d.Identities, line[1])
		}
	}
	for _, c := range corners {
		for _, r := range rows {
			for _, date := range dates {
				for _, m := range metrics {
					if _, found := d.cells[key{c.name, r.scenario, date, m.name}]; !found {
						return nil, fmt.Errorf("no %s of %s at %s in corner %s", m.name, r.scenario, date, c.name)
					}
				}
			}
		}
	}
	return d, nil
}
