package scenario

import (
	"fmt"
	"slices"
	"strings"

	"simulate/internal/quantity"
	"simulate/sim"
)

// clockDate is the key of a date inside the clock.
func clockDate[T any](name, meaning string, set func(*T, float64)) key[T] {
	return key[T]{name: name, meaning: meaning, schema: leafSchema(unitOf("date"), nan, 1900, 2200, ""),
		bind: func(b *binder, c cell, each visit[T]) *node {
			l := leaf{unit: unitOf("date"), low: b.cfg.Start, high: b.s.end(), value: nan, clock: true}
			l.set = func(cfg *sim.Config, v float64) { each(cfg, func(t *T) { set(t, v) }) }
			return b.leaf(c, l)
		}}
}

// eventKeys are the keys of an event; T is a shock, the only kind there is.
var eventKeys = []key[sim.Shock]{
	clockDate("at", "Date; the shock acts at the start of the step that contains it.", func(s *sim.Shock,
		v float64) {
		s.Date = v
	}),
	nameLine("label", mostLabel, "What figures and tables call the event.", func(s *sim.Shock, t string) { s.Label = t }),
	section("shock", "A jump in the efficiency of a lab, or of all at once.", shockKeys, func(*sim.Shock) {},
		func(s *sim.Shock) *sim.Shock { return s }),
}

var shockKeys = []key[sim.Shock]{
	{
		name: "lab", meaning: "The lab that finds the gain, a class, a member such as academic_lab#3, or all.",
		schema: ref("lab_name"),
		bind: func(b *binder, c cell, each visit[sim.Shock]) *node {
			if c.n == nil {
				b.addf(c.at, "write lab: NAME or lab: all", "%s is missing", c.path)
				return nil
			}
			_, canon := b.text(c)
			return canon // enumerated before
		},
	},
	shockPart(factor("efficiency", "Factor on efficiency as own progress brings it: training by all of it and serving "+
		"by the share research.serving_share of its logarithm.",
		func(s *sim.Shock) *float64 { return &s.Efficiency }),
		func(s *sim.Shock) *sim.PartDisclosure { return &s.Parts.Efficiency }),
	shockPart(factor("training_efficiency", "Factor on training efficiency alone: 8x reaches the same capability with "+
		"an eighth of the compute.",
		func(s *sim.Shock) *float64 { return &s.Training }),
		func(s *sim.Shock) *sim.PartDisclosure { return &s.Parts.Training }),
	shockPart(factor("serving_efficiency", "Factor on serving efficiency alone: 8x serves at an eighth of the cost.",
		func(s *sim.Shock) *float64 { return &s.Serving }),
		func(s *sim.Shock) *sim.PartDisclosure { return &s.Parts.Serving }),
	shockPart(word("technique", "A technique that the lab masters from the date on: test-time reasoning.",
		[]string{"none", "test_time"}, 0,
		func(s *sim.Shock, i int) { s.Technique = i == 1 }),
		func(s *sim.Shock) *sim.PartDisclosure { return &s.Parts.Technique }),
	word("disclosure", "Whether the know-how is published, and so public after research.open_lag, or stays closed. A "+
		"part may say its own: efficiency: {value: 8x, disclosure: closed}.", disclosureWords, 0,
		func(s *sim.Shock, i int) { s.Publish = i == 1 }),
	toggle("release", "Whether the lab releases a model at the end of the step, for a breakthrough is announced by a "+
		"model; a technique alone is not.", true, func(s *sim.Shock, on bool) { s.Release = on }),
	number("budget_from", "The shock reaches labs with at least this R&D budget.", "USD/yr", 0, unbounded, 0,
		func(s *sim.Shock, v float64) { s.BudgetFrom = v }),
	number("budget_below", "The shock reaches labs with less than this R&D budget.", "USD/yr", 0, unbounded, unbounded,
		func(s *sim.Shock, v float64) { s.BudgetBelow = v }),
	toggle("withhold", "Whether labs outside these bounds are kept from its know-how in public knowledge too.", false,
		func(s *sim.Shock, on bool) { s.Withhold = on }),
}

var disclosureWords = []string{"closed", "published"}

// factor is the key of a multiplier, absent unless given.
func factor(name, meaning string, field func(*sim.Shock) *float64) key[sim.Shock] {
	return number(name, meaning, "x", 1e-3, 1e6, nan, func(s *sim.Shock, v float64) { *field(s) = v })
}

// shockPart is the key of a part of a shock, whose value may be wrapped with a disclosure of its
// own.
func shockPart(value key[sim.Shock], field func(*sim.Shock) *sim.PartDisclosure) key[sim.Shock] {
	own := word("disclosure", "Whether the know-how of this part is published.", disclosureWords, -1,
		func(s *sim.Shock, i int) { *field(s) = sim.StaysClosed + sim.PartDisclosure(i) })
	out := value
	out.schema = anyOf(value.schema, schema{
		"type": "object", "required": []string{"value", "disclosure"}, "additionalProperties": false,
		"properties": schema{
			"value": schema{"type": []string{"number", "string"}}, "disclosure": schema{"enum": anySlice(disclosureWords)},
			"source": ref("text"), "note": ref("text"), "range": ref("interval"),
		},
	})
	out.bind = func(b *binder, c cell, each visit[sim.Shock]) *node {
		said := c.n.pair("disclosure")
		if c.n == nil || said == nil {
			return value.bind(b, c, each)
		}
		bare := c
		bare.n = &node{kind: mappingNode, at: c.n.at, pairs: slices.Clone(c.n.pairs)}
		bare.n.remove("disclosure")
		canon, word := value.bind(b, bare, each), own.bind(b, c.child("disclosure", said), each)
		if canon == nil || word == nil {
			return nil
		}
		lifted := canon.lift()
		lifted.pairs = append(slices.Clone(lifted.pairs), pair{"disclosure", said.at, word})
		lifted.flow = true
		return lifted
	}
	return out
}

// events binds the list of events. One that names a class is a shock for each member.
func (b *binder) events(c cell) *node {
	if c.n == nil {
		return nil
	}
	if c.n.kind != sequenceNode {
		b.addf(c.n.at, "write a list, each entry as - at: DATE", "events is not a list")
		return nil
	}
	out := &node{kind: sequenceNode}
	for i, item := range c.n.items {
		here := cell{n: item, at: item.at, path: fmt.Sprintf("events.%d", i)}
		if item.kind != mappingNode {
			b.addf(item.at, "write {at: 2025-01-20, shock: {lab: NAME, efficiency: 4.5x}}", "%s is not an event", here.path)
			continue
		}
		shock := item.get("shock")
		targets := b.shockTargets(shock, here.path)
		from := len(b.cfg.Shocks)
		for _, lab := range targets {
			b.s.events = append(b.s.events, here.path)
			b.cfg.Shocks = append(b.cfg.Shocks, sim.Shock{Event: i + 1, Lab: lab, Release: true, BudgetBelow: unbounded})
		}
		to := len(b.cfg.Shocks)
		canon := bindKeys(b, here, eventKeys, func(cfg *sim.Config, f func(*sim.Shock)) {
			for j := from; j < to; j++ {
				f(&cfg.Shocks[j])
			}
		})
		out.items = append(out.items, canon)
		b.checkEvent(here, shock, from, to)
	}
	return out
}

// shockTargets are the labs that a shock names; −1 is all of them.
func (b *binder) shockTargets(shock *node, path string) []int {
	lab := shock.get("lab")
	if lab == nil || lab.kind != scalarNode {
		return []int{-1}
	}
	if lab.text == "all" {
		return []int{-1}
	}
	if found := b.labsNamed(lab.at, path+".shock.lab", lab.text); found != nil {
		return found
	}
	return []int{-1}
}

func (b *binder) checkEvent(c cell, shock *node, from, to int) {
	if c.n.get("at") == nil {
		b.addf(c.n.at, "write at: 2025-01-20", "%s has no date", c.path)
	}
	if shock == nil {
		b.addf(c.n.at, "write shock: {lab: NAME, efficiency: 4.5x}", "%s says nothing that happens", c.path)
		return
	}
	given := func(key string) bool { return shock.get(key) != nil }
	if shock.kind == mappingNode && !slices.ContainsFunc([]string{"efficiency", "training_efficiency",
		"serving_efficiency", "technique"}, given) {
		b.addf(shock.at, "write efficiency: 4.5x, training_efficiency: 8x, serving_efficiency: 8x or technique: test_time",
			"%s.shock changes nothing", c.path)
	}
	for _, k := range []string{"training_efficiency", "serving_efficiency"} {
		if given("efficiency") && given(k) {
			b.addf(shock.get(k).at, "keep one of them; null takes away what is inherited", "%s.shock has both efficiency, "+
				"which moves training and serving, and %s", c.path, k)
		}
	}
	if w := shock.get("withhold"); w != nil && shock.get("budget_from") == nil && shock.get("budget_below") == nil {
		b.addf(w.at, "write budget_from or budget_below, or leave it out", "%s.shock.withhold has no bounds to act on",
			c.path)
	}
	s := &b.cfg.Shocks[from]
	if s.BudgetFrom >= s.BudgetBelow {
		b.addf(shock.get("budget_below").at, "write a larger bound", "%s.shock reaches no lab: budget_below is not above "+
			"budget_from", c.path)
	}
	if c.n.get("label") == nil {
		for j := from; j < to; j++ {
			b.cfg.Shocks[j].Label = defaultLabel(shock, s, b.fixed)
		}
	}
}

// defaultLabel is what figures call a shock without a label.
func defaultLabel(shock *node, s *sim.Shock, fixed bool) string {
	who := "all labs"
	if lab := shock.get("lab"); lab != nil && lab.text != "all" {
		who = quantity.Within(quantity.Words(lab.text))
	}
	var what []string
	if parts := ownParts(shock, s, fixed); len(parts) > 0 {
		what = parts
	} else if m := s.Multiplier(); m > 0 {
		what = append(what, formatNumber(m)+"× efficiency")
	}
	if s.Technique {
		what = append(what, "test-time reasoning")
	}
	return fmt.Sprintf("%s, %s", strings.Join(what, " and "), who)
}

// ownParts are the gains of a shock, where one of them is drawn or training and serving gain
// differently; none of any other, which one number says.
func ownParts(shock *node, s *sim.Shock, fixed bool) (parts []string) {
	drawn := false
	for _, p := range []struct {
		key, what string
		value     float64
	}{{"efficiency", "efficiency", s.Efficiency}, {"training_efficiency", "training efficiency", s.Training},
		{"serving_efficiency", "serving efficiency", s.Serving}} {
		n := shock.get(p.key)
		if value := n.get("value"); value != nil {
			n = value
		}
		switch {
		case n == nil:
		case !fixed && (n.kind == mappingNode || strings.Contains(n.text, " to ")):
			drawn, parts = true, append(parts, "drawn "+p.what)
		default:
			parts = append(parts, formatNumber(p.value)+"× "+p.what)
		}
	}
	if !drawn && (len(parts) < 2 || s.Training == s.Serving) {
		return nil
	}
	return parts
}

// EventPath is the PATH of the event that shock i of the Config comes from, such as events.0.
func (s *Scenario) EventPath(i int) string { return s.events[i] }
