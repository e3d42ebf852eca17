package scenario

import (
	"math"
	"slices"
	"strings"
	"testing"

	"simulate/sim"

	"gonum.org/v1/gonum/floats"
	"gonum.org/v1/gonum/stat"
)

const uncertain = `extends: baseline
parameters:
  market.theta: 1.2 to 3
  research.lambda: {dist: uniform, low: 0.2, high: 1}
  research.omega: {dist: loguniform, low: 0.1, high: 3}
  training.release_interval: {dist: triangular, low: 3 months, mode: 6 months, high: 1 year}
  training.mfu: {dist: beta, a: 2, b: 3, low: 0.1, high: 0.6}
  market.brand_of_open_models: {dist: normal, mean: -1.4, sd: 0.5}
  training.adoption: {dist: choice, values: [true, false], weights: [3, 1]}
  funding.growth_independent: 1.6x/yr to 2.9x/yr
labs:
  deepseek: {budget: $100M/yr to $1B/yr, openness: {dist: choice, values: [open, closed]}}
correlations:
  - {between: [market.theta, research.omega], rank: 0.7}
  - {between: [research.omega, training.mfu], rank: -0.4}
`

// TestDraw checks that draws depend on seed, replication and PATH alone, and that a Config is not
// changed by them.
func TestDraw(t *testing.T) {
	s := mustLoad(t, fileWith(t, uncertain))
	before := clone(s.Config())
	a, err := s.Draw(1, 0)
	if err != nil {
		t.Fatal(err)
	}
	b, _ := s.Draw(1, 0)
	c, _ := s.Draw(1, 1)
	d, _ := s.Draw(2, 0)
	if sameConfig(a, b) != "" {
		t.Error("the same replication is drawn differently")
	}
	if a.Parameters.Market.Theta == c.Parameters.Market.Theta || a.Parameters.Market.Theta == d.Parameters.Market.Theta {
		t.Error("other replications or seeds draw the same")
	}
	if diff := sameConfig(before, s.Config()); diff != "" {
		t.Error("drawing changed the Config:", diff)
	}
	if got := a.Labs[10].Budget.Growth; got == math.Log(2.4) || got != a.Parameters.Funding.GrowthIndependent {
		t.Errorf("a lab's growth %v does not follow the class's %v", got, a.Parameters.Funding.GrowthIndependent)
	}
	other := mustLoad(t, fileWith(t, strings.Replace(uncertain, "correlations:", "events: [{at: 2025-01, shock: {lab: "+
		"all, training_efficiency: 1x to 8x}}]\ncorrelations:", 1)))
	e, err := other.Draw(1, 0)
	if err != nil {
		t.Fatal(err)
	}
	if e.Parameters != a.Parameters || e.Labs[10].Budget.Points[0].Value != a.Labs[10].Budget.Points[0].Value {
		t.Error("scenarios do not share their draws")
	}
}

// TestNoDraws checks that a scenario without distributions gives its own Config.
func TestNoDraws(t *testing.T) {
	s := mustLoad(t, "baseline")
	if c, err := s.Draw(1, 5); err != nil || c != s.Config() || s.HasDraws() {
		t.Error("a plain scenario is drawn", err)
	}
	fixed, err := Load(fileWith(t, uncertain), Options{FixParameters: true})
	if err != nil || fixed.HasDraws() {
		t.Fatal("parameters are not fixed", err)
	}
	near(t, "median", fixed.Config().Parameters.Market.BrandOfOpenModels, -1.4)
	near(t, "median", fixed.Config().Parameters.Research.Lambda, 0.6)
	if l, _ := fixed.Knob("research.lambda"); !l.HasRange || l.Range[0] > 0.25 {
		t.Errorf("the range is lost: %v", l.Range)
	}
}

// sample draws n replications of the uncertain scenario, by PATH.
func sample(t testing.TB, n int) map[string][]float64 {
	t.Helper()
	s := mustLoad(t, fileWith(t, uncertain))
	out := map[string][]float64{}
	for r := range n {
		c, err := s.Draw(3, r)
		if err != nil {
			t.Fatal(err)
		}
		p := &c.Parameters
		for path, v := range map[string]float64{
			"theta": p.Market.Theta, "lambda": p.Research.Lambda, "omega": p.Research.Omega,
			"interval": p.Training.ReleaseInterval, "mfu": p.Training.Mfu,
			"brand": p.Market.BrandOfOpenModels, "adoption": p.Training.Adoption, "budget": c.Labs[10].Budget.Points[0].Value,
			"open": float64(c.Labs[10].Openness),
		} {
			out[path] = append(out[path], v)
		}
	}
	return out
}

// TestDistributions checks quantiles of 4,000 draws against the distributions; the standard error
// of a quantile near the median is about .8 %, so that 4 % is five of them.
func TestDistributions(t *testing.T) {
	const n = 4000
	draws := sample(t, n)
	below := func(path string, v float64) float64 {
		k := 0
		for _, x := range draws[path] {
			if x <= v {
				k++
			}
		}
		return float64(k) / n
	}
	for _, c := range []struct {
		path    string
		v, want float64
	}{
		{"theta", 1.2, 0.05}, {"theta", 3, 0.95}, {"theta", math.Sqrt(1.2 * 3), 0.5}, // lognormal by its 90 % interval
		{"lambda", 0.4, 0.25}, {"omega", math.Sqrt(0.1 * 3), 0.5}, {"brand", -1.4 + 0.5, 0.8413},
		{"interval", 0.5, 0.25 / 0.75}, // the triangle's part below its mode: (mode − low)/(high − low)
		{"mfu", 0.1 + 0.5*0.4, 0.5248}, // I_0.4(2, 3) = 1 − Σ_{k<2} C(4,k)·.4^k·.6^{4−k} = 1 − .1296 − .3456
		{"adoption", 0, 0.25}, {"budget", math.Sqrt(1e8 * 1e9), 0.5}, {"open", 0, 0.5},
	} {
		if got := below(c.path, c.v); math.Abs(got-c.want) > 0.04 {
			t.Errorf("%s: %.3f of the draws are below %g, want %.3f", c.path, got, c.v, c.want)
		}
	}
	for path, bounds := range map[string][2]float64{"theta": {0.1, 12}, "lambda": {0.2, 1}, "omega": {0.1, 3},
		"mfu": {0.1, 0.6}, "interval": {0.25, 1}} {
		if lo, hi := slices.Min(draws[path]), slices.Max(draws[path]); lo < bounds[0] || hi > bounds[1] {
			t.Errorf("%s: draws from %v to %v leave %v", path, lo, hi, bounds)
		}
	}
	for _, c := range []struct {
		a, b string
		want float64
	}{{"theta", "omega", 0.7}, {"omega", "mfu", -0.4}, {"theta", "mfu", 0}, {"theta", "lambda", 0}, {"theta", "budget",
		0}} {
		if got := spearman(draws[c.a], draws[c.b]); math.Abs(got-c.want) > 0.06 {
			t.Errorf("rank correlation of %s and %s is %.3f, want %.2f", c.a, c.b, got, c.want)
		}
	}
}

func spearman(x, y []float64) float64 {
	ranks := func(v []float64) []float64 {
		index, out := make([]int, len(v)), make([]float64, len(v))
		floats.Argsort(slices.Clone(v), index)
		for r, i := range index {
			out[i] = float64(r)
		}
		return out
	}
	return stat.Correlation(ranks(x), ranks(y), nil)
}

// TestRedraw checks that vectors without a price equilibrium are drawn again, and that impossible
// ones end in an error.
func TestRedraw(t *testing.T) {
	s := mustLoad(t, fileWith(t, "extends: baseline\nparameters: {market.sigma: 1.7 to 4, market.eta: 0.6 to 2}\n"))
	for r := range 2000 {
		c, err := s.Draw(1, r)
		if err != nil {
			t.Fatal(err)
		}
		if m := c.Parameters.Market; m.Sigma <= math.Max(m.Eta, m.EpsilonMin) {
			t.Fatalf("replication %d: sigma %v, eta %v", r, m.Sigma, m.Eta)
		}
	}
	hosts := mustLoad(t, fileWith(t, "extends: baseline\nparameters: {market.sigma: 1.7 to 4, "+
		"market.host_substitution: 1.05 to 3}\n"))
	for r := range 500 {
		c, err := hosts.Draw(1, r)
		if err != nil {
			t.Fatal(err)
		}
		if m := c.Parameters.Market; m.HostSubstitution > m.Sigma {
			t.Fatalf("replication %d: sigma %v, host_substitution %v", r, m.Sigma, m.HostSubstitution)
		}
	}
	never := mustLoad(t, fileWith(t, "extends: baseline\nlabs: {microsoft: {sales: {china: {dist: choice, values: "+
		"[0.1, 0.9], weights: [0.6, 0.4]}, enterprise: {dist: choice, values: [0, 0.99], weights: [51, 49]}}}}\n"))
	c, err := never.Draw(1, 0)
	if err != nil {
		t.Fatal(err)
	}
	if err := consistent(c); err != nil {
		t.Error(err)
	}
	broken := mustLoad(t, "baseline")
	broken.drawn = []*Knob{{Path: "x", dist: &distribution{quantile: func(float64) float64 { return 1 }},
		set: func(c *sim.Config, v float64) { c.Parameters.Market.Sigma = v }}}
	if _, err := broken.Draw(1, 0); err == nil || !strings.Contains(err.Error(), "1,000 draws in a row are impossible, "+
		"the last because sigma 1") {
		t.Errorf("got %v", err)
	}
}

// TestVary sets every lever of the largest fixture to its ends in turn; the original must not
// change.
func TestVary(t *testing.T) {
	s := mustLoad(t, "testdata/good/alone.yaml")
	before := clone(s.Config())
	changed := 0
	for _, l := range s.Knobs() {
		for _, v := range []float64{l.Low, l.High} {
			if l.Path == "clock.end" && v == l.Low {
				continue // it would come before an event
			}
			if math.IsInf(v, 0) {
				v = 1.5
			}
			c, err := s.Vary(s.Config(), []*Knob{l}, []float64{v})
			if c == nil {
				t.Errorf("%s = %v: %v", l.Path, v, err)
				continue
			}
			if v == l.Low && sameConfig(before, c) != "" {
				changed++
			}
		}
		if diff := sameConfig(before, s.Config()); diff != "" {
			t.Fatalf("%s changed the original: %s", l.Path, diff)
		}
	}
	if n := len(s.Knobs()); n < 250 || changed < n*4/5 {
		t.Errorf("%d levers made %d changes", n, changed)
	}
	eta, _ := s.Knob("parameters.market.eta")
	if _, err := s.Vary(s.Config(), []*Knob{eta}, []float64{9}); err == nil {
		t.Error("a value outside the allowed range passes")
	}
	if v, err := eta.Parse("130%"); err != nil || v != 1.3 {
		t.Error(v, err)
	}
	if _, err := eta.Parse("9"); err == nil {
		t.Error("a text outside the allowed range passes")
	}
	near(t, "quantile of a range", eta.Quantile(0.5), math.Sqrt(0.6*1.5))
	theta, _ := s.Knob("market.theta")
	if !theta.Drawn() || theta.Format(1.7) != "1.7" || theta.Quantile(0) != 1.2 {
		t.Errorf("theta %v", theta.Quantile(0))
	}
}

func BenchmarkDraw(b *testing.B) {
	s := mustLoad(b, fileWith(b, uncertain))
	for r := 0; b.Loop(); r++ {
		if _, err := s.Draw(1, r); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	for b.Loop() {
		mustLoad(b, "baseline")
	}
}
