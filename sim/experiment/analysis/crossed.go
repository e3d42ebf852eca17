package analysis

import (
	"hash/maphash"
	"math"
)

// crossing are units each of which meets every level of an input.
type crossing struct {
	unit, level []int32 // of each point; −1 for the unit of a point that does not count
	units       int
	weights     []float64 // share of each level in the points
}

// cross finds the units that meet every level of an input; nil where fewer than half do.
func cross(units []int, level bins) *crossing {
	count := 0
	for _, u := range units {
		count = max(count, u+1)
	}
	met := make([]int, count*level.count)
	for i, u := range units {
		met[u*level.count+int(level.of[i])]++
	}
	number := make([]int32, count)
	out := &crossing{level: level.of, unit: make([]int32, len(units)), weights: make([]float64, level.count)}
	for u := range number {
		number[u] = int32(out.units)
		for _, m := range met[u*level.count : (u+1)*level.count] {
			if m == 0 {
				number[u] = -1
			}
		}
		if number[u] >= 0 {
			out.units++
		}
	}
	if level.count < 2 || out.units < 2 || 2*out.units < count {
		return nil
	}
	points := 0.0
	for i, u := range units {
		if out.unit[i] = number[u]; number[u] >= 0 {
			out.weights[level.of[i]]++
			points++
		}
	}
	for l := range out.weights {
		out.weights[l] /= points
	}
	return out
}

// deviations are by unit and level the mean of an outcome less that of the unit.
func (c *crossing) deviations(v []float64) [][]float64 {
	k := len(c.weights)
	out, count := make([][]float64, c.units), make([]float64, c.units*k)
	whole, points := make([]float64, c.units), make([]float64, c.units)
	for u := range out {
		out[u] = make([]float64, k)
	}
	for i, u := range c.unit {
		if u >= 0 {
			out[u][c.level[i]] += v[i]
			count[int(u)*k+int(c.level[i])]++
			whole[u] += v[i]
			points[u]++
		}
	}
	for u, of := range out {
		for l := range of {
			of[l] = of[l]/count[u*k+l] - whole[u]/points[u]
		}
	}
	return out
}

// explainCrossed estimates the variance between the levels of an input that every unit meets: what
// units have beside is the same at all of them and makes no difference, so that only how
// differently units answer to the level is chance. Products of different units hold none of it.
func (o outcomes) explainCrossed(c *crossing) explained {
	k, F, R := len(c.weights), float64(c.units), float64(len(o.of))
	product := func(a, b [][]float64) float64 { // over pairs of different units
		v := 0.0
		for l, w := range c.weights {
			sumA, sumB, same := 0.0, 0.0, 0.0
			for u := range a {
				sumA += a[u][l]
				sumB += b[u][l]
				same += a[u][l] * b[u][l]
			}
			v += w * (sumA*sumB - same)
		}
		return v / (F * (F - 1))
	}
	all := c.deviations(o.sum)
	value := pairs{all: product(all, all)}
	for _, v := range o.of {
		of := c.deviations(v)
		value.same = append(value.same, product(of, of))
		value.with = append(value.with, product(of, all))
	}
	out := explained{value: value.mean(), without: value.without(), terms: 1}
	level := make([]float64, k)
	for _, of := range all {
		for l := range level {
			level[l] += of[l] / (R * F)
		}
	}
	spread := make([]float64, k*k)
	for _, of := range all {
		part := 0.0
		for l, w := range c.weights {
			part += w * (2*of[l]/R - level[l]) * level[l]
			for m, x := range c.weights {
				spread[l*k+m] += math.Sqrt(w*x) * (of[l]/R - level[l]) * (of[m]/R - level[m])
			}
		}
		out.parts = append(out.parts, part)
	}
	for _, v := range spread {
		out.chance += 2 * v * v / (F * F * (F - 1) * (F - 1))
	}
	return out
}

// explainListed estimates the variance between the levels of an input where the points are a grid,
// all there are: only luck is chance, which differs between replications.
func (o outcomes) explainListed(level bins, centred func(r int) float64) explained {
	R := len(o.of)
	means, whole := make([][]float64, R), make([]float64, level.count)
	weight := 1 / float64(level.count)
	for r, v := range o.of {
		means[r] = make([]float64, level.count)
		for i, l := range level.of {
			means[r][l] += v[i] * float64(level.count) / float64(len(v))
		}
		for l, m := range means[r] {
			whole[l] += m
		}
	}
	value := pairs{all: dot(whole, whole) * weight}
	out := explained{terms: 1}
	for r, m := range means {
		value.same = append(value.same, dot(m, m)*weight)
		value.with = append(value.with, dot(m, whole)*weight)
		out.parts = append(out.parts, 2*dot(m, whole)*weight/float64(R))
		out.against = append(out.against, centred(r))
	}
	out.value = value.mean()
	return out
}

// blocks are points that differ in input j alone, where every combination of the other inputs meets
// every value of it once; nil where it is not so.
func blocks(rows [][]float64, j int, level bins) []int {
	if level.count > len(rows)/2 || len(rows)%level.count != 0 {
		return nil
	}
	count := make([]int, level.count)
	for _, l := range level.of {
		count[l]++
	}
	for _, c := range count {
		if c != count[0] {
			return nil
		}
	}
	seed := maphash.MakeSeed()
	number := map[uint64]int{}
	out := make([]int, len(rows))
	for i, row := range rows {
		var h maphash.Hash
		h.SetSeed(seed)
		for k, v := range row {
			if k != j {
				maphash.WriteComparable(&h, v)
			}
		}
		key := h.Sum64()
		if _, found := number[key]; !found {
			number[key] = len(number)
		}
		if out[i] = number[key]; len(number) > count[0] {
			return nil
		}
	}
	if len(number) != count[0] {
		return nil
	}
	met := make([]bool, len(rows))
	for i, b := range out {
		met[b*level.count+int(level.of[i])] = true
	}
	for _, m := range met {
		if !m {
			return nil
		}
	}
	return out
}
