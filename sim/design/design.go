package design

import (
	"fmt"

	"simulate/internal/quantity"
)

// Spec says which points are wanted. Every design needs Dimensions; the rest is used as Designs
// tells.
type Spec struct {
	Dimensions int    // number of inputs, at least 1
	Samples    int    // lhs, sobol: points; saltelli: base points, a power of two; morris: trajectories
	Levels     []int  // grid: values of each input; list: number of rows; morris: one even number, default 4
	Seed       uint64 // sampled designs: points are a function of it
	// Sobol' points as published, without scrambling (sobol, saltelli). They contain 0 and have no
	// random error to estimate.
	Unscrambled bool
	SecondOrder bool // saltelli: add the points that interactions of pairs need
	// oat: coordinates of the low, base and high setting of each input; nil for 0.05, 0.5 and 0.95,
	// the ends of a 90 % interval.
	Low, Base, High []float64
	Correlations    []Correlation // lhs, sobol: rank correlations to impose; pairs left out are independent
}

// Correlation is a wanted rank correlation (Spearman's) between two inputs, counted from 0.
type Correlation struct {
	A, B int
	Rank float64 // strictly between −1 and 1
}

// Design is a way to choose points.
type Design struct {
	Name    string
	Meaning string
	From    Source
	Samples int // of a sampled design unless asked otherwise: points, base points or trajectories
	// points are spread over the whole space, so that rank correlations can be imposed and any
	// analysis is of a sample
	Fills  bool
	Order  Order // what an analysis reads from the order of the points
	ByHand bool  // the points are given one by one, and may repeat each other
	Usual  bool  // taken where no design is named, if its points come from what is given
	Make   func(Spec) (*Points, error)
}

// Order is what an analysis reads from the order of the points.
type Order int

const (
	AnyOrder     Order = iota
	Trajectories       // walks one after the other, each of one point more than there are inputs
	Swings             // the base, then each input at its low and its high setting
	Crossings          // two samples and their crossings, base point by base point
)

// Source is where the points of a design come from.
type Source int

const (
	Sampled  Source = iota // by chance: they depend on the seed
	Listed                 // from the values that are listed for each input
	Settings               // from a low, a base and a high setting of each input
)

// Usual is the design that is taken where none is named, of the listed values or by chance.
func Usual(from Source) Design {
	for _, d := range Designs {
		if d.Usual && d.From == from {
			return d
		}
	}
	panic("design: no usual one")
}

// ByHand is the design of points that are given one by one.
func ByHand() Design {
	for _, d := range Designs {
		if d.ByHand {
			return d
		}
	}
	panic("design: none by hand")
}

// Names are the names of all designs.
func Names() []string {
	names := make([]string, len(Designs))
	for i, d := range Designs {
		names[i] = d.Name
	}
	return names
}

// Designs lists every design.
var Designs = []Design{
	{Name: "grid", Meaning: "every combination of the listed values (full factorial); points grow as the product of " +
		"the values", From: Listed, Usual: true, Make: makeGrid},
	{
		Name:    "list",
		Meaning: "the listed values row by row: the first of each input together, then the second of each, …",
		From:    Listed,
		ByHand:  true,
		Make:    makeList,
	},
	{Name: "oat", Meaning: "one input at a time at its low and its high value, the others at their base: 2d + 1 " +
		"points, for tornado charts", From: Settings, Order: Swings, Make: makeOneAtATime},
	{Name: "lhs", Meaning: "Latin hypercube: random points with every input spread evenly over n equal slices",
		Samples: 256, Fills: true, Make: Latin},
	{Name: "sobol", Meaning: "Sobol' points (Joe & Kuo 2008, Owen-scrambled): fill the space more evenly than random " +
		"ones; a power of two of them", Samples: 256, Fills: true, Usual: true, Make: makeSobol},
	{Name: "morris", Meaning: "Morris trajectories: n walks that change one input at a time, n(d + 1) points, to " +
		"screen many inputs cheaply", Samples: 20, Order: Trajectories, Make: makeMorris},
	{Name: "saltelli", Meaning: "two Sobol' samples and their crossings, n(d + 2) points or n(2d + 2) with second " +
		"order, for Sobol indices", Samples: 256, Order: Crossings, Make: makeSaltelli},
}

// LookUp finds a design by name. The error names the nearest one.
func LookUp(name string) (Design, error) {
	for _, d := range Designs {
		if d.Name == name {
			return d, nil
		}
	}
	return Design{}, fmt.Errorf("no design is called %q; %s", name, quantity.DidYouMean(name, Names()))
}

// mostPoints bounds a design, so that a slip of the pen is refused before it fills a machine.
const mostPoints = 100_000_000

// Points are the rows of a design, computed when asked for. Safe for concurrent use.
type Points struct {
	n, d int
	row  func(i int, u []float64)
}

// Len returns the number of points.
func (p *Points) Len() int { return p.n }

// Dimensions returns the number of coordinates of a point.
func (p *Points) Dimensions() int { return p.d }

// Row writes point i, from 0, into u, which must hold Dimensions numbers, and returns it; a nil u
// is allocated.
func (p *Points) Row(i int, u []float64) []float64 {
	if u == nil {
		u = make([]float64, p.d)
	}
	p.row(i, u)
	return u
}

// All returns every point.
func (p *Points) All() [][]float64 {
	flat := make([]float64, p.n*p.d)
	rows := make([][]float64, p.n)
	for i := range rows {
		rows[i] = p.Row(i, flat[i*p.d:(i+1)*p.d:(i+1)*p.d])
	}
	return rows
}

// points checks the size of a design, which is given as a float so that it cannot overflow.
func points(size float64, d int, row func(int, []float64)) (*Points, error) {
	if size > mostPoints {
		return nil, fmt.Errorf("the design has %.3g points, more than %d; take fewer values or samples, or lhs or sobol "+
			"instead of a grid", size, mostPoints)
	}
	return &Points{n: int(size), d: d, row: row}, nil
}

func checkDimensions(s Spec) error {
	if s.Dimensions < 1 {
		return fmt.Errorf("a design needs at least one input that varies")
	}
	return nil
}

func checkSampled(name string, s Spec) error {
	if err := checkDimensions(s); err != nil {
		return err
	}
	if s.Samples < 1 {
		return fmt.Errorf("%s needs a number of samples of at least 1, not %d", name, s.Samples)
	}
	return nil
}

// independent refuses correlations where a design or its analysis rests on independent inputs.
func independent(name string, s Spec) error {
	if len(s.Correlations) > 0 {
		return fmt.Errorf("%s moves its inputs independently and cannot impose rank correlations; use lhs or sobol, or "+
			"leave the correlations out", name)
	}
	return nil
}
