package history

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/stat/distuv"

	"simulate/sim"
)

// Discrepancy is the usual one: budgets and stocks are known to about a tenth, and what the model
// leaves out is taken to be as large.
const Discrepancy = 0.1

// predict turns runs into forecasts by adding what the model leaves out, as vectors were held to
// observations with it: a forecast from a model that is known to be wrong by a tenth is no surer
// than that (Goldstein & Rougier 2009). From the cut on each series of each member departs from its
// run by the factor exp(d·W), W being a Brownian motion in years since the cut, so that d is the
// standard deviation after a year. Shares and other parts of one whole end at it.
func (b *Backtest) predict(runs []paths) {
	d := b.Spec.Discrepancy
	if d == 0 {
		return
	}
	dt := 1 / float64(b.PerYear)
	for r, run := range runs {
		for i, s := range b.Series {
			w := 0.0
			for n := range run[i] {
				date := b.Start + float64(n)*dt
				since := math.Min(dt, date-b.Spec.Until)
				if since <= 0 {
					continue
				}
				u := sim.DrawUniform(b.Spec.Seed, r, fmt.Sprintf("discrepancy %s %s %d", s.Series.Quantity, s.Series.Entity, n))
				w += math.Sqrt(since) * distuv.UnitNormal.Quantile(u)
				run[i][n] *= math.Exp(d * w)
				if s.Series.Unit == "0–1" {
					run[i][n] = math.Min(run[i][n], 1)
				}
			}
		}
	}
}
