package scenario

import (
	"errors"
	"math"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"simulate/internal/quantity"
	"simulate/sim/portable"
)

// Variation says which values a PATH takes in a design: listed ones, an interval, or its knob's
// own range.
type Variation struct {
	Path string
	// as written in scenarios and after --vary: "a, b, c", "lo to hi", "range" or "{dist: …}"
	Spec     string
	Values   []string    // of a list, as scenarios write them
	Numbers  []float64   // the same in the model's unit
	Interval *[2]float64 // nil: a list, a distribution, or the knob's own range

	dist *distribution // nil: none of its own
}

// Distribution is the inverse of the variation's own distribution function, nil where it has none.
func (v Variation) Distribution() func(u float64) float64 {
	if v.dist == nil {
		return nil
	}
	return v.dist.quantile
}

// Listed reports whether the variation takes listed values.
func (v Variation) Listed() bool { return len(v.Numbers) > 0 }

const ownRange = "range"

// mostValues bounds lo:hi:step, so that a slip of the pen is refused.
const mostValues = 100_000

// ParseVariation reads what a PATH takes: "a,b,c", "lo:hi:step", "lo to hi", "range" or "{dist:
// …}", the values in the scenario's syntax.
func (s *Scenario) ParseVariation(path, spec string) (Variation, error) {
	path = strings.TrimPrefix(strings.TrimSpace(path), "parameters.")
	l, found := s.Knob(path)
	if !found {
		what, remedy := s.noPath(path)
		return Variation{}, Problem{File: path, Message: what, Remedy: remedy}
	}
	v, c := l.variation(strings.TrimSpace(spec))
	if c != nil {
		return Variation{}, Problem{File: path, Message: c.what, Remedy: c.remedy}
	}
	return v, nil
}

// List is the variation that takes the given values, in the model's unit.
func (l *Knob) List(values []float64) Variation {
	v := Variation{Path: l.Path, Numbers: values}
	for _, x := range values {
		v.Values = append(v.Values, l.unit.format(x))
	}
	v.Spec = strings.Join(v.Values, ", ")
	return v
}

// Before puts a value before those that a variation lists.
func (l *Knob) Before(x float64, v Variation) Variation {
	out := l.List(append([]float64{x}, v.Numbers...))
	out.Values = append([]string{l.As(v).Written(x)}, v.Values...)
	out.Spec = strings.Join(out.Values, ", ")
	return out
}

// Spelt lists values as they were written, where that is in another way than the canonical one.
func (l *Knob) Spelt(values []float64, written []string) Variation {
	v := l.List(values)
	for i, text := range written {
		v.Values[i] = l.spell(text, v.Values[i])
	}
	v.Spec = strings.Join(v.Values, ", ")
	return v
}

// spell is a value as it was written, where that is in another currency or unit than the canonical
// one (10%, 6 months), and no list would take it for two.
func (l *Knob) spell(written, canonical string) string {
	written = strings.Join(strings.Fields(written), " ")
	foreign := dollars(l.rates, written) != written && !strings.Contains(written, ",")
	if foreign || l.unit.numeric && !l.unit.dates && ownWay(written, canonical) {
		return written
	}
	return canonical
}

func (l *Knob) variation(spec string) (Variation, *complaint) {
	none := Variation{}
	if sampled := spec == ownRange || strings.HasPrefix(spec, "{") || strings.Contains(spec, " to "); sampled {
		if c := l.onlyListed(); c != nil {
			return none, c
		}
	}
	if spec == ownRange {
		if !l.HasRange && l.dist == nil {
			return none, complain("write the values, as in "+l.Path+"=A,B,C, or give it a range in the scenario: "+l.Path+
				": {range: LOW to HIGH}", "it has no range of its own")
		}
		return Variation{Path: l.Path, Spec: ownRange}, nil
	}
	if strings.HasPrefix(spec, "{") {
		return l.distributed(spec)
	}
	if low, high, found := strings.Cut(spec, " to "); found {
		lo, c := l.inRange(low)
		if c != nil {
			return none, c
		}
		hi, c := l.inRange(high)
		switch {
		case c != nil:
			return none, c
		case !l.unit.numeric:
			return none, complain("write the values, as in "+strings.Join(l.Words, ","), "%s has no interval", l.unit.what)
		case lo >= hi:
			return none, complain("write the smaller end first", "the interval %q is empty", clip(spec))
		}
		return Variation{Path: l.Path, Interval: &[2]float64{lo, hi},
			Spec: l.spell(low, l.unit.format(lo)) + " to " + l.spell(high, l.unit.format(hi))}, nil
	}
	if strings.Count(spec, ":") == 2 {
		values, c := l.steps(strings.Split(spec, ":"))
		if c != nil {
			return none, c
		}
		return l.inWay(l.List(values), spec), nil
	}
	var values []float64
	list := strings.Split(spec, ",")
	for _, text := range list {
		x, c := l.inRange(text)
		if c != nil {
			if !strings.Contains(spec, ",") {
				c.remedy += "; after --vary write a,b,c or lo:hi:step or `lo to hi` or range"
			}
			return none, c
		}
		values = append(values, x)
	}
	return l.Spelt(values, list), nil
}

// distributed reads a distribution as a scenario writes it, {dist: KIND, …}.
func (l *Knob) distributed(spec string) (Variation, *complaint) {
	r := &report{}
	root := r.parse(newDocument(l.Path, []byte(spec)), []byte(spec))
	var v Variation
	if root != nil {
		b := &binder{report: r, rates: l.rates}
		b.inDollars(root, l.Path)
		v, _ = b.distributed(l, root)
	}
	if err := r.err(); err != nil {
		var found Problems
		if errors.As(err, &found) && len(found) > 0 {
			return Variation{}, &complaint{what: found[0].Message, remedy: found[0].Remedy}
		}
		return Variation{}, complain("write {dist: normal, low: LOW, high: HIGH}", "%v", err)
	}
	return v, nil
}

// distributed reads {dist: KIND, …} as what a knob takes in a design.
func (b *binder) distributed(l *Knob, n *node) (Variation, bool) {
	if n.kind != mappingNode || n.get("dist") == nil {
		b.addf(n.at, "write {dist: normal, low: LOW, high: HIGH}, a list of values or LOW to HIGH",
			"what %s takes is no distribution", l.Path)
		return Variation{}, false
	}
	if c := l.onlyListed(); c != nil {
		b.add(n.at, c)
		return Variation{}, false
	}
	d := b.distribution(n, &leaf{path: l.Path, unit: l.unit, low: l.Low, high: l.High})
	if d == nil {
		return Variation{}, false
	}
	text, err := yaml.Dump(emit(d.canon), yaml.WithLineWidth(-1))
	if err != nil {
		b.addf(n.at, "", "%v", err)
		return Variation{}, false
	}
	return Variation{Path: l.Path, Spec: strings.TrimSpace(string(text)), dist: d}, true
}

func (l *Knob) inRange(text string) (float64, *complaint) {
	x, c := l.parse(text)
	if c == nil {
		c = outside(l.Path, l.unit, x, l.Low, l.High)
	}
	return x, c
}

// steps lists lo, lo + step, … up to hi.
func (l *Knob) steps(parts []string) ([]float64, *complaint) {
	switch l.unit.tag {
	case "growth/yr", "nats":
		return nil, complain("write them one by one, as in 2x/yr,3x/yr,4x/yr", "steps of %s could be meant as sums or as "+
			"multiples", l.unit.what)
	}
	if !l.unit.numeric {
		return nil, complain("write the values, as in "+strings.Join(l.Words, ","), "%s has no steps", l.unit.what)
	}
	lo, c := l.inRange(parts[0])
	if c != nil {
		return nil, c
	}
	hi, c := l.inRange(parts[1])
	if c != nil {
		return nil, c
	}
	in := l.unit
	if in.dates {
		in = unitOf("yr")
	}
	step, c := in.parse(dollars(l.rates, strings.TrimSpace(parts[2])))
	switch {
	case c != nil:
		return nil, c
	case !(step > 0) || hi < lo || math.IsInf(step, 0):
		return nil, complain("write lo:hi:step with lo below hi and a positive step", "%q has no values",
			clip(strings.Join(parts, ":")))
	case (hi-lo)/step >= mostValues:
		return nil, complain("take larger steps", "%q has more than %s", clip(strings.Join(parts, ":")),
			quantity.Plural(mostValues, "value"))
	}
	var values []float64
	for k := 0; ; k++ {
		x := lo + float64(float64(k)*step)
		if x > hi+float64(1e-9*step) {
			return values, nil
		}
		values = append(values, min(l.tidy(x), hi))
	}
}

// tidy takes the rounding noise of a sum off: twelve digits, or the first of a month.
func (l *Knob) tidy(x float64) float64 {
	if l.unit.dates {
		if first := quantity.NearestMonth(x); math.Abs(first-x) < 1e-6 {
			return first
		}
		return x
	}
	rounded, err := strconv.ParseFloat(strconv.FormatFloat(x, 'g', 12, 64), 64)
	if err != nil {
		return x
	}
	return rounded
}

// Spread is the place u of the way through an interval: in logs where it is positive, otherwise
// evenly.
func (l *Knob) Spread(interval [2]float64, u float64) float64 {
	if interval[0] > 0 && !l.unit.dates {
		return portable.Exp(portable.Log(interval[0]) + float64(u*portable.Log(interval[1]/interval[0])))
	}
	return interval[0] + float64(u*(interval[1]-interval[0]))
}

// DrawsBeside reports whether any value is drawn per replication, those at the given PATHs left
// aside.
func (s *Scenario) DrawsBeside(paths map[string]bool) bool {
	return s.sets != nil || slices.ContainsFunc(s.drawn, func(l *Knob) bool { return !paths[l.Path] })
}

// WithExperiment is a copy of the scenario whose `experiment:` is the given one.
func (s *Scenario) WithExperiment(e Experiment) *Scenario {
	out := *s
	out.Experiment = e
	root := &node{kind: mappingNode, pairs: slices.Clone(s.canonical.pairs)}
	const name = "experiment"
	if root.get(name) == nil {
		order := names(topKeys)
		after := slices.Index(order, name)
		at := slices.IndexFunc(root.pairs, func(p pair) bool { return slices.Index(order, p.key) > after })
		if at < 0 {
			at = len(root.pairs)
		}
		root.pairs = slices.Insert(root.pairs, at, pair{key: name})
	}
	root.put(name, pos{}, e.node())
	out.canonical = root
	return &out
}

// Parse reads a resolved scenario, as YAML() writes it, from memory.
func Parse(name string, text []byte) (*Scenario, error) { return Change(name, text, nil) }

// Change reads a resolved scenario, as YAML() writes it, from memory and changes it as Options.Set
// does.
func Change(name string, text []byte, set []string) (*Scenario, error) {
	r := &report{}
	root := r.parse(newDocument(name, text), text)
	if root == nil {
		return nil, r.err()
	}
	r.normalise(root)
	before := changesOf(root)
	for i, one := range set {
		root = r.set(root, one, 1000+i)
	}
	s := bindScenario(r, root, name, false)
	if r.err() == nil {
		s.settleBase(r, root, before, nil)
	}
	if err := r.err(); err != nil {
		return nil, err
	}
	return s, nil
}
