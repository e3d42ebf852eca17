package measure

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// shares tells whether amounts are meant as parts of a whole: they carry percent signs, their
// column says so, or most groups add up to 100 or to 1.
func (a *amounts) shares(groups []Group) bool {
	if a.percent {
		return true
	}
	for _, name := range a.o.Value {
		if columnHas(name, shareColumn) {
			return true
		}
	}
	whole := 0
	for _, g := range groups {
		if near(g.Total, 100) || near(g.Total, 1) {
			whole++
		}
	}
	return len(groups) > 1 && whole*2 > len(groups)
}

// noteScale says where shares add up to neither 1 nor 100, and where parts of 1 seem to stand
// beside percentages.
func (a *amounts) noteScale(members []held, groups []Group) {
	shares := a.shares(groups)
	const most = 3
	said := 0
	for g, group := range groups {
		if near(group.Total, 100) || near(group.Total, 1) || group.Total == 0 {
			continue
		}
		small, large := scales(members[g])
		mixed := small > 0 && large > 0
		if !shares && !(mixed && repaired(members[g])) {
			continue
		}
		if said++; said > most {
			a.sheet.Note("so do those of more groups")
			return
		}
		text := fmt.Sprintf("the shares%s add up to %s, neither 1 nor 100", a.of(g), number(group.Total))
		switch {
		case mixed && large > 2:
			text += fmt.Sprintf(": %s stands beside %s; if they mix fractions and percentages, write all on one scale",
				number(small), number(large))
		case group.Total < 100 && group.Total > 2 || group.Total < 1:
			text += ": what is missing counts in no measure; write it as a row of its own called Other"
		default:
			text += ": look for a sum, a member listed twice, or several years or markets in one group"
		}
		a.sheet.Note(text)
	}
}

// scales are the smallest amount of a group between 0 and 1 and its largest above 1; 0 where there
// is none.
func scales(h held) (small, large float64) {
	for _, v := range append(slices.Clone(h.x), h.rest) {
		if v > 0 && v < 1 && (small == 0 || v < small) {
			small = v
		}
		if v > 1 {
			large = max(large, v)
		}
	}
	return small, large
}

// repaired tells whether the amounts would add up to most of a whole if those below 1 were
// fractions among percentages.
func repaired(h held) bool {
	sum := 0.0
	for _, v := range append(slices.Clone(h.x), h.rest) {
		if v < 1 {
			v *= 100
		}
		sum += v
	}
	return sum > 80 && sum < 101
}

func number(v float64) string {
	return strings.Replace(strconv.FormatFloat(v, 'g', 6, 64), "e+", "e", 1)
}

// markMeasures leaves out rows that are no amounts of members: the size of a sample, an HHI. They
// are called so, and without them the others add up to a whole.
func (a *amounts) markMeasures() error {
	const most = 1000 // names; larger tables have no such rows
	if len(a.names) > most || len(a.o.Members) > 0 {
		return nil
	}
	called := make([]bool, len(a.names))
	some := false
	for k, name := range a.names {
		called[k] = len(name) < 30 && !totalWord.is(name) && columnIs(name, asideColumn)
		some = some || called[k]
	}
	if !some {
		return nil
	}
	all, others := make([]float64, len(a.keys)), make([]float64, len(a.keys))
	for _, e := range a.entries {
		if all[e.group] += e.value; !called[e.member] {
			others[e.group] += e.value
		}
	}
	isWhole := func(v float64) bool { return near(v, 100) || near(v, 1) }
	for i, e := range a.entries {
		if called[e.member] && isWhole(others[e.group]) && !isWhole(all[e.group]) {
			a.entries[i].gone = true
			a.sheet.Note(fmt.Sprintf("%q is taken for no member and left out, for the others add up to a whole "+
				"without it; "+
				"--total none counts it as one", a.names[e.member]))
		}
	}
	return nil
}
