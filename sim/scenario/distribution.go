package scenario

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"simulate/internal/quantity"

	"simulate/sim/portable"
)

// distribution is what a value is drawn from, cut off at the allowed range of the value.
type distribution struct {
	kind     string
	quantile func(u float64) float64 // inverse of the distribution function
	canon    *node                   // as YAML() prints it
}

// median is the value used where nothing is drawn.
func (d *distribution) median() float64 { return d.quantile(0.5) }

// z90 is the 95 % quantile of the standard normal: a 90 % interval spans ±z90 standard deviations.
const z90 = 1.6448536269514722

// Keys of each distribution. low and high are the 5 % and 95 % quantiles of normal and lognormal,
// and the ends of the others.
var distributions = map[string]struct{ required, optional []string }{
	"normal":     {nil, []string{"low", "high", "mean", "sd"}},
	"lognormal":  {[]string{"low", "high"}, nil},
	"uniform":    {[]string{"low", "high"}, nil},
	"loguniform": {[]string{"low", "high"}, nil},
	"triangular": {[]string{"low", "mode", "high"}, nil},
	"beta":       {[]string{"a", "b"}, []string{"low", "high"}},
	"choice":     {[]string{"values"}, []string{"weights"}},
}

var distributionNames = []string{"normal", "lognormal", "uniform", "loguniform", "triangular", "beta", "choice"}

// truncated cuts a distribution off at the allowed range, which its 90 % interval must respect.
func truncated(quantile, cdf func(float64) float64, low, high float64) func(float64) float64 {
	from, to := cdf(low), cdf(high)
	if math.IsInf(low, -1) {
		from = 0
	}
	if math.IsInf(high, 1) {
		to = 1
	}
	return func(u float64) float64 {
		return min(max(quantile(from+float64(u*(to-from))), low), high)
	}
}

// intervalDistribution reads "5 to 10": a 90 % interval, lognormal when both ends are positive,
// else normal.
func (b *binder) intervalDistribution(n *node, l *leaf) *distribution {
	lo, hi, ok := b.interval(n, l)
	if !ok {
		return nil
	}
	kind := "normal"
	if lo > 0 && !l.unit.dates {
		kind = "lognormal"
	}
	return &distribution{kind: kind, quantile: bell(kind, lo, hi, l),
		canon: n.as(l.unit.format(lo) + " to " + l.unit.format(hi))}
}

// bell is a normal or lognormal distribution given by its 90 % interval.
func bell(kind string, lo, hi float64, l *leaf) func(float64) float64 {
	if kind == "lognormal" {
		a, z := portable.Log(lo), portable.Log(hi)
		d := normal{(a + z) / 2, (z - a) / (2 * z90)}
		return truncated(func(u float64) float64 { return portable.Exp(d.quantile(u)) },
			func(x float64) float64 { return d.cdf(portable.Log(x)) }, math.Max(l.low, 0), l.high)
	}
	d := normal{(lo + hi) / 2, (hi - lo) / (2 * z90)}
	return truncated(d.quantile, d.cdf, l.low, l.high)
}

// normal is the normal distribution with a mean and a standard deviation.
type normal struct{ mean, sd float64 }

func (d normal) quantile(u float64) float64 {
	return d.mean + float64(d.sd*portable.NormalQuantile(u))
}

func (d normal) cdf(x float64) float64 { return portable.NormalCDF((x - d.mean) / d.sd) }

// between is the uniform distribution of a range.
func between(low, high float64) func(u float64) float64 {
	return func(u float64) float64 { return low + float64(u*(high-low)) }
}

// triangle is the inverse distribution function of a triangular distribution.
func triangle(low, mode, high float64) func(u float64) float64 {
	left, right, whole := mode-low, high-mode, high-low
	return func(u float64) float64 {
		if float64(u*whole) < left {
			return low + math.Sqrt(float64(float64(u*whole)*left))
		}
		return high - math.Sqrt(float64(float64((1-u)*whole)*right))
	}
}

// interval reads "A to B" with A < B, both inside the allowed range.
func (b *binder) interval(n *node, l *leaf) (lo, hi float64, ok bool) {
	left, right, found := strings.Cut(n.text, " to ")
	if n.kind != scalarNode || !found {
		b.addf(n.at, "write LOW to HIGH, as in "+b.exampleInterval(l), "%q is not an interval", clip(n.text))
		return 0, 0, false
	}
	known := len(b.list)
	lo, okLo := b.number(n.at, left, l)
	hi, okHi := b.number(n.at, right, l)
	b.intervalOfMoney(known, n, l)
	if okLo && okHi && lo >= hi {
		b.addf(n.at, "write the smaller end first", "the interval %q is empty", clip(n.text))
		return 0, 0, false
	}
	return lo, hi, okLo && okHi
}

func (b *binder) exampleInterval(l *leaf) string {
	switch l.unit.tag {
	case "1", "1/yr", "OOM", "nats", "nats/OOM":
		return "0.6 to 1.5"
	case "growth/yr":
		return "1.5x/yr to 10x/yr"
	case "yr":
		return "3 months to 2 years"
	case "date":
		return "2025-01 to 2026-01"
	}
	switch one := firstExample(l.unit); l.unit.tag {
	case "USD/yr":
		return "$5M/yr to $10M/yr"
	case "H100e":
		return "10k H100e to 20k H100e"
	default:
		return one + " to " + strings.Replace(one, "1", "2", 1)
	}
}

// distribution reads {dist: KIND, …}; annotations beside it are read elsewhere.
func (b *binder) distribution(n *node, l *leaf) *distribution {
	name := n.get("dist")
	if name.kind != scalarNode || distributions[name.text].required == nil && distributions[name.text].optional == nil {
		b.addf(name.at, quantity.DidYouMean(name.text, distributionNames), "the distribution %q is not known",
			clip(name.text))
		return nil
	}
	kind := name.text
	if !l.unit.numeric && kind != "choice" {
		b.addf(name.at, "use {dist: choice, values: […]}", "%s cannot be drawn from a %s distribution", l.unit.what, kind)
		return nil
	}
	keys := append(slices.Clone(distributions[kind].required), distributions[kind].optional...)
	ok := true
	for _, p := range n.pairs {
		if p.key != "dist" && !slices.Contains(keys, p.key) && !slices.Contains(annotations, p.key) {
			b.addf(p.at, quantity.DidYouMean(p.key, keys), "a %s distribution has no key %q", kind, p.key)
			ok = false
		}
	}
	for _, k := range distributions[kind].required {
		if n.get(k) == nil {
			b.addf(n.at, "write e.g. "+distributionExample(kind), "a %s distribution needs %s", kind, k)
			ok = false
		}
	}
	if !ok {
		return nil
	}
	canon := &node{kind: mappingNode, flow: true, pairs: []pair{{key: "dist", value: scalar(kind)}}}
	d := &distribution{kind: kind, canon: canon}
	switch kind {
	case "choice":
		d.quantile = b.choice(n, l, canon)
	case "beta":
		d.quantile = b.beta(n, l, canon)
	default:
		d.quantile = b.shape(kind, n, l, canon)
	}
	if d.quantile == nil {
		return nil
	}
	return d
}

func distributionExample(kind string) string {
	switch kind {
	case "triangular":
		return "{dist: triangular, low: 1, mode: 2, high: 4}"
	case "beta":
		return "{dist: beta, a: 2, b: 5}"
	case "choice":
		return "{dist: choice, values: [1, 2], weights: [3, 1]}"
	}
	return "{dist: " + kind + ", low: 1, high: 4}"
}

// shape reads the distributions whose keys are values of the unit.
func (b *binder) shape(kind string, n *node, l *leaf, canon *node) func(float64) float64 {
	v, ok := map[string]float64{}, true
	for _, k := range []string{"low", "mode", "high", "mean", "sd"} {
		child := n.get(k)
		if child == nil {
			continue
		}
		free := *l
		if k == "sd" {
			free.low, free.high = 0, math.Inf(1)
			if l.unit.dates {
				free.unit = unitOf("yr")
			}
		}
		x, good := b.scalarNumber(child, &free)
		v[k], ok = x, ok && good
		canon.put(k, pos{}, child.as(free.unit.format(x)))
	}
	if !ok {
		return nil
	}
	_, hasMean := v["mean"]
	_, hasLow := v["low"]
	switch {
	case kind == "normal" && (len(v) != 2 || (hasMean && hasLow) || (hasMean && n.get("sd") == nil) || (hasLow &&
		n.get("high") == nil)):
		b.addf(n.at, "write {dist: normal, low: …, high: …} or {dist: normal, mean: …, sd: …}",
			"a normal distribution needs its 90 %% interval, or mean and sd")
	case hasMean && v["sd"] <= 0:
		b.addf(n.get("sd").at, "write a positive number", "the standard deviation is not positive")
	case hasMean:
		d := normal{v["mean"], v["sd"]}
		return truncated(d.quantile, d.cdf, l.low, l.high)
	case v["low"] >= v["high"]:
		b.addf(n.get("high").at, "write the smaller end as low", "high is not above low")
	case (kind == "lognormal" || kind == "loguniform") && v["low"] <= 0:
		b.addf(n.get("low").at, "write a positive number, or use normal or uniform", "a %s distribution has positive "+
			"values only", kind)
	case kind == "normal" || kind == "lognormal":
		return bell(kind, v["low"], v["high"], l)
	case kind == "uniform":
		return between(v["low"], v["high"])
	case kind == "loguniform":
		logs := between(portable.Log(v["low"]), portable.Log(v["high"]))
		return func(u float64) float64 { return min(max(portable.Exp(logs(u)), v["low"]), v["high"]) }
	case v["mode"] < v["low"] || v["mode"] > v["high"]:
		b.addf(n.get("mode").at, "put it between low and high", "the mode lies outside the distribution")
	default:
		return triangle(v["low"], v["mode"], v["high"])
	}
	return nil
}

// beta reads {dist: beta, a, b, low, high}: a beta distribution stretched from low to high, 0 and 1
// unless given.
func (b *binder) beta(n *node, l *leaf, canon *node) func(float64) float64 {
	pure := &leaf{path: l.path, unit: unitOf("1"), low: 1e-3, high: 1e6}
	alpha, okA := b.scalarNumber(n.get("a"), pure)
	beta, okB := b.scalarNumber(n.get("b"), pure)
	canon.put("a", pos{}, scalar(formatNumber(alpha)))
	canon.put("b", pos{}, scalar(formatNumber(beta)))
	lo, hi := 0.0, 1.0
	okEnds := true
	for _, end := range []struct {
		key string
		v   *float64
	}{{"low", &lo}, {"high", &hi}} {
		if child := n.get(end.key); child != nil {
			v, ok := b.scalarNumber(child, l)
			*end.v, okEnds = v, okEnds && ok
		} else if l.unit.tag != "1" {
			b.addf(n.at, "write {dist: beta, a: …, b: …, low: …, high: …}",
				"a beta distribution of %s needs low and high", l.unit.what)
			okEnds = false
		} else {
			okEnds = b.inRange(n.at, *end.v, l) && okEnds
		}
		canon.put(end.key, pos{}, n.get(end.key).as(l.unit.format(*end.v)))
	}
	if !okA || !okB || !okEnds {
		return nil
	}
	if lo >= hi {
		b.addf(n.at, "write the smaller end as low", "high is not above low")
		return nil
	}
	return func(u float64) float64 { return lo + float64((hi-lo)*portable.BetaQuantile(u, alpha, beta)) }
}

// choice reads {dist: choice, values: […], weights: […]}. Values are drawn in ascending order of u,
// so that rank correlations make sense.
func (b *binder) choice(n *node, l *leaf, canon *node) func(float64) float64 {
	list, weights := n.get("values"), n.get("weights")
	if list.kind != sequenceNode || len(list.items) == 0 {
		b.addf(list.at, "write values: [A, B, …]", "a choice needs a list of values")
		return nil
	}
	if weights != nil && (weights.kind != sequenceNode || len(weights.items) != len(list.items)) {
		b.addf(weights.at, "write one weight for each value", "%s have %s", quantity.Plural(len(list.items), "value"),
			quantity.Plural(len(weights.items), "weight"))
		return nil
	}
	type option struct{ value, weight float64 }
	var options []option
	total, ok := 0.0, true
	values, shares := &node{kind: sequenceNode, flow: true}, &node{kind: sequenceNode, flow: true}
	for i, item := range list.items {
		v, good := b.scalarNumber(item, l)
		o := option{v, 1}
		if weights != nil {
			w, goodWeight := b.scalarNumber(weights.items[i], &leaf{path: l.path, unit: unitOf("1"), low: 0, high: 1e12})
			o.weight, good = w, good && goodWeight
		}
		total, ok = total+o.weight, ok && good
		if o.weight > 0 {
			options = append(options, o)
		}
		values.items = append(values.items, item.as(l.unit.format(v)))
		shares.items = append(shares.items, scalar(formatNumber(o.weight)))
	}
	if ok && total <= 0 {
		b.addf(weights.at, "write at least one positive weight", "the weights add up to nothing")
		ok = false
	}
	if !ok {
		return nil
	}
	canon.put("values", pos{}, values)
	if weights != nil {
		canon.put("weights", pos{}, shares)
	}
	slices.SortStableFunc(options, func(a, b option) int { return cmp.Compare(a.value, b.value) })
	return func(u float64) float64 {
		sum := 0.0
		for _, o := range options {
			if sum += o.weight; float64(u*total) < sum {
				return o.value
			}
		}
		return options[len(options)-1].value
	}
}

// central is the central 90 % of a distribution.
func (d *distribution) central() [2]float64 { return [2]float64{d.quantile(0.05), d.quantile(0.95)} }
