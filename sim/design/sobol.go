package design

import (
	_ "embed"
	"fmt"
	"math/bits"
	"strconv"
	"strings"
	"sync"

	"simulate/internal/quantity"
	"simulate/sim/design/stream"
)

//go:embed new-joe-kuo-6.256.txt
var joeKuo string

const (
	sobolBits       = 32  // bits of a coordinate; a sequence has 2^32 points
	sobolDimensions = 256 // dimensions of the embedded table
)

// directions returns the direction numbers V[j][k] = m_{k+1}·2^(31−k) of every dimension.
var directions = sync.OnceValue(func() *[sobolDimensions][sobolBits]uint32 {
	var v [sobolDimensions][sobolBits]uint32
	for k := range sobolBits {
		v[0][k] = 1 << (31 - k) // the first dimension is van der Corput's sequence in base 2
	}
	for line := range strings.Lines(joeKuo) {
		f := strings.Fields(line)
		if len(f) == 0 || f[0] == "#" || f[0] == "d" {
			continue
		}
		n := make([]uint32, len(f))
		for i := range f {
			x, err := strconv.ParseUint(f[i], 10, 32)
			if err != nil {
				panic("table of direction numbers: " + err.Error())
			}
			n[i] = uint32(x)
		}
		degree, a, m := int(n[1]), n[2], n[3:]
		w := &v[n[0]-1]
		for k := range sobolBits {
			if k < degree {
				w[k] = m[k] << (31 - k)
				continue
			}
			// The recurrence of the primitive polynomial x^s + a_1 x^(s−1) + … + a_(s−1) x + 1.
			w[k] = w[k-degree] ^ w[k-degree]>>degree
			for l := 1; l < degree; l++ {
				w[k] ^= (a >> (degree - 1 - l) & 1) * w[k-l]
			}
		}
	}
	return &v
})

// sobolAt is coordinate j of point i in the order of Gray's code, in units of 2^−32.
func sobolAt(i uint32, j int) uint32 {
	v := &directions()[j]
	x := uint32(0)
	for g := i ^ i>>1; g != 0; g &= g - 1 {
		x ^= v[bits.TrailingZeros32(g)]
	}
	return x
}

// owen scrambles a coordinate by nested uniform scrambling (Owen 1995): bit b flips by a hash of
// the dimension's key and the bits above b, so points that share a cell at some depth go on sharing
// one.
func owen(x uint32, key uint64) uint32 {
	y := x
	for b := range sobolBits {
		prefix := uint64(x) >> (sobolBits - b) // the b leading bits
		flip := stream.Of(key, prefix|1<<b) >> 63
		y ^= uint32(flip) << (sobolBits - 1 - b)
	}
	return y
}

// sobolSequence returns a function of (point, dimension) for the sequence of a spec.
func sobolSequence(s Spec, dimensions int) func(i, j int) float64 {
	if s.Unscrambled {
		return func(i, j int) float64 { return float64(sobolAt(uint32(i), j)) / (1 << 32) }
	}
	keys := make([]uint64, dimensions)
	for j := range keys {
		keys[j] = stream.Key(s.Seed, "design/sobol/"+strconv.Itoa(j))
	}
	return func(i, j int) float64 {
		return (float64(owen(sobolAt(uint32(i), j), keys[j])) + 0.5) / (1 << 32)
	}
}

func makeSobol(s Spec) (*Points, error) {
	if err := checkSobol("sobol", s, s.Dimensions); err != nil {
		return nil, err
	}
	if s.Unscrambled && len(s.Correlations) > 0 {
		return nil, fmt.Errorf("rank correlations need scrambled Sobol' points: the published ones contain 0, where a " +
			"normal score is infinite")
	}
	at := sobolSequence(s, s.Dimensions)
	correlate, err := copula(s.Dimensions, s.Correlations)
	if err != nil {
		return nil, err
	}
	return points(float64(s.Samples), s.Dimensions, func(i int, u []float64) {
		for j := range u {
			u[j] = at(i, j)
		}
		correlate(u)
	})
}

func checkSobol(name string, s Spec, dimensions int) error {
	if err := checkSampled(name, s); err != nil {
		return err
	}
	if dimensions > sobolDimensions {
		return fmt.Errorf("%s needs %s of the Sobol' sequence for %s and the table has %d; vary fewer "+
			"inputs or use lhs or morris",
			name, quantity.Plural(dimensions, "dimension"), quantity.Plural(s.Dimensions, "input"), sobolDimensions)
	}
	if n := s.Samples; n&(n-1) != 0 {
		below := 1 << (bits.Len(uint(n)) - 1)
		return fmt.Errorf("%s is balanced in powers of two only; ask for %d or %s instead of %d", name, below,
			quantity.Plural(2*below, "sample"), n)
	}
	return nil
}
