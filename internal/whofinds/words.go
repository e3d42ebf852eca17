package whofinds

import (
	"fmt"
	"math"
	"strings"

	"simulate/internal/quantity"
)

// Table is a table of words: a header and rows of as many cells.
type Table struct {
	Header []string
	Rows   [][]string
}

// Effects is the table at the defaults: per row and date the mean effect with 1.96 standard errors,
// a date after another.
func (d *Data) Effects() Table {
	t := Table{Header: []string{"who finds a 4.5-fold gain", "at the end of"}}
	for _, m := range metrics {
		t.Header = append(t.Header, m.words)
	}
	for _, date := range dates {
		for _, r := range rows {
			line := []string{r.words, date[:4]}
			for _, m := range metrics {
				line = append(line, m.show(d.cells[key{corners[0].name, r.scenario, date, m.name}]))
			}
			t.Rows = append(t.Rows, line)
		}
	}
	return t
}

// Corners is the HHI of sales in its three readings under each pair of assumptions.
func (d *Data) Corners() Table {
	t := Table{Header: []string{"who finds it", "at the end of"}}
	for _, c := range corners {
		t.Header = append(t.Header, c.words)
	}
	for _, date := range dates {
		for _, r := range rows {
			line := []string{r.words, date[:4]}
			for _, c := range corners {
				var cells []string
				for _, m := range metrics[:readings] {
					cells = append(cells, m.show(d.cells[key{c.name, r.scenario, date, m.name}]))
				}
				line = append(line, strings.Join(cells, " / "))
			}
			t.Rows = append(t.Rows, line)
		}
	}
	return t
}

// show writes a mean effect with 95 % of its Monte-Carlo error: −178 ± 16.
func (m metric) show(e effect) string {
	scale, unit := 1.0, ""
	if m.percent {
		scale, unit = 100/e.base, " %"
	}
	if math.IsNaN(e.mean) {
		return "–"
	}
	return signed(scale*e.mean, m.digits) + " ± " + fmt.Sprintf("%.*f", m.digits, 1.96*scale*e.se) + unit
}

// signed writes a number with a sign that print knows.
func signed(v float64, digits int) string {
	s := fmt.Sprintf("%+.*f", digits, v)
	return strings.Replace(s, "-", "−", 1)
}

// Answer says in sentences what the table shows, of each statement only what the data hold.
func (d *Data) Answer() []string {
	year := func(row, metric string) effect { return d.cells[key{corners[0].name, row, dates[0], metric}] }
	end := func(row, metric string) effect { return d.cells[key{corners[0].name, row, dates[1], metric}] }
	small, leader := year("r1-efficiency-only", "hhi_sales"), year("leader-shock", "hhi_sales")
	labs, hosts := year("r1-efficiency-only", "hhi_sales_labs"), year("r1-efficiency-only", "hosted_open_share")
	return []string{
		fmt.Sprintf("A year after a small lab has found the gain and published it the HHI of sales is %s than without it "+
			"(mean of %s of runs, 95 %% interval of the mean ±%.0f; nine pairs in ten between %s and %s).",
			moved(small.mean), quantity.Plural(small.n, "pair"), 1.96*small.se, signed(small.low, 0), signed(small.high, 0)),
		fmt.Sprintf("Among labs alone the change is %s ± %.0f, below zero in %s of pairs; the share of sales that "+
			"hosts of "+
			"open models make changes by %s ± %.3f.", signed(labs.mean, 0), 1.96*labs.se, quantity.Share(labs.lower),
			signed(hosts.mean, 3), 1.96*hosts.se),
		fmt.Sprintf("The same gain kept secret by the leader makes the HHI of sales %s (±%.0f).", moved(leader.mean),
			1.96*leader.se),
		d.corner(),
		fmt.Sprintf("After ten years the median pair differs by %s where a small lab published it and by %s where the "+
			"leader "+
			"kept it secret.", signed(end("r1-efficiency-only", "hhi_sales").median, 0),
			signed(end("leader-shock", "hhi_sales").median, 0)),
	}
}

// corner says whether the sign of the small lab's effect depends on the definition and on the two
// assumptions.
func (d *Data) corner() string {
	below, above := d.signs("hhi_sales")
	labsBelow, labsAbove := d.signs("hhi_sales_labs")
	if below == len(corners) && labsAbove > 0 && labsBelow < len(corners) {
		return fmt.Sprintf("Undecided: among labs alone the sign depends on two assumptions, whether budgets follow sales "+
			"(κ) and "+
			"how closely hosts compete with labs (σ_h): clearly below zero at %d and clearly above at %d of their four "+
			"corners. "+
			"With hosts as atoms it is below zero at all four.", labsBelow, labsAbove)
	}
	return fmt.Sprintf("With hosts as atoms the effect is clearly below zero at %d and clearly above at %d of the four "+
		"corners "+
		"of the assumptions on budgets (κ) and hosts (σ_h), among labs alone at %d and %d.", below, above, labsBelow,
		labsAbove)
}

// signs counts the corners at which the small lab's published gain clearly lowers or raises a
// metric after a year.
func (d *Data) signs(metric string) (below, above int) {
	for _, c := range corners {
		switch e := d.cells[key{c.name, "r1-efficiency-only", dates[0], metric}]; {
		case e.mean < -1.96*e.se:
			below++
		case e.mean > 1.96*e.se:
			above++
		}
	}
	return below, above
}

// moved says how far a number has gone.
func moved(v float64) string {
	if v < 0 {
		return fmt.Sprintf("%.0f lower", -v)
	}
	return fmt.Sprintf("%.0f higher", v)
}
