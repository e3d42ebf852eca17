package compare

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"simulate/internal/quantity"
	"simulate/sim/experiment/analysis"
	"simulate/sim/experiment/results"
)

// The metrics that the closing summary speaks of.
const (
	salesHHI        = "hhi_sales"
	openLag         = "lag_open_frontier_months"
	nearFrontier    = "labs_near_frontier"
	entryTicket     = "entry_ticket"
	supplierRevenue = "supplier_revenue"
	supplierValue   = "supplier_value"
	floorBinds      = "floor_binds"
)

// floorNotable is the share of sales at limit prices from which the summary warns.
const floorNotable = 0.25

// Summary says in plain words what came out; its first sentence answers the question how
// concentration moves.
func (o *Outcome) Summary() string {
	if m := o.Manifest; m.AllFailed() {
		every := fmt.Sprintf("All %s failed, the first", quantity.Plural(len(m.Failed), "run"))
		if len(m.Failed) == 1 {
			every = "The run failed"
		}
		return fmt.Sprintf("%s: %s. There are no results; manifest.json lists what failed.", every, m.Failed[0])
	}
	answers, err := o.Answers()
	if err != nil {
		return "What happens is not listed: " + err.Error()
	}
	var lines []string
	for _, a := range answers {
		for _, text := range a.Sentences() {
			if len(answers) > 1 {
				text = a.Case.Name + ": " + text
			}
			lines = append(lines, text)
		}
		if cost := o.TellCost(a.Base, a.Case); cost != "" {
			lines = append(lines, cost)
		}
	}
	cases := slices.DeleteFunc(slices.Clone(o.Manifest.Cases), func(c results.Case) bool { return c.Part || c.Added })
	for _, c := range cases[1:] {
		if len(answers) == 0 || c.Base != cases[0].Name {
			lines = append(lines, o.contrast(cases[0], c)...)
		}
	}
	for _, c := range cases {
		text := o.single(c)
		if len(cases) > 1 {
			text = c.Name + ": " + text
		}
		lines = append(lines, text)
	}
	return strings.Join(append(lines, o.Caveats()...), "\n")
}

// span is what statements about a case compare: the start and the last date. ok is false without
// both.
func (o *Outcome) span(name string) (from, to string, ok bool) {
	dates := o.Dates(name)
	if len(dates) == 0 {
		return "", "", false
	}
	from, to = dates[0], dates[len(dates)-1]
	return from, to, from < to
}

// together lists the dates that two cases have both, ascending.
func (o *Outcome) together(a, b string) []string {
	other := o.Dates(a)
	var out []string
	for _, date := range o.Dates(b) {
		if _, found := slices.BinarySearch(other, date); found {
			out = append(out, date)
		}
	}
	return out
}

// TellEnds says up to which date two cases are compared where one of them runs on, "" where they
// end together or have no date in common.
func (o *Outcome) TellEnds(a, b results.Case) string {
	dates := o.together(a.Name, b.Name)
	_, endA, _ := o.span(a.Name)
	_, endB, _ := o.span(b.Name)
	if len(dates) == 0 || endA == endB {
		return ""
	}
	longer, end := a.Name, endA
	if endB > endA {
		longer, end = b.Name, endB
	}
	return fmt.Sprintf("%s runs on to %s; %s and %s are compared up to %s, the last date of both.", longer,
		quantity.When(end), a.Name, b.Name, quantity.When(dates[len(dates)-1]))
}

// single describes one case.
func (o *Outcome) single(c results.Case) string {
	from, to, ok := o.span(c.Name)
	if len(o.Dates(c.Name)) == 0 || o.Stats(c.Name, to, salesHHI).N+o.Stats(c.Name, to, nearFrontier).N == 0 {
		return "No run reached the end, so there is nothing to say."
	}
	if !ok {
		return "There is one date alone, so there is nothing to compare; the tables are there."
	}
	sentences := []string{o.concentration(c, from, to)}
	for _, s := range []string{o.access(c, from, to), o.supplier(c, from, to), o.policyCost(c), o.runCosts(c)} {
		if s != "" {
			sentences = append(sentences, s)
		}
	}
	return strings.Join(sentences, " ")
}

// concentration is the sentence on sales HHI.
func (o *Outcome) concentration(c results.Case, from, to string) string {
	a, b := o.Stats(c.Name, from, salesHHI), o.Stats(c.Name, to, salesHHI)
	if a.N == 0 || b.N == 0 {
		return sentence(happens(c), "nothing is sold, so sales have no concentration.")
	}
	d := o.change(c.Name, salesHHI, from, to)
	if o.ReadMarket() != nil { // no table of runs: as if luck at one date said nothing about the other
		d = analysis.Difference{Replications: min(a.N, b.N), Base: a.Mean,
			SE: math.Sqrt(float64(a.SE*a.SE) + float64(b.SE*b.SE))}
		d.Change.Value = b.Mean - a.Mean
	}
	verb := "rises"
	if d.Change.Value < 0 {
		verb = "falls"
	}
	switch weigh(d.Change.Value, d.Margin(1), d.Base) {
	case unclear:
		verb = "shows no clear change"
	case small:
		verb += " a little"
	}
	return sentence(happens(c), fmt.Sprintf("sales concentration %s: HHI %s at %s, %s at %s (%s).", verb,
		quantity.Whole(a.Mean), quantity.When(from), quantity.Whole(b.Mean), quantity.When(to), spread(b))) + unattributed(c)
}

// weight is what a change deserves to be called.
type weight int

const (
	unclear weight = iota // not beyond the margin of its error (Student's t, 95 %), or not defined
	small                 // surely not zero, but at most 2 % of where it starts
	notable
)

func weigh(change, margin, from float64) weight {
	switch size := math.Abs(change); {
	case !(size > margin):
		return unclear
	case !(size > 0.02*math.Abs(from)):
		return small
	}
	return notable
}

// change compares a metric of a case at two dates, replication by replication: each has the same
// luck and parameters at both.
func (o *Outcome) change(name, metric, from, to string) analysis.Difference {
	if err := o.ReadMarket(); err != nil {
		return analysis.Paired(nil, nil)
	}
	return analysis.Paired(o.Values(name, metric, from), o.Values(name, metric, to))
}

// spread says what a mean stands for.
func spread(s results.Stats) string {
	if s.N == 1 {
		return "one run"
	}
	return fmt.Sprintf("mean of %s replications, 90 %% of them between %s and %s at the end", quantity.Count(s.N),
		quantity.Whole(s.Quantiles[0]), quantity.Whole(s.Quantiles[4]))
}

// access is the sentence on who catches up.
func (o *Outcome) access(c results.Case, from, to string) string {
	var parts []string
	say := func(metric, format string, number func(float64) string) {
		a, b := o.Stats(c.Name, from, metric), o.Stats(c.Name, to, metric)
		if b.N == 0 {
			return
		}
		before := "not defined"
		if a.N > 0 {
			before = number(a.Mean)
		}
		text := fmt.Sprintf(format, number(b.Mean), before)
		if b.N < c.Replications {
			text += fmt.Sprintf(" [defined in %s of %s]", quantity.Count(b.N), quantity.Plural(c.Replications, "replication"))
		}
		parts = append(parts, text)
	}
	say(openLag, "open models trail the frontier by %s months (%s)", quantity.OneDecimal)
	say(nearFrontier, "%s labs are within half an order of magnitude of it (%s)", quantity.OneDecimal)
	say(entryTicket, "the smallest R&D budget that gets there by its own run is %s a year (%s)", quantity.Money)
	if len(parts) == 0 {
		return ""
	}
	return fmt.Sprintf("At %s, with %s in brackets, %s.", quantity.When(to), quantity.When(from), quantity.List(parts))
}

// supplier is the sentence on the chip supplier.
func (o *Outcome) supplier(c results.Case, from, to string) string {
	a, b := o.Stats(c.Name, from, supplierRevenue), o.Stats(c.Name, to, supplierRevenue)
	if a.N == 0 || b.N == 0 {
		return ""
	}
	text := fmt.Sprintf("The chip supplier's revenue goes from %s to %s a year", quantity.Money(a.Mean),
		quantity.Money(b.Mean))
	if v, w := o.Stats(c.Name, from, supplierValue), o.Stats(c.Name, to, supplierValue); v.N > 0 && w.N > 0 {
		text += fmt.Sprintf(", its market value from %s to %s", quantity.Money(v.Mean), quantity.Money(w.Mean))
	}
	return text + "."
}

// contrast says how case b differs from case a: where it happens first, where it is largest, and at
// the end.
func (o *Outcome) contrast(a, b results.Case) []string {
	c := o.Contrast(a, b, salesHHI)
	switch {
	case len(c.Points) == 0 && o.ReadMarket() != nil:
		return []string{fmt.Sprintf("%s and %s are not compared, for the table market is not there.", a.Name, b.Name)}
	case len(c.Points) == 0 && c.common:
		return []string{fmt.Sprintf("%s and %s have no replication in common to compare.", a.Name, b.Name)}
	case len(c.Points) == 0:
		return []string{fmt.Sprintf("%s and %s have no common date to compare.", a.Name, b.Name)}
	}
	does := fmt.Sprintf("shows no clear difference from %s in sales concentration", a.Name)
	if text := c.says("sales concentration"); text != "" {
		does = text + " against " + a.Name
	}
	first := fmt.Sprintf("%s %s: HHI is %s.", b.Name, does, c.Words(points, ""))
	if pairs := c.Points[len(c.Points)-1].Replications; pairs > 1 {
		first += fmt.Sprintf(" Standard errors are paired over %s.", quantity.Plural(pairs, "replication"))
	}
	var list []listed
	at := c.Points[0].Date
	for _, p := range c.Points {
		if p.Role == "year" {
			at = p.Date
		}
	}
	for _, m := range toldBeside {
		if d, err := o.Difference(a.Name, b.Name, m.metric, at); err == nil && d.Replications > 0 {
			e := Effect{Difference: d}
			text := quantity.Signed(m.number(Unrounded(d.Change.Value, d.Base))) + m.unit + errorIn(d, m.number)
			if e.Alike() {
				text = quantity.Signed(m.number(d.Change.Value)) + m.unit + " (" + e.EachRun() + ")"
			}
			list = append(list, listed{e, m.label, text})
		}
	}
	if len(list) == 0 {
		return []string{first}
	}
	if ends := o.TellEnds(a, b); ends != "" {
		first += " " + ends
	}
	lines := []string{first + fmt.Sprintf(" Further differences at %s, with standard errors: %s.", quantity.When(at),
		quantity.List(tellList(list)))}
	if cost := o.TellCost(a, b); cost != "" {
		lines = append(lines, cost)
	}
	return lines
}

// toldBeside are the metrics beside sales concentration of which the summary tells differences.
var toldBeside = []struct {
	metric, label, unit string
	number              func(float64) string
}{
	{openLag, "lag of open models", " months", quantity.OneDecimal},
	{nearFrontier, "labs near the frontier", "", quantity.OneDecimal},
	{entryTicket, "entry ticket", " a year", quantity.Money},
	{supplierRevenue, "supplier revenue", " a year", quantity.Money},
}

func errorIn(d analysis.Difference, number func(float64) string) string {
	if math.IsNaN(d.SE) {
		return ""
	}
	return " (" + number(d.SE) + ")"
}

// Caveats are the sentences on what a reader should know before using the numbers.
func (o *Outcome) Caveats() []string {
	m := o.Manifest
	var lines []string
	for _, c := range m.Cases {
		dates := o.Dates(c.Name)
		if len(dates) == 0 || c.Part || c.Added {
			continue
		}
		if share := o.Stats(c.Name, dates[len(dates)-1], floorBinds).Mean; share >= floorNotable {
			lines = append(lines, fmt.Sprintf("In %s, %s of sales are at limit prices at the end (floor_binds): there "+
				"HHI says little about market power, see lerner and price_index.", c.Name, quantity.Share(share)))
		}
	}
	if n := len(m.Failed); n > 0 && !m.AllFailed() {
		lines = append(lines, fmt.Sprintf("%s of %s failed and %s left out of all tables; the first: %s. manifest.json "+
			"lists them.",
			quantity.Count(n), quantity.Plural(m.Runs(), "run"), map[bool]string{true: "is", false: "are"}[n == 1], m.Failed[0]))
	}
	for _, c := range m.Cases {
		if c.Draws {
			lines = append(lines, "Each replication draws its own parameters from the distributions of the scenario, so that "+
				"the spread shows their uncertainty besides luck.")
			break
		}
	}
	if text := o.LongTails(); text != "" {
		lines = append(lines, text)
	}
	if m.Until != "" {
		reached := "was reached with"
		if !m.UntilMet {
			reached = "was not reached with"
		}
		lines = append(lines, fmt.Sprintf("The bound %s %s %s.", m.Until, reached, quantity.Plural(m.Replications,
			"replication")))
	}
	return append(lines, m.Notes...)
}
