package run

import (
	"context"
	"math"
	"slices"
	"sync"

	"simulate/sim/scenario"
	"simulate/sim/table"
)

// DrawsTable holds what is drawn in each replication: a column for each PATH.
const DrawsTable = "draws"

// drawing is what an experiment draws: its worlds by case (one for all points of a sweep), and the
// PATHs that vary by design and so are drawn in vain.
type drawing struct {
	names  []string // of the cases; of a sweep empty
	worlds []*scenario.Scenario
	varied []string
	seed   uint64
	most   int // replications

	once   sync.Once
	byCase bool // cases draw differently, as found out once
}

// separate tells whether cases draw differently in one of the replications: other PATHs, other
// distributions, or a vector drawn again.
func (d *drawing) separate() bool {
	d.once.Do(func() { d.byCase = len(d.knobs()) > 0 && d.differs() })
	return d.byCase
}

// knobs are what the worlds draw, each PATH once, as the first world that has it knows it.
func (d *drawing) knobs() []*scenario.Knob {
	var out []*scenario.Knob
	for _, w := range d.worlds {
		for _, k := range w.Drawn() {
			if !slices.Contains(d.varied, k.Path) && !slices.ContainsFunc(out,
				func(o *scenario.Knob) bool { return o.Path == k.Path }) {
				out = append(out, k)
			}
		}
	}
	return out
}

// table describes the table of draws; nil where nothing is drawn.
func (d *drawing) table() *table.Table {
	knobs := d.knobs()
	if len(knobs) == 0 {
		return nil
	}
	var columns []table.Column
	if d.separate() {
		columns = append(columns, caseOf("scenario"))
	}
	columns = append(columns,
		table.Column{Name: "point", Kind: table.Integer,
			Meaning: "point of the design; 0: draws are the same at every point"},
		table.Column{Name: "replication", Kind: table.Integer, Meaning: "number of the run within its case, from 1"})
	for _, k := range knobs {
		c := table.Column{Name: k.Path, Kind: table.Number, Unit: k.TableUnit(),
			Meaning: "value of " + k.Path + " drawn in the replication"}
		if k.Textual() {
			c.Kind = table.Text
		}
		columns = append(columns, c)
	}
	return table.New(DrawsTable, columns...)
}

// drawnValues are what a world draws in a replication, by PATH; nothing where a draw is impossible
// and the run has failed.
func drawnValues(w *scenario.Scenario, seed uint64, replication int) map[string]float64 {
	values, err := w.Draws(seed, replication)
	if err != nil {
		return nil
	}
	out := map[string]float64{}
	for j, k := range w.Drawn() {
		out[k.Path] = values[j]
	}
	return out
}

// differs looks for a replication that some cases draw differently.
func (d *drawing) differs() bool {
	for r := 1; r <= d.most && len(d.worlds) > 1; r++ {
		var first map[string]float64
		for i, w := range d.worlds {
			values := drawnValues(w, d.seed, r)
			if i == 0 {
				first = values
				continue
			}
			if len(values) != len(first) {
				return true
			}
			for path, v := range values {
				if other, known := first[path]; !known || other != v {
					return true
				}
			}
		}
	}
	return false
}

// addDraws writes the table of draws of the first n replications.
func (a *assembly) addDraws(ctx context.Context, n int) error {
	sheet := a.sheets[DrawsTable]
	if sheet == nil {
		return nil
	}
	d := a.drawing()
	knobs := d.knobs()
	for i, w := range d.worlds {
		if i > 0 && !d.separate() {
			break
		}
		for r := 1; r <= n; r++ {
			if ctx.Err() != nil {
				return context.Cause(ctx)
			}
			values := drawnValues(w, a.seeded(), r)
			a.row.Reset()
			if d.separate() {
				a.row.Text(d.names[i])
			}
			a.row.Integer(0).Integer(int64(r))
			for _, k := range knobs {
				v, drawn := values[k.Path]
				switch {
				case k.Textual() && drawn:
					a.row.Text(k.Cell(v))
				case k.Textual():
					a.row.Text("")
				case drawn:
					a.row.Number(k.ToTable(v))
				default:
					a.row.Number(math.NaN())
				}
			}
			if err := sheet.Add(&a.row); err != nil {
				return err
			}
		}
	}
	return nil
}
