package design

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"math"
	"testing"
)

// The first points in five dimensions as the program of Joe & Kuo and SciPy's
// qmc.Sobol(scramble=False) print them.
func TestSobolPublishedPoints(t *testing.T) {
	want := [][]float64{
		{0, 0, 0, 0, 0},
		{0.5, 0.5, 0.5, 0.5, 0.5},
		{0.75, 0.25, 0.25, 0.25, 0.75},
		{0.25, 0.75, 0.75, 0.75, 0.25},
		{0.375, 0.375, 0.625, 0.875, 0.375},
		{0.875, 0.875, 0.125, 0.375, 0.875},
		{0.625, 0.125, 0.875, 0.625, 0.625},
		{0.125, 0.625, 0.375, 0.125, 0.125},
	}
	p := must(t, "sobol", Spec{Dimensions: 5, Samples: 8, Unscrambled: true})
	for i, w := range want {
		if got := p.Row(i, nil); fmt.Sprint(got) != fmt.Sprint(w) {
			t.Errorf("point %d is %v, want %v", i, got, w)
		}
	}
}

// SHA-256 of the first 1024 points in all 256 dimensions, row by row as little-endian float64,
// computed with SciPy 1.10.1.
func TestSobolAllDimensions(t *testing.T) {
	h := sha256.New()
	p := must(t, "sobol", Spec{Dimensions: 256, Samples: 1024, Unscrambled: true})
	for _, row := range p.All() {
		for _, u := range row {
			h.Write(binary.LittleEndian.AppendUint64(nil, math.Float64bits(u)))
		}
	}
	if got, want := fmt.Sprintf("%x", h.Sum(nil)),
		"8c2c51436a9d7fe17c731448c617b08827b02c2d0f9b72fa82e469106a934ec9"; got != want {
		t.Errorf("points hash to %s, want %s", got, want)
	}
}

// Scrambling keeps the balance of the sequence: 2^m points have one in each of 2^m slices of every
// axis, and 16 in each square of a 16 × 16 board in the first two dimensions, of which any 2^m
// points form a (0, m, 2)-net.
func TestScrambledSobolIsBalanced(t *testing.T) {
	for seed := range uint64(5) {
		const n = 4096
		rows := must(t, "sobol", Spec{Dimensions: 6, Samples: n, Seed: seed}).All()
		for j := range 6 {
			var seen [n]bool
			for _, r := range rows {
				seen[int(r[j]*n)] = true
			}
			for k, s := range seen {
				if !s {
					t.Fatalf("seed %d: dimension %d has no point in slice %d", seed, j, k)
				}
			}
		}
		var board [16][16]int
		for _, r := range rows {
			board[int(r[0]*16)][int(r[1]*16)]++
		}
		for _, line := range board {
			for _, c := range line {
				if c != 16 {
					t.Fatalf("seed %d: a square holds %d points, want 16", seed, c)
				}
			}
		}
	}
}

// Owen scrambling makes the mean of a smooth function unbiased with an error far below that of
// random points, whose standard error here is √((1.25^6 − 1)/1024) = 0.053.
func TestScrambledSobolIntegrates(t *testing.T) {
	const n, seeds = 1024, 20
	var sum, squares float64
	for seed := range uint64(seeds) {
		mean := 0.0
		p := must(t, "sobol", Spec{Dimensions: 6, Samples: n, Seed: seed})
		u := make([]float64, 6)
		for i := range n {
			f := 1.0
			for _, x := range p.Row(i, u) {
				f *= 1 + 0.5*(x-0.5)*math.Sqrt(12)
			}
			mean += f / n
		}
		sum += mean - 1
		squares += (mean - 1) * (mean - 1)
	}
	if rmse := math.Sqrt(squares / seeds); rmse > 0.006 || math.Abs(sum/seeds) > 0.004 {
		t.Errorf("root mean square error %.4f, mean error %.4f", rmse, sum/seeds)
	}
}
