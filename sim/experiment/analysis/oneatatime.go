package analysis

import (
	"fmt"

	"simulate/internal/quantity"
)

// Swing is what one input does to the outcome between its low and its high setting, all others at
// their base.
type Swing struct {
	Name      string
	Low, High float64 // settings
	// Change of the outcome from base, with intervals over the replications; equal to their value with
	// one replication.
	AtLow, AtHigh Estimate
}

// OneAtATime reads a design of base, then low and high of each input, and returns the outcome at
// base and the swings in the order of the inputs. Replication r of every row shares its seeds, so
// changes are paired. Intervals are Student's, of 95 %.
func OneAtATime(in Inputs, y [][]float64) (base float64, swings []Swing, err error) {
	if err := in.check(); err != nil {
		return 0, nil, err
	}
	if _, err := checkOutcomes(len(in.Rows), y); err != nil {
		return 0, nil, err
	}
	d := len(in.Names)
	if len(in.Rows) != 2*d+1 {
		return 0, nil, fmt.Errorf("%s are not the base and two settings of %s, %d: the design is incomplete "+
			"or not one at a time; run the missing points",
			quantity.Plural(len(in.Rows), "row"), quantity.Plural(d, "input"), 2*d+1)
	}
	for i, row := range in.Rows[1:] {
		for j, v := range row {
			if j != i/2 && v != in.Rows[0][j] {
				return 0, nil, fmt.Errorf("row %d should differ from the base, row 1, in input %s only, but differs in %s: the "+
					"rows are reordered or of another design; "+
					"sort them by point", i+2, in.Names[i/2], in.Names[j])
			}
		}
	}
	for j, name := range in.Names {
		s := Swing{Name: name, Low: in.Rows[1+2*j][j], High: in.Rows[2+2*j][j]}
		if s.Low == s.High {
			return 0, nil, fmt.Errorf("input %s has the same low and high setting; widen its range", name)
		}
		for k, to := range []*Estimate{&s.AtLow, &s.AtHigh} {
			d := make([]float64, len(y[0]))
			for r := range d {
				d[r] = y[1+2*j+k][r] - y[0][r]
			}
			*to, _ = student(d, usualConfidence)
		}
		swings = append(swings, s)
	}
	return mean(y[0]), swings, nil
}
