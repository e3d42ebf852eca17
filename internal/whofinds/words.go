package whofinds

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"simulate/internal/quantity"
	"simulate/sim/experiment/analysis"
)

// Table is a table of words: a header and rows of as many cells.
type Table struct {
	Header []string
	Rows   [][]string
}

// Effects is the table at the defaults, a date after another: a year after the gain the mean effect
// with 1.96 standard errors, at the end, where single pairs make a mean, the median with its 95 %
// interval.
func (d *Data) Effects() Table {
	t := Table{Header: []string{"who finds a 4.5-fold gain", "at the end of"}}
	for _, m := range metrics {
		t.Header = append(t.Header, m.words)
	}
	for _, date := range dates {
		for _, r := range rows {
			line := []string{r.words, date[:4]}
			for _, m := range metrics {
				line = append(line, m.show(d.cells[key{corners[0].name, r.scenario, date, m.name}], date))
			}
			t.Rows = append(t.Rows, line)
		}
	}
	return t
}

// Corners is the HHI of sales in its three readings under each pair of assumptions on budgets and
// hosts.
func (d *Data) Corners() Table {
	shown, _ := split()
	return d.under(shown, corner.title)
}

// Elasticity is the same at the default and at both ends of the elasticity of demand.
func (d *Data) Elasticity() Table {
	_, ends := split()
	shown := slices.Insert(ends, 1, corners[0]) // between the two
	return d.under(shown, func(c corner) string { return c.at(elasticity) })
}

func (c corner) title() string { return c.words }

// under is the HHI of sales in its three readings under some assumptions.
func (d *Data) under(shown []corner, title func(corner) string) Table {
	t := Table{Header: []string{"who finds it", "at the end of"}}
	for _, c := range shown {
		t.Header = append(t.Header, title(c))
	}
	for _, date := range dates {
		for _, r := range rows {
			line := []string{r.words, date[:4]}
			for _, c := range shown {
				var cells []string
				for _, m := range metrics[:readings] {
					cells = append(cells, m.show(d.cells[key{c.name, r.scenario, date, m.name}], date))
				}
				line = append(line, strings.Join(cells, " / "))
			}
			t.Rows = append(t.Rows, line)
		}
	}
	return t
}

// show writes an effect at a date: the mean with 95 % of its Monte-Carlo error a year after, −178 ±
// 16, and the median with its interval at the end, +5 (−9 to +20).
func (m metric) show(e effect, date string) string {
	unit := ""
	if m.percent {
		unit = " %"
	}
	if math.IsNaN(e.mean) {
		return "–"
	}
	if date == dates[0] {
		half := 1.96 * e.se
		digits := m.decimals(half)
		return signed(e.mean, digits) + " ± " + fmt.Sprintf("%.*f", digits, half) + unit
	}
	digits := m.decimals((e.medianHigh - e.medianLow) / 2)
	return fmt.Sprintf("%s (%s to %s)%s", signed(e.median, digits), signed(e.medianLow, digits),
		signed(e.medianHigh, digits), unit)
}

// decimals are as many as the metric has, and more where its interval is narrower than that.
func (m metric) decimals(half float64) int {
	if half <= 0 {
		return m.digits
	}
	return max(m.digits, int(math.Ceil(-math.Log10(half))))
}

// signed writes a number with a sign that print knows and thousands set apart; what rounds to zero
// has none.
func signed(v float64, digits int) string {
	s := fmt.Sprintf("%+.*f", digits, v)
	if strings.Trim(s, "+-0.") == "" {
		return s[1:]
	}
	sign, whole := strings.Replace(s[:1], "-", "−", 1), s[1:]
	whole, rest, decimal := strings.Cut(whole, ".")
	if decimal {
		rest = "." + rest
	}
	return sign + quantity.Group(whole, ",") + rest
}

// Answer says in sentences what the table shows, of each statement only what the data hold.
func (d *Data) Answer() []string {
	year := func(row, metric string) effect { return d.cells[key{corners[0].name, row, dates[0], metric}] }
	published, secret := year("r1-efficiency-only", "hhi_sales"), year("leader-shock", "hhi_sales")
	labs, hosted := year("r1-efficiency-only", "hhi_sales_labs"), year("r1-efficiency-only", "hosted_open_share")
	lower := analysis.Wilson(labs.lower*float64(labs.n), float64(labs.n), float64(labs.n), .95)
	return []string{
		fmt.Sprintf("A year after a small lab has found the gain and published it the HHI of sales is %s than without it "+
			"(mean of %s of runs, 95 %% interval of the mean ±%.0f; median %s; nine pairs in ten between %s and %s).",
			moved(published.mean), quantity.Plural(published.n, "pair"), 1.96*published.se, signed(published.median, 0),
			signed(published.low, 0), signed(published.high, 0)),
		fmt.Sprintf("Among labs alone the mean change is %s ± %.0f, and it is below zero in %s of pairs "+
			"(95 %% interval %s to %s, Wilson); the share "+
			"of sales that hosts of open models make changes by %s (here and below ± is the 95 %% interval of the "+
			"mean).", signed(labs.mean, 0), 1.96*labs.se, quantity.Share(labs.lower),
			quantity.Share(lower.Low), quantity.Share(lower.High), metric{digits: 3}.show(hosted, dates[0])),
		fmt.Sprintf("The same gain kept secret by the leader makes the HHI of sales %s (± %.0f).", moved(secret.mean),
			1.96*secret.se),
		d.Undecided(),
		d.Left(),
	}
}

// Short says the same in four lines, each number with its interval.
func (d *Data) Short() []string {
	at := func(row, metric string, date int) effect {
		return d.cells[key{corners[0].name, row, dates[date], metric}]
	}
	sure := func(e effect) string { return fmt.Sprintf("%s ± %.0f", signed(e.mean, 0), 1.96*e.se) }
	published := at(small, "hhi_sales", 0)
	least, most := d.small(corners[0], "hhi_sales_labs"), d.small(corners[0], "hhi_sales_labs")
	for _, c := range corners[1:] {
		e := d.small(c, "hhi_sales_labs")
		if e.mean < least.mean {
			least = e
		}
		if e.mean > most.mean {
			most = e
		}
	}
	below, above := d.signs("hhi_sales")
	clearly := fmt.Sprintf("%s of %s sets and clearly above in %s", quantity.Count(below), quantity.Count(len(corners)),
		quantity.Count(above))
	if below == len(corners) {
		clearly = fmt.Sprintf("all %s sets", quantity.Count(below))
	}
	return []string{
		fmt.Sprintf("The gain alone, found by a small lab and published: %s a year later (95 %% interval of the mean "+
			"of %s of runs), and %s among labs alone, without the hosts of open models.", sure(published),
			quantity.Plural(published.n, "pair"), sure(at(small, "hhi_sales_labs", 0))),
		fmt.Sprintf("Kept secret by the leader: %s.", sure(at("leader-shock", "hhi_sales", 0))),
		fmt.Sprintf("After ten years: %s and %s (median pair and its 95 %% interval).", middle(at(small, "hhi_sales", 1)),
			middle(at("leader-shock", "hhi_sales", 1))),
		fmt.Sprintf("Under other assumptions (of budgets, hosts and demand) the first effect is clearly below zero in %s; "+
			"among labs alone it lies between %s and %s.", clearly, sure(least), sure(most)),
	}
}

// Left says what is left after ten years: at the defaults, and of the leader's secret gain wherever
// one assumption alone is another.
func (d *Data) Left() string {
	const metric = "hhi_sales"
	end := func(c corner, row string) effect { return d.cells[key{c.name, row, dates[1], metric}] }
	var others []string
	for _, c := range corners[1:] {
		if a, alone := c.differ(corners[0]); alone {
			others = append(others, middle(end(c, "leader-shock"))+" at "+c.at(a))
		}
	}
	return fmt.Sprintf("After ten years the median pair differs by %s where a small lab published it and by %s where the "+
		"leader kept it secret, at the defaults. How much of the leader's is left hangs on the assumptions: %s (95 %% "+
		"intervals of the median).", middle(end(corners[0], small)),
		middle(end(corners[0], "leader-shock")), strings.Join(others, ", "))
}

// middle is a median with its interval.
func middle(e effect) string {
	return fmt.Sprintf("%s (%s to %s)", signed(e.median, 0), signed(e.medianLow, 0), signed(e.medianHigh, 0))
}

// small is the row of which the sign is asked, a year after.
const small = "r1-efficiency-only"

func (d *Data) small(c corner, metric string) effect {
	return d.cells[key{c.name, small, dates[0], metric}]
}

// Undecided says whether the sign of the small lab's effect depends on the definition and on the
// assumptions, and on which: those in which alone two corners differ that lie clearly on either
// side of zero.
func (d *Data) Undecided() string {
	const labs = "hhi_sales_labs"
	below, above := d.signs("hhi_sales")
	labsBelow, labsAbove := d.signs(labs)
	atoms := fmt.Sprintf("With hosts as atoms it is clearly below zero at %s and clearly above at %s of the %s sets of "+
		"assumptions.", quantity.Count(below), quantity.Count(above), quantity.Count(len(corners)))
	if below == len(corners) {
		atoms = fmt.Sprintf("With hosts as atoms its mean is clearly below zero under all %s sets of assumptions, "+
			"which move one or two at a time, all others at their defaults.", quantity.Count(below))
	}
	if labsBelow == 0 || labsAbove == 0 {
		return fmt.Sprintf("Among labs alone the effect is clearly below zero at %s and clearly above at %s of the %s sets "+
			"of assumptions. %s", quantity.Count(labsBelow), quantity.Count(labsAbove), quantity.Count(len(corners)), atoms)
	}
	var turns, keeps []string
	for a := range assumptions {
		if values := d.turning(a, labs); values != nil {
			turns = append(turns, asks[a]+": "+strings.Join(values, ", "))
		} else {
			keeps = append(keeps, fmt.Sprintf("%s does not turn it: between its values this mean among labs alone "+
				"differs by less than %.0f after a year (difference of means, without an interval)", asks[a],
				math.Floor(d.most(a, labs))+1))
		}
	}
	if turns == nil {
		turns = []string{"several assumptions at once"}
	}
	s := "Undecided: among labs alone the sign turns with " + strings.Join(turns, "; and with ")
	if keeps != nil {
		s += "; " + quantity.List(keeps)
	}
	return s + ". " + atoms
}

// turning are the effects at the values of an assumption, all others at their defaults or else
// elsewhere, that lie on either side of zero; nil where it does not turn the sign.
func (d *Data) turning(a assumption, metric string) []string {
	for _, from := range corners {
		line := []corner{from}
		for _, c := range corners {
			if in, alone := c.differ(from); alone && in == a {
				line = append(line, c)
			}
		}
		var below, above bool
		var words []string
		for _, c := range line {
			e := d.small(c, metric)
			below, above = below || e.below(), above || e.above()
			words = append(words, fmt.Sprintf("%s ± %.0f at %s", signed(e.mean, 0), 1.96*e.se, c.at(a)))
		}
		if below && above {
			return words
		}
	}
	return nil
}

// most is the largest change of the effect between two corners that differ in one assumption alone.
func (d *Data) most(a assumption, metric string) (most float64) {
	for _, from := range corners {
		for _, c := range corners {
			if in, alone := c.differ(from); alone && in == a {
				most = max(most, math.Abs(d.small(c, metric).mean-d.small(from, metric).mean))
			}
		}
	}
	return most
}

// below and above say whether a mean is told apart from zero at 5 %.
func (e effect) below() bool { return e.mean < -1.96*e.se }
func (e effect) above() bool { return e.mean > 1.96*e.se }

// signs counts the corners at which the small lab's published gain clearly lowers or raises a
// metric after a year.
func (d *Data) signs(metric string) (below, above int) {
	for _, c := range corners {
		switch e := d.small(c, metric); {
		case e.below():
			below++
		case e.above():
			above++
		}
	}
	return below, above
}

// moved says how far a number has gone.
func moved(v float64) string {
	if v < 0 {
		return quantity.Whole(-v) + " lower"
	}
	return quantity.Whole(v) + " higher"
}
