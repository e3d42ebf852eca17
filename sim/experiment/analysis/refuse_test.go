package analysis

import (
	"math"
	"slices"
	"strings"
	"testing"

	"simulate/sim/design"
)

// clone copies inputs, so that a case can spoil them.
func clone(in Inputs) Inputs {
	rows := make([][]float64, len(in.Rows))
	for i, r := range in.Rows {
		rows[i] = slices.Clone(r)
	}
	in.Rows = rows
	return in
}

// Every way to spoil an experiment is refused with the place and a remedy, by every analysis that
// could be misled by it.
func TestSpoiltExperimentsAreRefused(t *testing.T) {
	analyses := map[string]struct {
		in  Inputs
		run func(Inputs, [][]float64) error
	}{
		"sobol": {points(t, "saltelli", design.Spec{Dimensions: 3, Samples: 32, Seed: 1}, angle), func(in Inputs,
			y [][]float64) error {
			_, err := Sobol(in, y, SobolOptions{Resampling: Resampling{Resamples: 100}})
			return err
		}},
		"second order": {points(t, "saltelli", design.Spec{Dimensions: 3, Samples: 32, Seed: 1, SecondOrder: true}, angle),
			func(in Inputs, y [][]float64) error {
				_, err := Sobol(in, y, SobolOptions{Resampling: Resampling{Resamples: 100}})
				return err
			}},
		"given": {points(t, "lhs", design.Spec{Dimensions: 3, Samples: 160, Seed: 1}, angle), func(in Inputs,
			y [][]float64) error {
			_, err := FirstOrder(in, y, SobolOptions{Resampling: Resampling{Resamples: 100}})
			return err
		}},
		"morris": {points(t, "morris", design.Spec{Dimensions: 3, Samples: 40, Seed: 1}, angle), func(in Inputs,
			y [][]float64) error {
			_, err := Morris(in, y, MorrisOptions{Resampling: Resampling{Resamples: 100}})
			return err
		}},
	}
	for name, a := range analyses {
		y := outcome(a.in, ishigami)
		if err := a.run(a.in, y); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		n := len(a.in.Rows)
		for _, c := range []struct {
			what    string
			spoil   func(in *Inputs, y *[][]float64)
			designs bool // seen only where the design has a structure
			says    string
		}{
			{"missing outcome", func(_ *Inputs, y *[][]float64) { (*y)[7] = []float64{math.NaN()} }, false,
				"point 8, replication 1"},
			{"infinite outcome", func(_ *Inputs, y *[][]float64) { (*y)[7] = []float64{math.Inf(1)} }, false,
				"not a finite number"},
			{"constant outcome", func(_ *Inputs, y *[][]float64) { *y = slices.Repeat([][]float64{{3.5}}, n) }, false,
				"the outcome is 3.5 everywhere"},
			{"unequal replications", func(_ *Inputs, y *[][]float64) { (*y)[2] = []float64{1, 2} }, false,
				"point 3 has 2 replications"},
			{"no replication", func(_ *Inputs, y *[][]float64) { (*y)[2] = nil }, false, "point 3 has no outcome"},
			{"outcomes short", func(_ *Inputs, y *[][]float64) { *y = (*y)[1:] }, false, "same rows"},
			{"missing input", func(in *Inputs, _ *[][]float64) { in.Rows[4][1] = math.NaN() }, false, "x2 is missing or not " +
				"a finite number in row 5"},
			{"constant input", func(in *Inputs, _ *[][]float64) {
				for _, r := range in.Rows {
					r[1] = 1
				}
			}, false, "x2 has the same value in every row"},
			{"names twice", func(in *Inputs, _ *[][]float64) { in.Names = []string{"a", "b", "a"} }, false,
				`two inputs are called "a"`},
			{"incomplete design", func(in *Inputs, y *[][]float64) { in.Rows, *y = in.Rows[:n-1], (*y)[:n-1] }, true,
				"incomplete"},
			{"rows swapped", func(in *Inputs, _ *[][]float64) { in.Rows[1], in.Rows[n/2] = in.Rows[n/2], in.Rows[1] }, true,
				"sort them by point"},
			{"rows turned round", func(in *Inputs, _ *[][]float64) { in.Rows = append(in.Rows[1:], in.Rows[0]) }, true,
				"reordered"},
			{"no rows", func(in *Inputs, y *[][]float64) { in.Rows, *y = nil, nil }, false, "no rows"},
		} {
			in, spoilt := clone(a.in), slices.Clone(y)
			c.spoil(&in, &spoilt)
			err := a.run(in, spoilt)
			if c.designs && name == "given" {
				if err != nil {
					t.Errorf("%s, %s: refused: %v", name, c.what, err)
				}
			} else if err == nil || !strings.Contains(err.Error(), c.says) {
				t.Errorf("%s, %s: error %v, want one that says %q", name, c.what, err, c.says)
			}
		}
	}
}

func TestPRIMRefuses(t *testing.T) {
	in := points(t, "lhs", design.Spec{Dimensions: 2, Samples: 50, Seed: 1}, same)
	all := slices.Repeat([]bool{true}, 50)
	some := append(slices.Repeat([]bool{true}, 20), make([]bool, 30)...)
	box := 999
	for _, c := range []struct {
		interest []bool
		o        PRIMOptions
		says     string
	}{
		{make([]bool, 50), PRIMOptions{}, "none of the 50 runs is of interest"},
		{all, PRIMOptions{}, "all 50 runs are of interest"},
		{all[:9], PRIMOptions{}, "50 rows and 9 outcomes"},
		{all, PRIMOptions{Peel: 0.7}, "peel of 0.7"},
		{some, PRIMOptions{Box: &box}, "the peeling has boxes 0 to"},
		{some, PRIMOptions{Box: &box, MinDensity: 0.5}, "keep one"},
	} {
		if _, err := PRIM(in, c.interest, c.o); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("error %v, want one that says %q", err, c.says)
		}
	}
}

func TestByPoint(t *testing.T) {
	y, err := ByPoint(2, 2, []int{1, 0, 1, 0}, []int{0, 1, 1, 0}, []float64{10, 1, 11, 0})
	if err != nil || y[0][0] != 0 || y[0][1] != 1 || y[1][0] != 10 || y[1][1] != 11 {
		t.Errorf("%v, %v", y, err)
	}
	for _, c := range []struct {
		point, replication []int
		says               string
	}{
		{[]int{0, 0, 1, 1}, []int{0, 0, 0, 1}, "replication 1 of point 1 is given twice"},
		{[]int{0, 0, 1}, []int{0, 1, 1}, "replication 1 of point 2 is missing"},
		{[]int{0, 0, 2}, []int{0, 1, 1}, "outside of 2 points"},
		{[]int{0}, []int{0, 1}, "1 point, 2 replications"},
	} {
		if _, err := ByPoint(2, 2, c.point, c.replication, make([]float64,
			len(c.point))); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("error %v, want one that says %q", err, c.says)
		}
	}
	if _, err := Gather(Column{Name: "a", Numbers: []float64{1, 2}}, Column{Name: "b",
		Text: []string{"x"}}); err == nil || !strings.Contains(err.Error(), "2 rows") {
		t.Errorf("columns of unequal length: %v", err)
	}
	if _, err := Gather(); err == nil {
		t.Error("took no columns")
	}
}
