package portable_test

import (
	"os"
	"os/exec"
	"regexp"
	"testing"
)

// fused matches the instructions of arm64 that multiply and add with one rounding.
var fused = regexp.MustCompile(`\t(FN?M(?:ADD|SUB)D)\t`)

// The packages whose numbers must not depend on the machine hold no fused product when compiled for
// one that could.
func TestNothingIsFused(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped: compiles for another machine")
	}
	for _, path := range []string{"simulate/sim/portable", "simulate/sim/concentration", "simulate/sim"} {
		cmd := exec.Command("go", "build", "-gcflags="+path+"=-S", path)
		cmd.Env = append(os.Environ(), "GOOS=linux", "GOARCH=arm64", "CGO_ENABLED=0")
		text, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%s: %v\n%s", path, err, text)
		}
		if hits := fused.FindAll(text, -1); len(hits) > 0 {
			t.Errorf("%s has %d fused products; write float64(a*b) where a product meets a sum: go build -gcflags=-S", path,
				len(hits))
		}
	}
}
