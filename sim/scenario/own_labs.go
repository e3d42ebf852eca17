package scenario

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"simulate/internal/quantity"
	"simulate/sim"
)

// ownLabs says of each lab that the reader added what it does by default, where a default decides
// what becomes of it: the growth of its budget, its stock, where its software and capability come
// from, and whether it sells. That it counts beside the others is a note, which results keep.
func (b *binder) ownLabs(root *node) (notes []string) {
	labs := root.get("labs")
	if labs == nil || labs.kind != mappingNode {
		return nil
	}
	var known []string
	var own []string
	for _, p := range labs.pairs {
		if p.value == nil || p.value.kind != mappingNode || p.value.at.doc == nil || p.value.at.doc.builtin {
			continue
		}
		if known == nil {
			known = baselineNames("labs")
		}
		members := b.ids.members[p.key]
		if slices.Contains(known, p.key) || len(members) == 0 {
			continue
		}
		own = append(own, p.key)
		if said := b.defaultsOf(p.value, &b.cfg.Labs[members[0]]); len(said) > 0 {
			notes = append(notes, fmt.Sprintf("Lab %s: %s.", p.key, strings.Join(said, "; ")))
		}
	}
	if len(own) > 0 && len(own) < len(labs.pairs) {
		counts := "count"
		if len(own) == 1 {
			counts = "counts"
		}
		b.s.Notes = append(b.s.Notes, fmt.Sprintf("Beside the labs of the scenario that this one extends, %s %s in every "+
			"measure over labs (labs_active, Gini, HHI of compute and capability, lags of the 2nd to 10th lab and of classes "+
			"of budget), which differ for that reason alone.", quantity.List(own), counts))
	}
	return notes
}

// defaultsOf lists, in words, what a lab does because its keys do not say otherwise.
func (b *binder) defaultsOf(n *node, l *sim.LabSpec) (said []string) {
	if grows := b.growthByDefault(n.get("budget"), l); grows != "" {
		said = append(said, grows)
	}
	switch given := n.get("compute") != nil; {
	case l.Renter && given:
		said = append(said, "it rents what compute its budget buys (compute_access: owner makes its compute: a stock)")
	case l.Renter:
		said = append(said, "it rents what compute its budget buys (compute: 500 H100 gives it a stock of its own)")
	case !given:
		said = append(said, "its stock at the start is what its budget sustains (compute: 500 H100 gives another)")
	}
	if math.IsNaN(l.Efficiency) && math.IsNaN(l.Capability) {
		said = append(said, "its software starts at the public state of the art and its first model is what a run of its "+
			"own gives then (efficiency:, capability:)")
	} else if math.IsNaN(l.Capability) {
		said = append(said, "its first model is what a run of its own gives at the start (capability:)")
	}
	if len(l.Sales) == 0 {
		said = append(said, "it sells nothing (sales: {enterprise: {access: true}} lets it try)")
	}
	return said
}

// growthByDefault says how a budget grows where its file does not, "" where it does or the last of
// its dated values lies at the end or beyond. Given values hold up to the last.
func (b *binder) growthByDefault(budget *node, l *sim.LabSpec) string {
	if budget == nil || budget.get("growth") != nil || l.FollowsSales || len(l.Budget.Points) == 0 {
		return ""
	}
	last := l.Budget.Points[len(l.Budget.Points)-1]
	class, end := sim.ArchetypeNames[l.Archetype], b.s.end()
	if dated := budget.get("values"); dated != nil && len(l.Budget.Points) > 1 {
		if !(last.Value > 0) || last.Date >= end || math.Abs(l.Budget.At(end)/last.Value-1) <= 0.01 {
			return ""
		}
		return fmt.Sprintf("its budget has the values given until %s and then grows as that of %s labs does, from %s/yr "+
			"to %s/yr by %s (growth: 0%%/yr, taper: false beside values holds it)", formatDate(last.Date), class,
			b.moneyAs(budget, last.Value), b.moneyAs(budget, l.Budget.At(end)), formatDate(end))
	}
	start := l.Budget.At(b.cfg.Start)
	if !(start > 0) || math.Abs(l.Budget.At(end)/start-1) <= 0.01 {
		return ""
	}
	return fmt.Sprintf("its budget grows as that of %s labs does, from %s/yr to %s/yr by %s (budget: {values: {%d: "+
		"%s/yr}, growth: 0%%/yr, taper: false} holds it)", class, b.moneyAs(budget, start),
		b.moneyAs(budget, l.Budget.At(end)), formatDate(end), int(b.cfg.Start), b.moneyAs(budget, start))
}
