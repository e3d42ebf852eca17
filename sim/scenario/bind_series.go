package scenario

import (
	"cmp"
	"math"
	"slices"

	"simulate/sim"
	"simulate/sim/portable"
)

// path says how an exogenous path is written and how it goes on after its last value.
type path struct {
	unit      *unit
	low, high float64
	growth    func(*sim.Config, int) float64 // where the file gives none; the argument is the lab's index
	longRun   func(*sim.Config) float64      // growth that it tapers to; nil: it stays as it is
	ownGrowth bool                           // after its last two values it goes on as between them, before the above
	mayEnd    bool                           // null ends validity
	// How it goes on after its last value is the model's, so that no growth or taper is read.
	endsItself bool
}

// series binds a path: one value at the start, or dated values.
func (b *binder) series(c cell, p path, each func(c *sim.Config, f func(int, *sim.Series))) *node {
	start := b.cfg.Start
	plain := leaf{unit: p.unit, low: p.low, high: p.high, value: math.NaN()}
	plain.set = func(cfg *sim.Config, v float64) {
		each(cfg, func(_ int, s *sim.Series) { s.Points = []sim.Point{{Date: start, Value: v}} })
	}
	dated := c.n.get("values") != nil && c.n.get("dist") == nil // a choice has values too
	if c.n == nil || c.n.kind != mappingNode || (!dated && c.n.get("growth") == nil && c.n.get("taper") == nil) {
		if c.n != nil {
			b.after(c, p, wrapped{}, each)
		}
		return b.leaf(c, plain)
	}
	extra := []string{"values", "growth", "taper"}
	if p.endsItself {
		extra = extra[:1]
	}
	w, ok := b.unwrap(c, extra...)
	if !ok {
		return nil
	}
	out := &node{kind: mappingNode}
	if !dated { // a plain value with a growth of its own
		inner := c
		inner.n = &node{kind: mappingNode, at: c.n.at, pairs: slices.Clone(c.n.pairs)}
		inner.n.remove("growth")
		inner.n.remove("taper")
		canon := b.leaf(inner, plain)
		if canon == nil {
			return nil
		}
		out.pairs, out.flow = slices.Clone(canon.lift().pairs), true
	} else {
		for _, k := range []string{"value", "range"} {
			if extra := c.n.pair(k); extra != nil {
				b.addf(extra.at, "keep the dated values, or write one value", "%s has both values and %s", c.path, k)
			}
		}
		knob := &Knob{Path: c.path, Unit: p.unit.tag, Low: p.low, High: p.high, Value: math.NaN(), Given: true,
			unit: p.unit, set: plain.set, position: c.at, rates: b.rates, about: math.NaN()}
		b.s.addKnob(knob)
		values := b.points(c, p, w, each)
		if values == nil {
			return nil
		}
		each(b.cfg, func(_ int, s *sim.Series) { knob.about = aboutOf(s.Points) })
		out.put("values", pos{}, values)
	}
	growth, taper := b.after(c, p, w, each)
	if growth != nil {
		out.put("growth", pos{}, withoutCitation(growth, w))
	}
	if taper != nil {
		out.put("taper", pos{}, taper)
	}
	if w.source != "" {
		out.put("source", pos{}, prose(w.source))
	}
	if w.note != "" {
		out.put("note", pos{}, prose(w.note))
	}
	return out
}

// points binds {DATE: value, …}.
func (b *binder) points(c cell, p path, w wrapped, each func(*sim.Config, func(int, *sim.Series))) *node {
	list := c.n.get("values")
	if list.kind != mappingNode || len(list.pairs) == 0 {
		b.addf(list.at, "write values: {2023: "+firstExample(p.unit)+", 2024: …}", "%s has no dated values", c.path)
		return nil
	}
	type dated struct {
		date float64
		pair pair
	}
	var dates []dated
	for _, pr := range list.pairs {
		s, bad := parseDate(pr.key)
		if bad != nil {
			b.addf(pr.at, bad.remedy, "%s: %s", c.path, bad.what)
			continue
		}
		dates = append(dates, dated{s.middle(), pr})
	}
	slices.SortStableFunc(dates, func(x, y dated) int { return cmp.Compare(x.date, y.date) })
	for i := 1; i < len(dates); i++ {
		if dates[i].date == dates[i-1].date {
			b.addf(dates[i].pair.at, "keep one; a bare year is its middle, 1 July", "%s and %s of %s are the same date",
				dates[i-1].pair.key, dates[i].pair.key, c.path)
		}
	}
	points := make([]sim.Point, len(dates))
	for i, d := range dates {
		points[i].Date = d.date
	}
	each(b.cfg, func(_ int, s *sim.Series) { s.Points = slices.Clone(points) })
	out := &node{kind: mappingNode, flow: true}
	for i, d := range dates {
		key := formatDated(d.date)
		if d.pair.value.kind == nullNode {
			if !p.mayEnd || i < len(dates)-1 || i == 0 {
				b.addf(d.pair.value.at, "write a value, or take the date away", "%s cannot end here; null ends validity, as the "+
					"last dated value of a region's price-performance", c.path)
			}
			each(b.cfg, func(_ int, s *sim.Series) { s.Points[i].Value = math.NaN() })
			out.put(key, pos{}, &node{kind: nullNode})
			continue
		}
		point := leaf{unit: p.unit, low: p.low, high: p.high, value: math.NaN()}
		point.set = func(cfg *sim.Config, v float64) {
			each(cfg, func(_ int, s *sim.Series) {
				for k := range s.Points { // a back-test may have taken earlier ones away
					if s.Points[k].Date == d.date {
						s.Points[k].Value = v
					}
				}
			})
		}
		at := cell{n: d.pair.value, at: d.pair.at, path: DatedPath(c.path, d.date), cite: w.citation()}
		var known, planned *node
		at.n, known = without(at.n, "known")
		at.n, planned = without(at.n, "planned")
		canon := b.leaf(at, point)
		if canon == nil {
			continue
		}
		canon = withoutCitation(canon, w)
		if known != nil {
			date := b.knownDate(at, known)
			each(b.cfg, func(_ int, s *sim.Series) { s.Points[i].Known = date })
			canon = &node{kind: mappingNode, flow: true, pairs: slices.Clone(canon.lift().pairs)}
			canon.put("known", pos{}, scalar(formatDate(date)))
		}
		if planned != nil {
			plan := b.plan(at, planned, &point)
			if plan == nil {
				continue
			}
			each(b.cfg, func(_ int, s *sim.Series) { s.Points[i].Planned, s.Points[i].PlanKnown = plan.value, plan.known })
			canon = &node{kind: mappingNode, flow: true, pairs: slices.Clone(canon.lift().pairs)}
			canon.put("planned", pos{}, plan.canon)
		}
		out.flow = out.flow && canon.kind == scalarNode
		out.put(key, pos{}, canon)
	}
	return out
}

// without takes a key out of the mapping of a dated value; nil where it is not given.
func without(n *node, key string) (rest, taken *node) {
	if taken = n.get(key); taken == nil {
		return n, nil
	}
	rest = &node{kind: mappingNode, at: n.at, pairs: slices.Clone(n.pairs)}
	rest.remove(key)
	return rest, taken
}

// plan is what had been announced for a date before its value was known.
type plan struct {
	value, known float64
	canon        *node
}

// plannedKeys are the keys of planned, in their order.
var plannedKeys = []string{"value", "known", "source", "note"}

// plan reads what had been announced for a dated value; nil where it cannot be read.
func (b *binder) plan(c cell, n *node, of *leaf) *plan {
	path := c.path + ".planned"
	if n.kind != mappingNode || n.get("value") == nil || n.get("known") == nil {
		b.addf(n.at, "write planned: {value: "+of.unit.example+", known: 2023-10-25}", "%s does not say what was planned "+
			"and since when that was known", path)
		return nil
	}
	for _, p := range n.pairs {
		if !slices.Contains(plannedKeys, p.key) {
			b.addf(p.at, instead(p.key, plannedKeys), "%s has no key %q", path, p.key)
			return nil
		}
	}
	value, ok := b.scalarNumber(n.get("value"), &leaf{path: path, unit: of.unit, low: of.low, high: of.high})
	if !ok {
		return nil
	}
	if value == 0 {
		b.addf(n.at, "take planned away where nothing was announced", "%s is 0", path)
		return nil
	}
	known := b.knownDate(cell{path: path}, n.get("known"))
	canon := &node{kind: mappingNode, flow: true}
	canon.put("value", pos{}, n.get("value").as(of.unit.format(value)))
	canon.put("known", pos{}, scalar(formatDate(known)))
	for _, k := range plannedKeys[2:] {
		if text := n.get(k); text != nil {
			canon.put(k, pos{}, prose(text.text))
		}
	}
	return &plan{value, known, canon}
}

// knownDate reads the date from which a value was known.
func (b *binder) knownDate(c cell, n *node) float64 {
	v, _ := b.scalarNumber(n, &leaf{path: c.path + ".known", unit: unitOf("date"), low: 1900, high: 2200})
	return v
}

// DatedPath is the PATH of the value that a path of dated values has at a date, a decimal year.
func DatedPath(path string, date float64) string { return path + ".values." + formatDated(date) }

// withoutCitation drops from a dated value the source that the whole path cites.
func withoutCitation(n *node, w wrapped) *node {
	if n.kind != mappingNode {
		return n
	}
	out := &node{kind: mappingNode, flow: true, pairs: slices.Clone(n.pairs)}
	for k, cited := range map[string]string{"source": w.source, "note": w.note} {
		if t := out.get(k); t != nil && t.text == cited {
			out.remove(k)
		}
	}
	if len(out.pairs) == 1 && out.get("value") != nil {
		return out.get("value")
	}
	return out
}

// after sets how a path goes on after its last value: explicit growth, or that of its class,
// tapering unless told otherwise. It returns the canonical growth and taper where the file gives
// them.
func (b *binder) after(c cell, p path, w wrapped, each func(*sim.Config, func(int, *sim.Series))) (growth,
	taper *node) {
	tapers := p.longRun != nil
	if w.taper != nil {
		v, ok := b.scalarNumber(w.taper, &leaf{path: c.path + ".taper", unit: unitOf("0 or 1")})
		if ok && v == 1 && p.longRun == nil {
			b.addf(w.taper.at, "leave it out", "%s has no long-run growth to taper to", c.path)
		}
		tapers = tapers && v == 1
		taper = scalar(unitOf("0 or 1").format(v))
	}
	inherited := p.growth
	if w.growth != nil {
		inherited = nil
		l := leaf{unit: unitOf("growth/yr"), low: portable.Log(0.01), high: portable.Log(100), value: math.NaN()}
		l.set = func(cfg *sim.Config, v float64) {
			each(cfg, func(_ int, s *sim.Series) { s.Growth = v })
		}
		growth = b.leaf(cell{n: w.growth, at: w.growth.at, path: c.path + ".growth", cite: w.citation()}, l)
	}
	b.derive = append(b.derive, func(cfg *sim.Config) {
		each(cfg, func(i int, s *sim.Series) {
			if inherited != nil {
				s.Growth = inherited(cfg, i)
				if rate := lastRate(s.Points); p.ownGrowth && !math.IsNaN(rate) {
					s.Growth = rate
				}
			}
			if tapers {
				s.LongRun, s.TaperTime = p.longRun(cfg), cfg.Parameters.Paths.TaperTime
			}
		})
	})
	return growth, taper
}

// lastRate is the log rate per year between the last two values of a path; NaN where there are no
// two above zero.
func lastRate(points []sim.Point) float64 {
	n := len(points)
	if n < 2 || !(points[n-2].Value > 0 && points[n-1].Value > 0) {
		return math.NaN()
	}
	return portable.Log(points[n-1].Value/points[n-2].Value) / (points[n-1].Date - points[n-2].Date)
}
