package analysis

import (
	"fmt"
	"math"
	"slices"

	"simulate/internal/quantity"
)

// PRIMOptions say how boxes are searched. The zero value is usual.
type PRIMOptions struct {
	Peel       float64 // share of the box that one peel removes, in (0, 0.5]; 0 for 0.05
	Paste      float64 // share of the box that one pasting adds; 0 for 0.01
	MinMass    float64 // least share of all runs in a box; 0 for 0.05
	MinDensity float64 // choose the box of greatest coverage with at least this density; 0 for the best balance of the two
	MaxQuasiP  float64 // a restriction with a greater quasi-p value is dropped from the chosen box; 0 for 0.05
	Box        *int    // choose this box of the peeling as it is, without pasting; nil: by density or balance
	Resamples  int     // draw the runs anew that often and find the box in each; 0: not
	Seed       uint64  // of the resampling

	mass float64 // choose the box of the peeling of about this mass
}

func (o PRIMOptions) defaults() (PRIMOptions, error) {
	for _, f := range []struct {
		name         string
		value        *float64
		usual, below float64
	}{
		{"peel", &o.Peel, 0.05, 0.5}, {"paste", &o.Paste, 0.01, 0.5}, {"least mass", &o.MinMass, 0.05, 1},
		{"greatest quasi-p", &o.MaxQuasiP, 0.05, 1},
	} {
		if *f.value == 0 {
			*f.value = f.usual
		}
		if !(*f.value > 0 && *f.value <= f.below) {
			return o, fmt.Errorf("a %s of %g is not a share above 0 and up to %g", f.name, *f.value, f.below)
		}
	}
	if o.Box != nil && o.MinDensity > 0 {
		return o, fmt.Errorf("a box is chosen by its number or by its density; keep one")
	}
	if o.Resamples < 0 {
		return o, fmt.Errorf("%s are not a number from 0", quantity.Plural(o.Resamples, "resample"))
	}
	if !(o.MinDensity >= 0 && o.MinDensity <= 1) {
		return o, fmt.Errorf("a least density of %g is not a share between 0 and 1", o.MinDensity)
	}
	return o, nil
}

// Discovery is what PRIM found.
type Discovery struct {
	Runs, Cases int   // all runs, and those of interest
	Peeling     []Box // from the whole space inwards
	Pasting     []Box // from the chosen box of the peeling outwards; empty if nothing could be added
	// Chosen is the last box of pasting, or the chosen box of peeling, less its insignificant
	// restrictions. Where a density is asked for it has it, unless Short.
	Chosen     Box
	MinDensity float64   // that was asked for; 0 for none
	Short      bool      // no box has the density that was asked for: Chosen is the densest
	Survival   *Survival // in runs drawn anew; nil where that was not asked for
}

// PRIM finds the box of inputs in which cases of interest concentrate, by the patient rule
// induction method of Friedman & Fisher (1999) as used in scenario discovery (Bryant & Lempert
// 2010): peel off the slice whose loss raises the density most per mass lost (Kwakkel & Jaxa-Rozen
// 2016), then paste slices back on that do not lower it. interest tells for each row whether its
// outcome is of interest; see Where.
func PRIM(in Inputs, interest []bool, o PRIMOptions) (*Discovery, error) {
	o, err := o.defaults()
	if err != nil {
		return nil, err
	}
	if err := in.check(); err != nil {
		return nil, err
	}
	if err := in.varying(); err != nil {
		return nil, err
	}
	n, cases := len(in.Rows), 0
	if len(interest) != n {
		return nil, fmt.Errorf("there are %s and %s; read both from one table", quantity.Plural(n, "row"),
			quantity.Plural(len(interest), "outcome"))
	}
	for _, is := range interest {
		if is {
			cases++
		}
	}
	switch {
	case n < 20:
		return nil, fmt.Errorf("%s are too few for a box; take at least 20, better several hundred", quantity.Plural(n,
			"run"))
	case cases == 0:
		return nil, fmt.Errorf("none of the %s is of interest: choose a bound that some of them pass",
			quantity.Plural(n, "run"))
	case cases == n:
		return nil, fmt.Errorf(
			"all %s are of interest: there is no box to find; choose a bound that some of them miss",
			quantity.Plural(n, "run"),
		)
	}
	if o.Box != nil && *o.Box < 0 {
		return nil, fmt.Errorf("there is no box %d; boxes of the peeling are numbered from 0", *o.Box)
	}
	p := newPrim(in, interest, cases)
	out, err := p.search(o)
	if err != nil {
		return nil, err
	}
	if o.Resamples > 0 {
		out.Survival = survive(in, interest, out.Chosen, o)
	}
	return out, nil
}

// search peels, pastes and simplifies.
func (p *prim) search(o PRIMOptions) (*Discovery, error) {
	out := &Discovery{Runs: len(p.interest), Cases: p.cases, Peeling: []Box{p.describe()}, MinDensity: o.MinDensity}
	limits := []limits{p.limits.clone()}
	for p.peel(o) {
		out.Peeling = append(out.Peeling, p.describe())
		limits = append(limits, p.limits.clone())
	}
	if o.Box != nil {
		if *o.Box >= len(out.Peeling) {
			return nil, fmt.Errorf("there is no box %d; the peeling has boxes 0 to %d", *o.Box, len(out.Peeling)-1)
		}
		out.Chosen, p.limits = out.Peeling[*o.Box], limits[*o.Box]
		return out, nil
	}
	if o.mass > 0 {
		at := nearestMass(out.Peeling, o.mass)
		out.Chosen, p.limits = out.Peeling[at], limits[at]
		return out, nil
	}
	best := choose(out.Peeling, o.MinDensity)
	p.limits = limits[best]
	p.fill()
	for p.paste(o) {
		out.Pasting = append(out.Pasting, p.describe())
	}
	out.Chosen = p.simplify(o)
	out.Short = out.Chosen.Density < o.MinDensity
	return out, nil
}

// nearestMass is the box of a trajectory with about as large a part of the runs.
func nearestMass(boxes []Box, mass float64) int {
	at := 0
	for i, b := range boxes {
		if math.Abs(b.Mass-mass) < math.Abs(boxes[at].Mass-mass) {
			at = i
		}
	}
	return at
}

// choose picks the box of a trajectory: of those that are dense enough the one of most coverage,
// the densest where none is; without a least density the one whose harmonic mean of coverage and
// density is greatest.
func choose(boxes []Box, minDensity float64) int {
	best, value := 0, math.Inf(-1)
	for i, b := range boxes {
		v := 2 * b.Coverage * b.Density / (b.Coverage + b.Density)
		if minDensity > 0 {
			v = b.Coverage
			if b.Density < minDensity {
				v = b.Density - 1 // only if none is dense enough, the densest
			}
		}
		if v > value {
			best, value = i, v
		}
	}
	return best
}

// limits bound a box: strictly between low and high for numbers, the kept categories for the rest.
type limits struct {
	low, high []float64
	keep      [][]bool
}

func (l limits) clone() limits {
	c := limits{slices.Clone(l.low), slices.Clone(l.high), make([][]bool, len(l.keep))}
	for j, k := range l.keep {
		c.keep[j] = slices.Clone(k)
	}
	return c
}

func (l limits) holds(j int, v float64) bool {
	if l.keep[j] != nil {
		return l.keep[j][int(v)]
	}
	return l.low[j] < v && v < l.high[j]
}
