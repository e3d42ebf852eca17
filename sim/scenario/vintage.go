package scenario

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"simulate/internal/quantity"
	"simulate/scenarios"
)

// Vintages: a roster is the state of a date. Compute, models, sales and knowledge at the start are
// those of that month, so that a clock that starts in another would run on values of the wrong
// date.

// stateOfKey says of which date the initial values are.
var stateOfKey = key[Scenario]{
	name: "state_of",
	meaning: "Date of the initial values: compute, models on offer, efficiency and sales. The clock starts in that " +
		"month. A file that extends another and brings values of its own date gives it anew.",
	schema: leafSchema(unitOf("date"), nan, 1900, 2200, ""),
	bind: func(b *binder, c cell, _ visit[Scenario]) *node {
		b.stateOf = nan
		if c.n == nil {
			return nil
		}
		w, ok := b.unwrap(c)
		if !ok {
			return nil
		}
		v, ok := b.scalarNumber(w.value, &leaf{path: c.path, unit: unitOf("date"), low: 1900, high: 2200})
		if !ok {
			return nil
		}
		b.stateOf = quantity.MonthBegin(v)
		return annotate(scalar(formatDate(v)), w)
	},
}

// checkVintage refuses a clock that starts in another month than that of the initial values.
func (b *binder) checkVintage(at pos, start float64) {
	if math.IsNaN(b.stateOf) || math.Abs(quantity.MonthBegin(start)-quantity.MonthBegin(b.stateOf)) < 1e-6 {
		return
	}
	remedy := "start in " + formatDate(b.stateOf) + ", or give labs and segments of " + formatDate(start) +
		" with state_of: " + formatDate(start)
	var all []string
	for _, v := range vintages() {
		all = append(all, v.name+" ("+formatDate(v.of)+")")
		if math.Abs(v.of-quantity.MonthBegin(start)) < 1e-6 {
			remedy = "write extends: " + v.name + ", which starts from the state of " + formatDate(v.of)
		}
	}
	b.addf(at, remedy+"; there are "+strings.Join(all, ", "), "the clock starts in %s, but compute, capability and "+
		"sales at the start are of %s", formatDate(start), formatDate(b.stateOf))
}

// vintage is a built-in scenario that brings initial values of its own.
type vintage struct {
	name string
	of   float64
}

// vintages lists them, the latest first.
func vintages() (out []vintage) {
	for _, name := range builtinNames() {
		data, err := scenarios.Files.ReadFile(name + ".yaml")
		if err != nil {
			panic(err) // embedded: cannot fail
		}
		root := (&report{}).parse(newDocument(name, data), data)
		n := root.get("state_of")
		if value := n.get("value"); value != nil {
			n = value
		}
		if n == nil {
			continue
		}
		if s, bad := parseDate(n.text); bad == nil {
			out = append(out, vintage{name, quantity.MonthBegin(s.start)})
		}
	}
	slices.SortStableFunc(out, func(x, y vintage) int { return cmp.Compare(y.of, x.of) })
	return out
}
