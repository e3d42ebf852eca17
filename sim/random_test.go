package sim

import (
	"math"
	"testing"
)

// TestStreamsAreFrozen holds the first draws of keyed streams, one of each kind that processes
// take. Every published number rests on them: a newer golang.org/x/exp/rand, or a change of the
// keys, must not move a bit.
func TestStreamsAreFrozen(t *testing.T) {
	type draws struct {
		bits                         [2]uint64
		uniform, normal, exponential float64
		poisson                      int
	}
	for _, c := range []struct {
		seed        uint64
		replication int
		want        draws
	}{
		{1, 2, draws{[2]uint64{0xe0bc360c544cf783, 0xb241cc4af2a5195e}, 0.6955543008378289, -0.9357002157445813,
			0.3352969183252703, 6}},
		{20250120, 0, draws{[2]uint64{0xbadf22d5fb9886c5, 0x43b34999f2f24c1b}, 0.3803962547734909, -0.8546107241332628,
			1.3238953445168669, 2}},
		{1<<64 - 1, 199, draws{[2]uint64{0xa8e1791f2b0d4d8f, 0x9bb9ca821d050b72}, 0.9275085849833737, 1.3981406249718362,
			0.17573503859917605, 3}},
	} {
		s := newStream()
		s.at(runKey("run", c.seed, c.replication)^hashName("deepseek"), drawResearch, 3)
		got := draws{bits: [2]uint64{s.Uint64(), s.Uint64()}}
		got.uniform, got.normal, got.exponential, got.poisson = s.Float64(), s.normal(), s.ExpFloat64(), s.count(4)
		if got != c.want {
			t.Errorf("seed %d, replication %d: %#v, want %#v", c.seed, c.replication, got, c.want)
		}
	}
	if got, want := DrawUniform(7, 3, "market.eta"), 0.5927386909744691; got != want {
		t.Errorf("the draw of a parameter is %#v, want %#v", got, want)
	}
}

// Normal numbers are those of the library, which differ in the last place of what lies in the tails
// on some machines, and leave the stream where it does.
func TestNormalNumbersAreTheLibrarys(t *testing.T) {
	ours, theirs := newStream(), newStream()
	ours.at(1, 2, 3)
	theirs.at(1, 2, 3)
	tails := 0
	for range 2_000_000 {
		got, want := ours.normal(), theirs.NormFloat64()
		if math.Abs(got) > zigguratTail {
			tails++
			if math.Abs(got-want) < 1e-15*math.Abs(want) {
				continue
			}
		}
		if got != want {
			t.Fatalf("%v instead of %v", got, want)
		}
	}
	if ours.Uint64() != theirs.Uint64() {
		t.Error("the streams are at different places")
	}
	if tails < 500 {
		t.Errorf("%d numbers in the tails show little", tails)
	}
}
