package sim

import (
	"math"
	"strings"
	"testing"
)

// Every parameter states its meaning, unit, source and a default inside its allowed range, which
// holds twice the 90 % interval (in logs where it is positive) as far as the parameter's nature
// goes: no share beyond one, no rate below zero. Where it ends before that, the parameter's own
// words say why: "Beyond …" or "Below …".
func TestRegistryIsComplete(t *testing.T) {
	for _, f := range Registry() {
		owner, field := splitName(f.GoName)
		if Comment(owner, field) == "" || f.Unit == "" || f.Source == "" {
			t.Errorf("%s: meaning %q, unit %q, source %q", f.Path, Comment(owner, field), f.Unit, f.Source)
		}
		if !(f.Default >= f.Low && f.Default <= f.High) {
			t.Errorf("%s: default %g outside %g to %g", f.Path, f.Default, f.Low, f.High)
		}
		if !f.HasInterval {
			continue
		}
		low, high := f.Interval[0], f.Interval[1]
		if !(f.Default >= low && f.Default <= high) {
			t.Errorf("%s: default %g outside its 90 %% interval", f.Path, f.Default)
		}
		half := (high - low) / 2
		wideLow, wideHigh := low-half, high+half
		if low > 0 {
			ratio := math.Sqrt(high / low)
			wideLow, wideHigh = low/ratio, high*ratio
		}
		said := func(word string) bool { return strings.Contains(Comment(owner, field), word) }
		if f.Low > wideLow && f.Low != 0 && !said("Below ") {
			t.Errorf("%s: least allowed value %g above %g, the low end of twice its interval", f.Path, f.Low, wideLow)
		}
		if f.High < wideHigh && f.High != 1 && !said("Beyond ") {
			t.Errorf("%s: greatest allowed value %g below %g, the high end of twice its interval", f.Path, f.High, wideHigh)
		}
	}
}

func splitName(goName string) (owner, field string) {
	for i := range goName {
		if goName[i] == '.' {
			return goName[:i], goName[i+1:]
		}
	}
	return goName, ""
}
