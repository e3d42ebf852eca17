package stream

import (
	"math"
	"testing"
)

// The first outputs of SplitMix64 from state 0 and 1234567, as published with the reference
// implementation.
func TestSplitMix64(t *testing.T) {
	s := New(0)
	for i, want := range []uint64{0xe220a8397b1dcdaf, 0x6e789e6aa1b965f4, 0x06c45d188009454f} {
		if got := s.Uint64(); got != want {
			t.Errorf("output %d is %#x, want %#x", i, got, want)
		}
	}
	s = New(1234567)
	for i, want := range []uint64{6457827717110365317, 3203168211198807973, 9817491932198370423} {
		if got := s.Uint64(); got != want {
			t.Errorf("output %d is %d, want %d", i, got, want)
		}
	}
}

func TestDraws(t *testing.T) {
	if Open(0) <= 0 || Open(math.MaxUint64) >= 1 {
		t.Errorf("ends %g and %g are not inside (0, 1)", Open(0), Open(math.MaxUint64))
	}
	s := New(Key(1, "test"))
	var counts [7]int
	for range 70000 {
		counts[s.Below(7)]++
	}
	for k, c := range counts {
		if c < 9500 || c > 10500 {
			t.Errorf("%d came %d times of 70000, want about 10000", k, c)
		}
	}
	if Key(1, "a") == Key(2, "a") || Key(1, "a") == Key(1, "b") {
		t.Error("keys do not depend on seed and name")
	}
}
