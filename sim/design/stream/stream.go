package stream

import (
	"math"

	"simulate/sim"
)

// golden is 2^64/φ, the increment of SplitMix64 (Steele, Lea & Flood 2014).
const golden = 0x9e3779b97f4a7c15

// Mix is the finaliser of SplitMix64: a bijection of 64 bits in which every output bit depends on
// every input bit.
func Mix(z uint64) uint64 {
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb
	return z ^ (z >> 31)
}

// Key is the hash of a seed and a name from which streams and hashes are derived.
func Key(seed uint64, name string) uint64 {
	return Mix(math.Float64bits(sim.DrawUniform(seed, 0, name)) + golden)
}

// Of hashes a key with an index.
func Of(key, index uint64) uint64 {
	return Mix(key + golden*(index+1))
}

// Stream is one sequence of random numbers. It is not safe for concurrent use.
type Stream struct{ state uint64 }

// New starts the stream of a key.
func New(key uint64) *Stream { return &Stream{state: key} }

// Uint64 returns 64 random bits.
func (s *Stream) Uint64() uint64 {
	s.state += golden
	return Mix(s.state)
}

// Open turns 64 bits into a uniform number strictly between 0 and 1: the middle of one of 2^52
// equal cells.
func Open(bits uint64) float64 { return (float64(bits>>12) + 0.5) / (1 << 52) }

// Below returns a uniform whole number in [0, n).
func (s *Stream) Below(n int) int {
	limit := math.MaxUint64 - math.MaxUint64%uint64(n)
	for {
		if v := s.Uint64(); v < limit {
			return int(v % uint64(n))
		}
	}
}

// Shuffle puts a slice in random order (Fisher–Yates).
func Shuffle[T any](s *Stream, x []T) {
	for i := len(x) - 1; i > 0; i-- {
		j := s.Below(i + 1)
		x[i], x[j] = x[j], x[i]
	}
}
