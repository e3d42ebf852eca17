package scenario

import (
	"fmt"
	"slices"
	"strings"

	"simulate/sim"
)

// changeKeys are the sections that say what happens and what is done about it; all others are
// assumptions.
var changeKeys = []string{"events", "policies"}

// Join is a scenario with the assumptions of one (labs, segments, parameters, clock) and the events
// and policies of another. The error is Problems where these do not fit, such as an event at a lab
// that is not there.
func Join(name, title string, assumptions, changes *Scenario) (*Scenario, error) {
	return assumptions.variant(name, title, func(root *node) {
		other := changes.tree(&report{})
		own, theirs := root.get(exchangeKey.name), other.get(exchangeKey.name)
		if own == nil || theirs == nil || !sameRates(own, theirs) {
			other.forgetCurrencies()
		}
		for _, k := range changeKeys {
			root.remove(k)
			if n := other.get(k); n != nil {
				root.put(k, n.at, n)
			}
		}
	})
}

// WithoutEvents is the scenario with its policies but without its events.
func (s *Scenario) WithoutEvents(name, title string) (*Scenario, error) {
	return s.variant(name, title, func(root *node) { root.remove("events") })
}

// Withheld is the scenario with its shocks and their know-how kept to labs whose R&D budget at the
// time lies in [from, below), USD per year; below 0 is no bound. Bounds that a shock has already
// narrow further, and a shock that then reaches nobody is left out.
func (s *Scenario) Withheld(name, title string, from, below float64) (*Scenario, error) {
	return s.variant(name, title, func(root *node) {
		events := root.get("events")
		if events == nil {
			return
		}
		events.items = slices.DeleteFunc(events.items, func(event *node) bool {
			shock := event.get("shock")
			if shock == nil {
				return false
			}
			low, high := from, below
			if at, found := bound(shock, "budget_from"); found {
				low = max(low, at)
			}
			if at, found := bound(shock, "budget_below"); found && (high == 0 || at < high) {
				high = at
			}
			set := func(key string, v float64) {
				shock.remove(key)
				if v > 0 {
					shock.put(key, pos{}, scalar(unitOf("USD/yr").format(v)))
				}
			}
			set("budget_from", low)
			set("budget_below", high)
			shock.put("withhold", pos{}, scalar("true"))
			return high > 0 && low >= high
		})
		if len(events.items) == 0 {
			root.remove("events")
		}
	})
}

// bound reads a budget bound of a shock in canonical form.
func bound(shock *node, key string) (float64, bool) {
	n := shock.get(key)
	if n != nil && n.kind == mappingNode {
		n = n.get("value")
	}
	if n == nil {
		return 0, false
	}
	v, bad := unitOf("USD/yr").parse(n.text)
	return v, bad == nil
}

// tree reads the canonical form again, its amounts in dollars.
func (s *Scenario) tree(r *report) *node {
	l := loader{report: r}
	text := s.YAML()
	root := l.resolve(newDocument(s.Name, text), text, s.Name)
	if root != nil {
		(&binder{report: r}).exchange(root)
	}
	return root
}

// variant is the scenario with another name and title and an edited tree.
func (s *Scenario) variant(name, title string, edit func(root *node)) (*Scenario, error) {
	r := &report{}
	root := s.tree(r)
	if root == nil {
		return nil, r.err()
	}
	edit(root)
	for _, k := range ownKeys {
		root.remove(k)
	}
	root.put("title", pos{}, prose(title))
	out := bindScenario(r, root, name, false)
	if err := r.err(); err != nil {
		return nil, err
	}
	return out, nil
}

// Differences lists the PATHs whose values differ between two scenarios, assumptions and changes
// (events, policies) apart. Names, prose, sources, seeds, replications and what is asked of a
// scenario (experiment, expect) are left aside.
func Differences(a, b *Scenario) (assumptions, changes []string) {
	aside := append([]string{"seed", "replications", "sources", "experiment", "label", centreKey.name}, append(ownKeys,
		about...)...)
	var walk func(x, y *node, path string)
	walk = func(x, y *node, path string) {
		x, y = plainValue(x), plainValue(y)
		if x != nil && y != nil && x.kind == mappingNode && y.kind == mappingNode {
			for _, k := range unionOfKeys(x, y) {
				if !slices.Contains(aside, k) && k != "range" && (path != "clock" || k != "record") {
					walk(x.get(k), y.get(k), join(path, k))
				}
			}
			return
		}
		if x != nil && y != nil && x.kind == sequenceNode && y.kind == sequenceNode && len(x.items) == len(y.items) {
			for i := range x.items {
				walk(x.items[i], y.items[i], join(path, fmt.Sprint(i)))
			}
			return
		}
		if x == nil || y == nil || inline(x) != inline(y) {
			top, _, _ := strings.Cut(path, ".")
			if slices.Contains(changeKeys, top) {
				changes = append(changes, path)
			} else {
				assumptions = append(assumptions, path)
			}
		}
	}
	walk(a.canonical, b.canonical, "")
	return assumptions, changes
}

// plainValue is what stands in {value: …, source: …}.
func plainValue(n *node) *node {
	if n != nil && n.kind == mappingNode {
		if v := n.get("value"); v != nil {
			return v
		}
	}
	return n
}

func unionOfKeys(x, y *node) []string {
	keys := keysOf(x)
	for _, k := range keysOf(y) {
		if !slices.Contains(keys, k) {
			keys = append(keys, k)
		}
	}
	return keys
}

// Departure is the first shock or policy that one of two scenarios has and the other has not, or
// not in the same way.
func Departure(a, b *Scenario) (first Marker, found bool) {
	add := func(m Marker) {
		if !found || m.Date < first.Date {
			first, found = m, true
		}
	}
	for _, pair := range [][2][]sim.Shock{{a.cfg.Shocks, b.cfg.Shocks}, {b.cfg.Shocks, a.cfg.Shocks}} {
		for _, s := range pair[0] {
			if !slices.ContainsFunc(pair[1], func(o sim.Shock) bool { o.Label, o.Event = s.Label, s.Event; return o == s }) {
				add(shockMarker(s))
			}
		}
	}
	_, changes := Differences(a, b)
	for _, cfg := range []*sim.Config{a.cfg, b.cfg} {
		for _, p := range cfg.Policies {
			path := "policies." + p.ID
			if slices.ContainsFunc(changes, func(c string) bool {
				return c == path || c == "policies" || strings.HasPrefix(c,
					path+".")
			}) {
				add(policyMarker(p))
			}
		}
	}
	return first, found
}

// ParseBudget reads an amount of money per year as scenarios write it: $2B/yr or 2B USD/yr.
// [USD/yr]
func ParseBudget(text string) (float64, error) {
	v, bad := unitOf("USD/yr").parse(text)
	if bad != nil {
		return 0, fmt.Errorf("%s; %s", bad.what, bad.remedy)
	}
	return v, nil
}
