package compare

import (
	"fmt"
	"strings"
	"testing"

	"simulate/sim/experiment/analysis"
	"simulate/sim/experiment/results"
	"simulate/sim/experiment/tiny"
)

// future is an effect on sales concentration in a future.
func future(point int, value float64, clear bool) Effect {
	e := paired20(value, 1, 2000)
	e.Case, e.Against, e.Metric, e.Date, e.Point, e.Clear = "aid", "none", salesHHI, "2030-12-31", point, clear
	return e
}

// One future is no "every one of 1 future"; of several it is said over what "clearly" holds.
func TestFuturesInWords(t *testing.T) {
	words := func(point int) string { return fmt.Sprintf("eta is %d", point) }
	one := TellFutures([]Effect{future(1, -8.9, true)}, words)
	tiny.Contains(t, one, "at the end of 2030: −8.9 (95 % interval of the mean")
	unclear := TellFutures([]Effect{future(1, -3.3, false)}, words)
	tiny.Contains(t, unclear, "not clearly different from 0, −3.3 (")
	for _, text := range []string{one, unclear} {
		if strings.Contains(text, "1 future") || strings.Contains(text, "Most where") ||
			strings.Contains(text, "Bonferroni") {
			t.Errorf("one future reads %q", text)
		}
	}
	tiny.Contains(t, TellFutures([]Effect{future(1, -8.9, true), future(2, -3.3, true)}, words),
		"clearly lower in every one of 2 futures", "Most where eta is 1", "Clear is at 5 % over all effects of a metric "+
			"and date together (Bonferroni); each interval is by itself.")
	tiny.Contains(t, TellFutures([]Effect{future(1, -8.9, true), future(2, 3.3, true)}, words), "its sign turns",
		"(Bonferroni)")
	inputs := []analysis.Interaction{
		{Name: "eta", At: [2]float64{-9, -3}, Change: analysis.Estimate{Value: 6, Low: 1, High: 11}, SE: 2},
		{Name: "gamma", At: [2]float64{-9, -3}, Change: analysis.Estimate{Value: 6, Low: 4, High: 8}, SE: .5, Clear: true}}
	ends := func(analysis.Interaction) [2]string { return [2]string{"a", "b"} }
	tiny.Contains(t, TellInteractions(salesHHI, inputs, ends), "does not clearly depend on eta",
		"Clear is at 5 % over the 2 inputs together (Bonferroni); each interval is by itself.")
}

// One run of each future, as of a deterministic scenario, has no interval from which "clear" could
// follow: what it shows is told, and that it is one run.
func TestOneRunOfEachFutureInWords(t *testing.T) {
	words := func(point int) string { return fmt.Sprintf("eta is %d", point) }
	once := func(values ...float64) string {
		var effects []Effect
		for i, v := range values {
			e := EffectOf([]float64{2000}, []float64{2000 + v}, len(values))
			e.Case, e.Against, e.Metric, e.Date, e.Point = "aid", "none", salesHHI, "2030-12-31", i+1
			effects = append(effects, e)
		}
		return TellFutures(effects, words)
	}
	for _, c := range []struct{ got, want string }{
		{once(-20, -50, -10), "lower in every one of 3 futures, by one run of each, which has no interval. Most where eta " +
			"is 2: −50; least where eta is 3: −10."},
		{once(20, 50), "higher in every one of 2 futures, by one run of each"},
		{once(-20, 50, 30), "lower in 1 and higher in 2 of 3 futures, by one run of each, which has no interval. It lies " +
			"between −20, where eta is 1, and +50, where eta is 2."},
		{once(-20), "−20 in the one run, which has no interval."},
		{once(0, 0), "the one run of each does not differ in any of 2 futures."},
	} {
		if !strings.HasSuffix(c.got, c.want) && !strings.Contains(c.got, c.want) || strings.Contains(c.got, "told apart") ||
			strings.Contains(c.got, "clear") {
			t.Errorf("%q does not say %q", c.got, c.want)
		}
	}
}

// "A year after it" is not said of a case, which is nothing that begins.
func TestCaseIsNothingThatBegins(t *testing.T) {
	a := answered(paired20(-205, 19, 2950), paired20(-26, 38, 2600), "the jump")
	a.What = a.Case.Name
	tiny.Contains(t, strings.Join(a.Sentences(), " "), "reform lowers", "a year after the jump")
	a.Case.Since = &results.Marker{Date: 2025.05, Kind: "policy", Label: "Grant"}
	tiny.Contains(t, a.Headline(), "a year after Grant")
}

// A base in which something else happens is no "same world without it": both are named.
func TestBaseWithItsOwnEventIsNamed(t *testing.T) {
	jump := results.Marker{Date: 2025, Kind: "shock", Label: "the jump"}
	other := results.Marker{Date: 2025, Kind: "shock", Label: "a secret jump"}
	c := results.Case{Name: "open", Markers: []results.Marker{jump}, Base: "secret", Since: &jump}
	if names := happening(c, results.Case{Added: true}); len(names) != 1 {
		t.Errorf("without it: %q", names)
	}
	if names := happening(c, results.Case{Name: "secret", Added: true, Markers: []results.Marker{other}}); names != nil {
		t.Errorf("beside another: %q", names)
	}
	a := answered(paired20(-205, 19, 2950), paired20(-26, 38, 2600), "the jump")
	a.Base.Name, a.What = "secret", a.Case.Name
	text := strings.Join(a.Sentences(), " ")
	tiny.Contains(t, text, "against secret: ", "in secret it falls")
	if strings.Contains(text, "the same world without") {
		t.Errorf("told %q", text)
	}
}
