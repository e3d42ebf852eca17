package scenario

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"simulate/internal/quantity"
	"simulate/sim"
)

// Levers are bound from their rows in package sim; no lever is named here. The settings of a lever
// are the place in a policy that holds a pointer to its struct.

// leverKeys are the keys of a policy under which levers stand.
func leverKeys() (out []key[sim.Policy]) {
	for _, l := range sim.Levers {
		out = append(out, leverKey(l))
	}
	return out
}

// leverKey is the key of one lever.
func leverKey(l *sim.Lever) key[sim.Policy] {
	if l.ByPath {
		return key[sim.Policy]{
			name: l.Name, meaning: l.Meaning, schema: schema{"type": "object", "additionalProperties": true},
			bind: bindChanges(l),
		}
	}
	var keys []key[any]
	for _, k := range l.Keys {
		keys = append(keys, settingKey(l, k))
	}
	return key[sim.Policy]{
		name: l.Name, meaning: l.Meaning, schema: leverSchema(l, keys),
		bind: func(b *binder, c cell, each visit[sim.Policy]) *node {
			if c.n == nil {
				return nil
			}
			each(b.cfg, func(p *sim.Policy) { p.Pull(l.New()) })
			settings := func(cfg *sim.Config, f func(*any)) {
				each(cfg, func(p *sim.Policy) { f(l.In(p)) })
			}
			if c.n.kind == scalarNode && len(l.Presets) > 0 {
				return bindPreset(b, c, l, settings)
			}
			return bindKeys(b, c, keys, settings)
		},
	}
}

// leverSchema is the schema of a lever: a mapping, or the name of a preset.
func leverSchema(l *sim.Lever, keys []key[any]) schema {
	if len(l.Presets) == 0 {
		return objectSchema(keys)
	}
	names := anySlice(presetNames(l))
	for _, p := range l.Presets { // which YAML reads as a number or a switch where it looks like one
		if n, err := strconv.Atoi(p.Name); err == nil {
			names = append(names, n)
		}
		if on, err := strconv.ParseBool(p.Name); err == nil {
			names = append(names, on)
		}
	}
	return anyOf(schema{"enum": names}, objectSchema(keys))
}

// bindPreset takes settings by their name.
func bindPreset(b *binder, c cell, l *sim.Lever, settings visit[any]) *node {
	if _, found := l.Preset(c.n.text); found {
		settings(b.cfg, func(v *any) { *v, _ = l.Preset(c.n.text) })
		return scalar(c.n.text)
	}
	remedy := "write " + quantity.OneOf(presetNames(l))
	if len(l.Needs) > 0 {
		remedy += ", or {" + l.Needs[0].Example + "}"
	}
	b.addf(c.n.at, remedy, "%s: there is no %s called %q", c.path, l.Noun, clip(c.n.text))
	return scalar(c.n.text)
}

func presetNames(l *sim.Lever) (names []string) {
	for _, p := range l.Presets {
		names = append(names, p.Name)
	}
	return names
}

// settingKey is one key of a lever, bound by the type of the field that it fills.
func settingKey(l *sim.Lever, k sim.Key) key[any] {
	switch initial := k.Field(l.New()).(type) {
	case *float64:
		value := *initial
		if slices.ContainsFunc(l.Needs, func(n sim.Need) bool { return slices.Equal(n.Keys, []string{k.Name}) }) {
			value = nan // it has no default, for it must be given
		}
		if k.Or != nil {
			return amountKey(k, value)
		}
		return number(k.Name, k.Meaning, k.Unit, k.Low, k.High, value,
			func(v *any, x float64) { *fieldOf[float64](k, v) = x })
	case *bool:
		if len(k.Words) == 0 {
			return toggle(k.Name, k.Meaning, *initial, func(v *any, on bool) { *fieldOf[bool](k, v) = on })
		}
		return word(k.Name, k.Meaning, k.Words, 0, func(v *any, i int) { *fieldOf[bool](k, v) = i == 1 })
	case *int:
		if k.Of == sim.InChips {
			return chipKey(k)
		}
		return region(k.Name, k.Meaning, *initial, func(v *any, i int) { *fieldOf[int](k, v) = i })
	case *[]int:
		return list(k.Name, k.Meaning, namesOf(k.Of), named(k.Of), func(v *any, i []int) { *fieldOf[[]int](k, v) = i })
	case *sim.ChipSet:
		return chipSetKey(k)
	case *sim.Eligibility:
		return eligible(k.Name, k.Meaning, func(v *any) *sim.Eligibility { return fieldOf[sim.Eligibility](k, v) })
	default:
		panic(fmt.Sprintf("scenario: lever %s: no key fills a %T", l.Name, initial))
	}
}

// fieldOf is the field of settings that a key fills.
func fieldOf[F any](k sim.Key, settings *any) *F { return k.Field(*settings).(*F) }

// named resolves names of a table of the Config.
func named(of sim.Things) func(b *binder, at pos, path, name string) []int {
	switch of {
	case sim.InSegments:
		return (*binder).segmentNamed
	case sim.InChips:
		return (*binder).chipNamed
	}
	return (*binder).regionNamed
}

// namesOf is the schema of one or several of them.
func namesOf(of sim.Things) schema {
	if of == sim.InSegments {
		return namesSchema("segment_name")
	}
	return namesSchema()
}

// amountKey is a number in one of two units, whichever is written.
func amountKey(k sim.Key, value float64) key[any] {
	first, second := unitOf(k.Unit), unitOf(k.Or.Unit)
	counted, _, _ := strings.Cut(k.Or.Unit, "/")
	return key[any]{
		name: k.Name, meaning: k.Meaning,
		schema: anyOf(leafSchema(first, nan, k.Low, k.High, ""), leafSchema(second, nan, k.Low, k.Or.High, "")),
		bind: func(b *binder, c cell, each visit[any]) *node {
			l := leaf{unit: first, low: k.Low, high: k.High, value: value}
			written := ""
			if n := firstScalar(c.n); n != nil {
				written = n.text // in dollars, whatever the file says
			}
			if isCount(written, counted) {
				l.unit, l.high = second, k.Or.High
			}
			each(b.cfg, func(v *any) { *k.Or.Field(*v) = l.unit == second })
			l.set = func(cfg *sim.Config, x float64) { each(cfg, func(v *any) { *fieldOf[float64](k, v) = x }) }
			return b.leaf(c, l)
		},
	}
}

// isCount reports whether a number is written as a count of something and not as money, so far as
// can be told.
func isCount(written, counted string) bool {
	if !strings.ContainsAny(written, "0123456789") || strings.Contains(written, "$") || strings.Contains(written, "USD") {
		return false
	}
	a, bad := parseAmount(strings.Split(written, " to ")[0])
	return bad != nil || a.count == counted
}

// plainText is the first scalar of a value, whatever stands around it, as the reader wrote it.
func plainText(n *node) string {
	switch n = firstScalar(n); {
	case n == nil:
		return ""
	case n.written != "":
		return n.written
	}
	return n.text
}

// firstScalar is the first scalar of a value, whatever stands around it; nil where there is none.
func firstScalar(n *node) *node {
	switch {
	case n == nil || n.kind == scalarNode:
		return n
	case n.kind == sequenceNode && len(n.items) > 0:
		return firstScalar(n.items[0])
	}
	for _, k := range []string{"value", "low", "mean", "values"} {
		if child := n.get(k); child != nil {
			return firstScalar(child)
		}
	}
	return nil
}

// chipSetKey is a set of chips: names, all or none.
func chipSetKey(k sim.Key) key[any] {
	bind := func(b *binder, c cell, each visit[any]) *node {
		switch {
		case c.n == nil:
			return nil
		case c.n.kind == scalarNode && (c.n.text == "all" || c.n.text == "none"):
			each(b.cfg, func(v *any) { *fieldOf[sim.ChipSet](k, v) = sim.ChipSet{All: c.n.text == "all"} })
			return scalar(c.n.text)
		case c.n.kind == sequenceNode && len(c.n.items) == 0:
			b.addf(c.n.at, "write none for no chip at all, all for no ban, or chips such as [H20]",
				"%s is an empty list", c.path)
			return nil
		}
		var set sim.ChipSet
		canon := &node{kind: sequenceNode, flow: true}
		for _, item := range b.strings(c) {
			for _, i := range b.chipNamed(item.at, c.path, item.text) {
				each(b.cfg, func(v *any) { b.checkFit(k, *v, i, item, c.path) })
				set.Chips = append(set.Chips, i)
			}
			canon.items = append(canon.items, scalar(item.text))
		}
		each(b.cfg, func(v *any) { *fieldOf[sim.ChipSet](k, v) = set })
		return canon
	}
	return key[any]{name: k.Name, meaning: k.Meaning, schema: namesSchema(), bind: bind}
}

// chipKey is the name of one chip.
func chipKey(k sim.Key) key[any] {
	bind := func(b *binder, c cell, each visit[any]) *node {
		name, canon := b.text(c)
		if canon == nil {
			return nil
		}
		for _, i := range b.chipNamed(c.n.at, c.path, name) {
			each(b.cfg, func(v *any) {
				*fieldOf[int](k, v) = i
				b.checkFit(k, *v, i, c.n, c.path)
			})
		}
		return scalar(name)
	}
	return key[any]{name: k.Name, meaning: k.Meaning, schema: schema{"type": "string"}, bind: bind}
}

// checkFit refuses a chip that a lever can do nothing with.
func (b *binder) checkFit(k sim.Key, settings any, chip int, n *node, path string) {
	if k.Fits == nil {
		return
	}
	what, remedy, fit := k.Fits(b.cfg, settings, chip)
	if what == "" {
		return
	}
	if len(fit) > 0 {
		remedy = "write " + quantity.OneOf(fit)
	}
	b.addf(n.at, remedy, "%s: %s %s", path, b.cfg.Chips[chip].ID, what)
}
