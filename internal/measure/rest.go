package measure

import (
	"fmt"
	"strings"

	"simulate/sim/table"
)

// Remainders: what is left of a market beside the members that are listed.

// markRest marks the remainders that the user names, or those that are called as remainders are.
func (a *amounts) markRest() error {
	called := a.called(restWord)
	found := make([]bool, len(a.o.Rest))
	passed := -1
	for i := range a.entries {
		e := &a.entries[i]
		if len(a.o.Rest) == 0 {
			e.rest = called[e.member]
			continue
		}
		for k, text := range a.o.Rest {
			if a.has(e, strings.TrimSpace(text)) {
				e.rest, found[k] = true, true
			}
		}
		if called[e.member] && !e.rest {
			passed = i
		}
	}
	for k, text := range a.o.Rest {
		if !found[k] {
			return table.Problems{fmt.Sprintf("%s: no cell says %q; --rest takes the text that marks the remainder, "+
				"or its "+
				"column in a wide table", a.sheet.Path(), text)}
		}
	}
	if passed >= 0 {
		name := a.names[a.entries[passed].member]
		a.sheet.Note(fmt.Sprintf("%q counts as a member, for --rest names another remainder; if it is one too, add "+
			"--rest %q",
			name, name))
	}
	return nil
}

// noteRest says which remainders were recognised, and which names may be some.
func (a *amounts) noteRest() {
	if len(a.o.Rest) > 0 {
		return
	}
	var names []string
	for _, e := range a.entries {
		if e.rest && !e.gone {
			names = append(names, a.names[e.member])
		}
	}
	if len(names) > 0 && !a.o.RestIsOne {
		verb := strings.Replace(are(names), " are each", " are", 1)
		a.sheet.Note(fmt.Sprintf("%s taken for a remainder of many small members, which is in the total and has no "+
			"square; "+
			"--rest-is one counts it as one member", verb))
	}
	begins := a.called(restBegins)
	for _, e := range a.entries {
		if begins[e.member] && !e.rest && !e.gone {
			name := a.names[e.member]
			a.sheet.Note(fmt.Sprintf("%q counts as a member; if it is a remainder of many, say --rest %q", name, name))
			return
		}
	}
}

// markOfWhich leaves out rows that are called parts of others: of which, davon, dont.
func (a *amounts) markOfWhich() error {
	called := a.called(ofWhich)
	var names []string
	for i, e := range a.entries {
		if called[e.member] {
			a.entries[i].gone = true
			names = append(names, a.names[e.member])
		}
	}
	if len(names) > 0 {
		a.sheet.Note(strings.Replace(are(names), " are each", " are", 1) + " taken for parts of other rows and left " +
			"out; " +
			"--total none counts every row as a member")
	}
	return nil
}
