package analysis

import "math"

// Pooled is the mean of an outcome over points and replications, with its 95 % interval and
// standard error. y holds the outcome by point and replication; equal replications share their luck
// at all points. Where the points are sampled they are a draw from a population as the luck is, and
// both count as error; listed points are all there are, and only the luck does. Without an error,
// as with one replication of listed points, the ends of the interval and the error are NaN.
func Pooled(y [][]float64, sampled bool) (Estimate, float64) {
	points, runs := len(y), len(y[0])
	byPoint, byRun := make([]float64, points), make([]float64, runs)
	grand := 0.0
	for i, of := range y {
		for r, v := range of {
			byPoint[i] += v / float64(runs)
			byRun[r] += v / float64(points)
			grand += v / float64(points*runs)
		}
	}
	out := Estimate{grand, math.NaN(), math.NaN()}
	variance := func(x []float64) float64 {
		if len(x) < 2 {
			return 0
		}
		_, sd := meanAndDeviation(x)
		return sd * sd
	}
	v, freedom := variance(byRun)/float64(runs), runs-1
	if sampled {
		rest := 0.0
		for i, of := range y {
			for r, x := range of {
				d := x - byPoint[i] - byRun[r] + grand
				rest += d * d
			}
		}
		n := float64(points * runs)
		if points > 1 && runs > 1 {
			rest /= float64((points-1)*(runs-1)) * n
		}
		v = max(v+variance(byPoint)/float64(points)-rest, v, variance(byPoint)/float64(points))
		if freedom = points - 1; runs > 1 {
			freedom = min(points, runs) - 1
		}
	}
	if freedom < 1 || !(v > 0) {
		return out, math.NaN()
	}
	se := math.Sqrt(v)
	t := quantileT(float64(freedom), usualConfidence)
	return Estimate{grand, grand - t*se, grand + t*se}, se
}
