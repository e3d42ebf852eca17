package plots

import (
	"math"
	"slices"

	"simulate/internal/quantity"
)

// Dates are those at which any case in sight has a value, ISO and ascending.
func (m *Measured) Dates() (out []string) {
	for _, p := range m.paths {
		for i, d := range p.date {
			if day := quantity.LastDay(d); !math.IsNaN(p.mean[i]) && !slices.Contains(out, day) {
				out = append(out, day)
			}
		}
	}
	slices.Sort(out)
	return out
}

// At is what the replications of a case say at a date, false where they say nothing.
func (m *Measured) At(caseName, date string) (s Statistic, ok bool) {
	p := m.paths[caseName]
	if p == nil {
		return s, false
	}
	for i, d := range p.date {
		if quantity.LastDay(d) == date && !math.IsNaN(p.mean[i]) {
			low, high := p.interval(i)
			if len(p.low) > 0 {
				low, high = p.low[i], p.high[i]
			}
			return Statistic{int(p.n[i]), p.mean[i], low, high, p.q05[i], p.q25[i], p.q50[i], p.q75[i], p.q95[i]}, true
		}
	}
	return s, false
}

// RecordedDates are those at which the folder records metrics, ISO and ascending, whether a
// quantity is defined then or not.
func (r *Results) RecordedDates() (out []string) {
	for _, byCase := range r.metrics {
		for _, p := range byCase {
			for _, d := range p.date {
				if day := quantity.LastDay(d); !slices.Contains(out, day) {
					out = append(out, day)
				}
			}
		}
	}
	slices.Sort(out)
	return out
}

// Covers tells whether a case may have values of the quantity: what others are held against has no
// difference.
func (m *Measured) Covers(caseName string) bool {
	_, held := m.bases[caseName]
	return !m.Difference || held
}

// Base is what a case is held against in a difference, "" in a level.
func (m *Measured) Base(caseName string) string { return m.bases[caseName].Name }

// Writer writes numbers of a metric as a table has them, of a level or of a difference.
func Writer(metric, unit string, difference bool) *Measured {
	return &Measured{Text: metric, Unit: writtenUnit(metric, unit), Difference: difference}
}

// Short writes a value with three digits, with its sign in a difference.
func (m *Measured) Short(v float64) string {
	text := m.format()(v, 0)
	if m.Difference && v != 0 {
		return quantity.Signed(text)
	}
	return text
}

// UnitWords is the unit as a table's row names it, "" for a pure number.
func (m *Measured) UnitWords() string { return m.axisUnit() }

// ShownCases are the cases in sight with the names that figures give them.
func (r *Results) ShownCases() (out [][2]string) {
	for _, c := range r.Manifest.Cases {
		out = append(out, [2]string{c.Name, c.label()})
	}
	return out
}

// SourceLine is the line under figures and tables of the cases in sight.
func (r *Results) SourceLine() string { return r.Manifest.source(r.Manifest.Cases...) }

// UsualQuantities are those of the figures of differences that a folder records.
func UsualQuantities(dir string, o Options) ([]string, error) {
	r, err := openWith(dir, o)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, m := range differenceMetrics {
		if _, known := r.metrics[m.metric]; known {
			out = append(out, m.metric)
		}
	}
	return out, nil
}
