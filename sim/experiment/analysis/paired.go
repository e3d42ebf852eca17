package analysis

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"
)

// student returns the mean of a sample with Student's interval, and its standard error. With one value, or none that differs,
// the interval is the value.
func student(x []float64, level float64) (Estimate, float64, error) {
	level, err := confidence(level)
	if err != nil {
		return Estimate{}, 0, err
	}
	m, sd := stat.MeanStdDev(x, nil)
	if len(x) < 2 || sd == 0 {
		return Estimate{m, m, m}, 0, nil
	}
	se := sd / math.Sqrt(float64(len(x)))
	t := distuv.StudentsT{Sigma: 1, Nu: float64(len(x) - 1)}.Quantile((1 + level) / 2)
	return Estimate{m, m - t*se, m + t*se}, se, nil
}

// Difference is what an alternative changes from a base under common random numbers.
type Difference struct {
	Replications      int
	Base, Alternative float64  // means
	Change            Estimate // mean of the paired differences, alternative − base, with Student's interval
	SE                float64  // of the change
	Confidence        float64
	// VarianceSaved is 1 − Var(d)/(Var(a) + Var(b)): the part of the variance of the change that sharing seeds took away;
	// negative where sharing them did harm, NaN where neither sample varies.
	VarianceSaved float64
	Correlation   float64 // of the two samples; NaN where one does not vary
}

// Paired compares outcomes replication by replication: values with the same index ran with the same seeds. confidence 0 is 0.95.
func Paired(base, alternative []float64, level float64) (*Difference, error) {
	level, err := confidence(level)
	if err != nil {
		return nil, err
	}
	n := len(base)
	if len(alternative) != n {
		return nil, fmt.Errorf("the base has %d replications and the alternative %d; compare replications that both have", n, len(alternative))
	}
	if n < 2 {
		return nil, fmt.Errorf("%d replication gives no interval; run at least 2, better 30", n)
	}
	d := make([]float64, n)
	for r := range d {
		d[r] = alternative[r] - base[r]
		if math.IsNaN(d[r]) || math.IsInf(d[r], 0) {
			return nil, fmt.Errorf("the outcome is missing or not finite in replication %d of the %s; leave it out of both, or choose an outcome that is defined in every run",
				r+1, map[bool]string{true: "base", false: "alternative"}[math.IsNaN(base[r]) || math.IsInf(base[r], 0)])
		}
	}
	change, se, err := student(d, level)
	if err != nil {
		return nil, err
	}
	out := &Difference{
		Replications: n, Base: mean(base), Alternative: mean(alternative), Change: change, SE: se, Confidence: level,
		VarianceSaved: math.NaN(), Correlation: math.NaN(),
	}
	va, vb := stat.Variance(base, nil), stat.Variance(alternative, nil)
	if va+vb > 0 {
		out.VarianceSaved = 1 - stat.Variance(d, nil)/(va+vb)
	}
	if va > 0 && vb > 0 {
		out.Correlation = stat.Correlation(base, alternative, nil)
	}
	return out, nil
}

// Clear reports whether the interval excludes no change.
func (d *Difference) Clear() bool { return d.Change.Low > 0 || d.Change.High < 0 }

// Sentence says the change of a metric: who changes it, by how much, how sure that is and what sharing seeds saved.
func (d *Difference) Sentence(alternative, metric, base string) string {
	if d.Change.Low == 0 && d.Change.High == 0 {
		return fmt.Sprintf("%s leaves %s as under %s in all %d replications.", alternative, metric, base, d.Replications)
	}
	verb, size := "raises", d.Change
	if d.Change.Value < 0 {
		verb, size = "lowers", Estimate{-d.Change.Value, -d.Change.High, -d.Change.Low}
	}
	change := fmt.Sprintf("%s %s %s by %s", alternative, verb, metric, number(size.Value))
	if !d.Clear() {
		change = fmt.Sprintf("%s does not clearly change %s: by %s", alternative, metric, number(d.Change.Value))
		size = d.Change
	}
	if size.Low == size.High {
		return fmt.Sprintf("%s in each of %d replications, from %s under %s to %s.", change, d.Replications, number(d.Base), base, number(d.Alternative))
	}
	text := fmt.Sprintf("%s (%s interval %s to %s, %d replications), from %s under %s to %s", change, exactPercent(d.Confidence),
		number(size.Low), number(size.High), d.Replications, number(d.Base), base, number(d.Alternative))
	if d.VarianceSaved > 0 {
		return text + fmt.Sprintf("; common random numbers took away %s of the variance.", percent(d.VarianceSaved))
	}
	return text + "; common random numbers saved nothing here."
}
