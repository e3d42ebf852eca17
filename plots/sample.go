package plots

import (
	"math"
	"slices"
	"strconv"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"

	"simulate/internal/quantity"
)

// sample has the value of a quantity in every replication of a case, by date and replication.
type sample map[float64]map[int64]float64

// sampleOf reads a column of a table of single replications by case; where holds what other columns
// must be.
func (r *Results) sampleOf(name string, q quantityAsked, where map[string]string) (map[string]sample, error) {
	columns := []string{"case", "replication", "date", q.name}
	for c := range where {
		columns = append(columns, c)
	}
	t, err := r.read(name, "case", "replication", "date")
	if err != nil {
		return nil, err
	}
	if t == nil {
		return nil, asked("--metric %s: single replications are needed, and the folder has no table %s; run it again with "+
			"--tables %s", q.text, name, name)
	}
	for _, c := range columns {
		if !t.Has(c) {
			return nil, asked("--metric %s: the table %s does not record %s", q.text, name, c)
		}
	}
	for c, value := range where {
		t = t.Where(c, value)
	}
	out := map[string]sample{}
	cases, replications, dates, values := t.Text("case"), t.Text("replication"), t.Text("date"), t.Number(q.name)
	for i, v := range values {
		if math.IsNaN(v) {
			continue
		}
		d, err := decimalYear(dates[i])
		if err != nil {
			return nil, err
		}
		k, err := strconv.ParseInt(replications[i], 10, 64)
		if err != nil {
			return nil, err
		}
		if out[cases[i]] == nil {
			out[cases[i]] = sample{}
		}
		if out[cases[i]][d] == nil {
			out[cases[i]][d] = map[int64]float64{}
		}
		out[cases[i]][d][k] = v
	}
	return out, nil
}

// less is the difference of two samples, replication by replication.
func (s sample) less(o sample) sample {
	out := sample{}
	for d, values := range s {
		for k, v := range values {
			if w, both := o[d][k]; both {
				if out[d] == nil {
					out[d] = map[int64]float64{}
				}
				out[d][k] = v - w
			}
		}
	}
	return out
}

// path has the statistics of a sample over time.
func (s sample) path() *path {
	p := &path{}
	var dates []float64
	for d := range s {
		dates = append(dates, d)
	}
	slices.Sort(dates)
	for _, d := range dates {
		var x []float64
		for _, v := range s[d] {
			x = append(x, v)
		}
		slices.Sort(x)
		n := float64(len(x))
		mean, sd := stat.MeanStdDev(x, nil)
		if x[0] == x[len(x)-1] {
			mean, sd = x[0], 0
		}
		p.date, p.n, p.mean, p.se = append(p.date, d), append(p.n, n), append(p.mean, mean), append(p.se, sd/math.Sqrt(n))
		for at, to := range map[float64]*[]float64{.05: &p.q05, .25: &p.q25, .5: &p.q50, .75: &p.q75, .95: &p.q95} {
			*to = append(*to, quantile(x, at))
		}
		low, high := p.interval(len(p.mean) - 1)
		p.low, p.high = append(p.low, low), append(p.high, high)
	}
	return p
}

// quantile of an ascending sample, R's type 7; NaN of none.
func quantile(x []float64, at float64) float64 {
	if len(x) == 0 {
		return math.NaN()
	}
	h := at * float64(len(x)-1)
	i := int(h)
	if i+1 >= len(x) {
		return x[len(x)-1]
	}
	return x[i] + (h-float64(i))*(x[i+1]-x[i])
}

// interval is the 95 % interval of the i-th mean, NaN where there is none.
func (p *path) interval(i int) (low, high float64) {
	if len(p.se) <= i || !(p.se[i] > 0) || p.n[i] < 2 {
		return math.NaN(), math.NaN()
	}
	t := distuv.StudentsT{Sigma: 1, Nu: p.n[i] - 1}.Quantile(.975)
	return p.mean[i] - t*p.se[i], p.mean[i] + t*p.se[i]
}

// differences holds every case in sight against its base, replication by replication.
func (r *Results) differences(m *Measured, s map[string]sample) error {
	m.bases = map[string]Case{}
	for _, c := range r.Manifest.Cases {
		base, ok := r.baseOf(c)
		if !ok {
			continue
		}
		m.bases[c.Name] = base
		if d := s[c.Name].less(s[base.Name]); len(d) > 0 {
			m.paths[c.Name] = d.path()
		}
	}
	if known := r.all; len(m.bases) == 0 && len(known) > len(r.Manifest.Cases) {
		return asked("--difference: %s is what others are held against; --case may name %s", r.Manifest.Cases[0].Name,
			quantity.OneOf(othersOf(known, r.Manifest.Cases)))
	}
	if len(m.bases) == 0 {
		return asked("--difference: the folder has no base to hold %s against; `simulate compare BASE ALTERNATIVE` makes "+
			"both", r.Manifest.Name)
	}
	return nil
}

// othersOf are the names of cases that are not among those shown.
func othersOf(all, shown []Case) (out []string) {
	for _, c := range all {
		if !slices.ContainsFunc(shown, func(s Case) bool { return s.Name == c.Name }) {
			out = append(out, c.Name)
		}
	}
	return out
}

// baseOf is what a case is held against: its own base, or else the folder's first case.
func (r *Results) baseOf(c Case) (Case, bool) {
	for _, b := range r.all {
		if c.Base != "" && b.Name == c.Base {
			return b, true
		}
	}
	if c.Base != "" || len(r.all) == 0 || r.all[0].Name == c.Name || r.all[0].Base == c.Name {
		return Case{}, false
	}
	return r.all[0], true
}
