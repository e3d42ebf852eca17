package scenario

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"simulate/internal/quantity"
	"simulate/sim"
)

// settleAccess makes a lab the owner of the stock that its file gives, where nothing there says
// that it rents: neither compute_access nor what rents cost it. Its tables so begin with the number
// of the file. It is written into the tree, for a resolved scenario to say it.
func (b *binder) settleAccess(lab string, n *node) {
	if b.resolved || n == nil || n.kind != mappingNode || plainText(n.get("archetype")) == "platform" {
		return
	}
	stock := n.get("compute")
	if stock == nil || stock.kind == nullNode || n.get("compute_access") != nil || n.get("rent_multiple") != nil {
		return
	}
	owner := &node{kind: mappingNode, at: stock.at}
	owner.put("value", stock.at, &node{kind: scalarNode, text: "owner", at: stock.at})
	owner.put("source", stock.at, prose("derived: its file gives a stock of compute"))
	n.put("compute_access", stock.at, owner)
	b.owners = append(b.owners, lab)
}

// writtenResolved reports whether a tree is what YAML wrote before it said compute_access of every
// lab with a stock. In such files a lab that does not say it rents, as it did when they were made.
func writtenResolved(root *node) bool {
	stated := 0
	if p := root.get("parameters"); p != nil {
		stated = len(p.pairs)
	}
	return root.get("name") != nil && root.get("seed") != nil && root.get("replications") != nil &&
		2*stated > len(sim.Registry())
}

// stocks says whose compute is a stock because the file gives it, and which labs rent something
// else than what it gives.
func (b *binder) stocks(root *node) (notes []string) {
	if n := len(b.owners); n > 0 {
		labs, verb, its, adds := "Lab", "owns", "its", "its budget adds"
		if n > 1 {
			labs, verb, its, adds = "Labs", "own", "their", "their budgets add"
		}
		notes = append(notes, fmt.Sprintf("%s %s %s the stock that %s compute: gives, to which %s (compute_access: renter "+
			"takes what a budget rents instead).", labs, quantity.List(b.owners), verb, its, adds))
	}
	labs := root.get("labs")
	if b.resolved || labs == nil {
		return notes
	}
	var rented []float64
	for _, p := range labs.pairs {
		stock, members := p.value.get("compute"), b.ids.members[p.key]
		if stock == nil || stock.at.doc == nil || stock.at.doc.builtin || len(members) == 0 {
			continue
		}
		l := &b.cfg.Labs[members[0]]
		if !l.Renter || !(l.Compute > 0) {
			continue
		}
		if rented == nil {
			var err error
			if rented, err = sim.ComputeAtStart(b.cfg); err != nil {
				return notes
			}
		}
		if has := rented[members[0]]; math.Abs(has/l.Compute-1) > sameStock {
			notes = append(notes, fmt.Sprintf("Lab %s rents: tables show the %s H100e that its budget rents at the start, "+
				"and only its research begins with the %s H100e of compute: (compute_access: owner makes them its stock; "+
				"rent_multiple: %s makes its budget rent as much).", p.key, quantity.FourDigits(has, ""),
				quantity.FourDigits(l.Compute, ""), quantity.ThreeDigits(l.RentMultiple*has/l.Compute)))
		}
	}
	return notes
}

// sameStock is how far what a lab rents may lie from what its file gives, relative to it, for
// nothing to be said.
const sameStock = .02

// RentedStocks says which PATHs of a list are the compute of a lab that rents, so that they vary
// less than a reader may think.
func (s *Scenario) RentedStocks(paths []string) (notes []string) {
	for i := range s.cfg.Labs {
		l := &s.cfg.Labs[i]
		id, _, _ := strings.Cut(l.ID, "#")
		path := "labs." + id + ".compute"
		if !l.Renter || !slices.Contains(paths, path) || slices.Contains(paths, "labs."+id+".compute_access") {
			continue
		}
		note := fmt.Sprintf("Lab %s rents what its budget buys: %s varies what its research begins with, and not the "+
			"compute that tables show (compute_access: owner in its file makes it a stock).", id, path)
		if !slices.Contains(notes, note) {
			notes = append(notes, note)
		}
	}
	return notes
}
