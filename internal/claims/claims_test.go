package claims

import (
	"strings"
	"testing"
)

// The committed data were made by this version from these scenarios: go run ./examples/claims makes
// them again.
func TestDataAreOfThisVersion(t *testing.T) {
	values, identities, err := read(committed)
	if err != nil {
		t.Fatal(err)
	}
	want, err := Identities()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range claims {
		for _, f := range c.figures {
			if identities[f.name] != want[f.experiment] {
				t.Errorf("%s is of another version, seed or scenario; run `go run ./examples/claims`", f.name)
			}
			if values[f.name].n != Replications {
				t.Errorf("%s: %d replications", f.name, values[f.name].n)
			}
		}
	}
}

// Every row has its figures in its words, a verdict and a reason; a figure that is taken as given
// is never said to agree.
func TestRows(t *testing.T) {
	rows, err := Builtin()
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != len(claims) {
		t.Errorf("%d rows", len(rows))
	}
	for _, r := range rows {
		if strings.Contains(r.Model, "{}") || r.Verdict == "" || r.Because == "" || r.Article == "" {
			t.Errorf("%+v", r)
		}
		t.Logf("%s | %s | %s | %s", r.Claim, r.Article, r.Model, r.Verdict)
	}
}

// Verdicts follow the numbers.
func TestVerdicts(t *testing.T) {
	near := within("x", 100, 1.5)
	for mean, want := range map[float64]string{100: agrees, 149: agrees, 67: agrees, 151: contradicts, 60: contradicts} {
		if got := near(map[string]value{"x": {mean: mean}}); got != want {
			t.Errorf("%v: %s", mean, got)
		}
	}
	for _, c := range claims {
		if strings.HasPrefix(c.says, "It is excellent news") {
			clear := map[string]value{"elastic_06": {10, -1, .1}, "elastic_15": {10, 1, .1}}
			noisy := map[string]value{"elastic_06": {10, -1, 1}, "elastic_15": {10, 1, 1}}
			if c.verdict(clear) != depends || c.verdict(noisy) != undecided {
				t.Error("the verdict on the supplier does not look at the error")
			}
		}
		if strings.HasPrefix(c.says, "Reasoning at test time") {
			for _, one := range []struct {
				low, middle, high float64
				want              string
			}{{-.007, .011, .023, depends}, {.007, .011, .023, contradicts}, {.2, .3, .4, agrees}, {.05, .2, .4, depends},
				{-.02, -.01, -.005, contradicts}} {
				if got := c.verdict(map[string]value{"test_time_09": {10, one.low, .001}, "test_time": {10, one.middle, .001},
					"test_time_16": {10, one.high, .001}}); got != one.want {
					t.Errorf("test time %v: %s", one, got)
				}
			}
		}
		verdict := c.verdict(map[string]value{"run_cost": {}})
		if strings.HasPrefix(c.says, "DeepSeek trained") && !strings.HasPrefix(verdict, input) {
			t.Error("the run's compute is an input")
		}
	}
}
