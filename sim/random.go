package sim

import (

	//lint:ignore SA1019 frozen algorithms are what a published result needs; TestStreamsAreFrozen guards them
	"golang.org/x/exp/rand"

	"simulate/sim/portable"
)

// Random numbers come from one stream per (seed, replication, lab, process, step), made by hashing
// that key. Scenarios with one seed so share their luck to the last step, and a draw or a lab added
// in one place moves no other draw. The case is not in the key.

// golden is 2^64/φ, the increment of SplitMix64.
const golden = 0x9e3779b97f4a7c15

// mix is the finaliser of SplitMix64 (Steele, Lea & Flood 2014). Seeds must pass through it: raw
// neighbouring seeds of PCG as x/exp/rand sets them give correlated streams.
func mix(z uint64) uint64 {
	z += golden
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb
	return z ^ (z >> 31)
}

// hashName is FNV-1a of the name, mixed.
func hashName(s string) uint64 {
	h := uint64(14695981039346656037)
	for i := 0; i < len(s); i++ {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return mix(h)
}

// runKey identifies a run: its seed and replication within a domain ("run", "reference",
// "parameters").
func runKey(domain string, seed uint64, replication int) uint64 {
	return mix(mix(hashName(domain)^seed) + uint64(replication))
}

// stream is a reusable generator that is set to the start of one keyed stream at a time.
type stream struct {
	source rand.PCGSource
	*rand.Rand
}

func newStream() *stream {
	s := &stream{}
	s.Rand = rand.New(&s.source)
	return s
}

// at moves to the stream of a lab's process at a step.
func (s *stream) at(labKey uint64, process, step int) {
	s.source.Seed(mix(labKey + uint64(process)<<32 + uint64(step)))
}

// open returns a uniform draw in (0, 1).
func (s *stream) open() float64 {
	for {
		if u := s.Float64(); u > 0 {
			return u
		}
	}
}

// DrawUniform returns the uniform in (0, 1) that belongs to a name, seed and replication. Uncertain
// parameters are drawn by the inverse CDF of it, so that scenarios which share a parameter share
// its draw.
func DrawUniform(seed uint64, replication int, name string) float64 {
	s := newStream()
	s.at(runKey("parameters", seed, replication)^hashName(name), 0, 0)
	return s.open()
}

// count draws a Poisson number from one uniform by inverse CDF, so that a changed mean keeps the
// luck.
func (s *stream) count(mean float64) int {
	u, p := s.Float64(), portable.Exp(-mean)
	n := 0
	for cdf := p; u > cdf && p > 0; cdf += p {
		n++
		p = float64(p * (mean / float64(n)))
	}
	return n
}
