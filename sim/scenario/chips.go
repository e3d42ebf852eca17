package scenario

import (
	"embed"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"simulate/sim"
)

//go:embed data/chips.csv
var data embed.FS

// CatalogueChip is one row of the chip catalogue with what the model does not use.
type CatalogueChip struct {
	sim.Chip
	TFLOPs float64 // dense bf16 throughput per second, in units of 1e12
	Source string
}

// h100TFLOPs is the dense bf16 throughput of an H100, the unit of compute [TFLOP/s].
const h100TFLOPs = 989

type chipTable struct {
	rows   []CatalogueChip
	byName map[string]int
}

// Chips lists the chip catalogue in the order in which the chips came on sale.
func Chips() []CatalogueChip { return catalogue().rows }

// find returns a chip by its name; H100e is the H100-equivalent itself.
func (t *chipTable) find(name string) (sim.Chip, bool) {
	if name == "H100e" {
		return sim.Chip{ID: name, H100e: 1}, true
	}
	i, found := t.byName[name]
	if !found {
		return sim.Chip{}, false
	}
	return t.rows[i].Chip, true
}

func (t *chipTable) names() []string {
	out := []string{"H100e"}
	for _, r := range t.rows {
		out = append(out, r.ID)
	}
	return out
}

// catalogue reads the embedded table; a fault in it is a bug.
var catalogue = sync.OnceValue(func() *chipTable {
	f, err := data.Open("data/chips.csv")
	if err != nil {
		panic(err)
	}
	defer f.Close()
	records, err := csv.NewReader(f).ReadAll()
	if err != nil {
		panic(fmt.Sprintf("scenario: chips.csv: %v", err))
	}
	t := &chipTable{byName: map[string]int{}}
	for _, r := range records[1:] {
		c := CatalogueChip{Source: r[7]}
		c.ID = r[0]
		date, bad := parseDate(r[1])
		if bad != nil {
			panic("scenario: chips.csv: " + bad.what)
		}
		c.OnSale = date.start
		c.TFLOPs = mustNumber(r[2])
		c.H100e = c.TFLOPs / h100TFLOPs
		c.Interconnect = mustNumber(r[3])
		if r[4] != "" {
			c.Price = mustNumber(r[4])
		}
		c.Merchant = r[5] == "true"
		c.Domestic = strings.TrimSpace(r[6])
		t.byName[c.ID] = len(t.rows)
		t.rows = append(t.rows, c)
	}
	return t
})

func mustNumber(s string) float64 {
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		panic(fmt.Sprintf("scenario: chips.csv: %v", err))
	}
	return v
}
