package analysis

import (
	"math"
	"slices"

	"simulate/sim/design/stream"
)

// Scores say how much each input helps a forest of trees to tell outcomes apart.
type Scores struct {
	Score []float64 // by input, shares that sum to one less those of noise
	// Floor is by input what an input of pure noise, put beside the others, gets: one that is shared
	// by the points of a unit where the input is, else one of its own for each point.
	Floor    []float64
	Explains float64 // share of the variance of points' means that the trees explain in units left out of them
}

const (
	trees       = 100
	mostGrown   = 5_000 // points of one tree
	leastInLeaf = 5
)

// FeatureScores grows extremely randomised trees (Geurts, Ernst & Wehenkel 2006) on the means of
// points, each on a random two thirds of the units, and scores inputs by how much their splits
// lower the variance. Scores find influence of any shape, in interaction too, but are no shares of
// variance and have no interval: what lies near Floor, the score of an input of noise, is no
// finding.
func FeatureScores(in Inputs, y [][]float64, o SobolOptions) (*Scores, error) {
	if _, err := o.begin(in, y); err != nil {
		return nil, err
	}
	y, _, _ = standardised(y)
	n, d := len(in.Rows), len(in.Names)
	g := &grower{in: in, y: make([]float64, n), noises: [][]float64{make([]float64, n)},
		draws: stream.New(stream.Key(o.Seed, "analysis/trees"))}
	for i, of := range y {
		g.y[i], g.noises[0][i] = mean(of), stream.Open(g.draws.Uint64())
	}
	units := o.Units
	if units != nil { // and noise that the points of a unit share
		of := make([]float64, slices.Max(units)+1)
		for u := range of {
			of[u] = stream.Open(g.draws.Uint64())
		}
		shared := make([]float64, n)
		for i, u := range units {
			shared[i] = of[u]
		}
		g.noises = append(g.noises, shared)
	} else {
		units = make([]int, n)
		for i := range units {
			units[i] = i
		}
	}
	inputs := d + len(g.noises)
	g.gains, g.try = make([]float64, inputs), max(1, (6*inputs+9)/10)
	points := make([][]int, slices.Max(units)+1) // by unit
	for i, u := range units {
		points[u] = append(points[u], i)
	}
	order := make([]int, len(points))
	for u := range order {
		order[u] = u
	}
	sum, times := make([]float64, n), make([]float64, n)
	for range trees {
		stream.Shuffle(g.draws, order)
		var grown []int
		at := 0
		for ; at < max(1, 2*len(order)/3) && len(grown) < mostGrown; at++ {
			grown = append(grown, points[order[at]]...)
		}
		root := g.grow(grown)
		for left := 0; at < len(order) && left < mostGrown; at++ {
			for _, i := range points[order[at]] {
				sum[i] += root.predict(g, i)
				times[i]++
				left++
			}
		}
	}
	out := &Scores{Explains: math.NaN()}
	var lost, whole, grand, seen float64
	for i, v := range g.y {
		if times[i] > 0 {
			grand += v
			seen++
		}
	}
	for i, v := range g.y {
		if times[i] > 0 {
			e, m := v-sum[i]/times[i], v-grand/seen
			lost, whole = lost+e*e, whole+m*m
		}
	}
	if whole > 0 {
		out.Explains = 1 - lost/whole
	}
	total := 0.0
	for _, v := range g.gains {
		total += v
	}
	first := firstOfUnits(o.Units)
	for j, v := range g.gains[:d] {
		noise := d
		if constantIn(in.Rows, j, o.Units, first) {
			noise = d + 1
		}
		out.Score, out.Floor = append(out.Score, v/total), append(out.Floor, g.gains[noise]/total)
	}
	return out, nil
}

// grower grows trees on inputs and, after them, noise.
type grower struct {
	in     Inputs
	y      []float64
	noises [][]float64
	gains  []float64
	try    int // inputs tried at each split
	draws  *stream.Stream
}

// node is a split of a tree, or a leaf.
type node struct {
	input       int
	at          float64
	left        []bool // of a category: it goes left
	value       float64
	less, other *node
}

func (g *grower) value(i, j int) float64 {
	if at := j - len(g.in.Names); at >= 0 {
		return g.noises[at][i]
	}
	return g.in.Rows[i][j]
}

func (n *node) goesLeft(v float64) bool {
	if n.left != nil {
		return n.left[int(v)]
	}
	return v < n.at
}

func (n *node) predict(g *grower, i int) float64 {
	for n.less != nil {
		if n.goesLeft(g.value(i, n.input)) {
			n = n.less
		} else {
			n = n.other
		}
	}
	return n.value
}

// grow splits rows, which it may reorder, at the best of some random splits.
func (g *grower) grow(rows []int) *node {
	sum, square := 0.0, 0.0
	for _, i := range rows {
		sum += g.y[i]
		square += g.y[i] * g.y[i]
	}
	n := float64(len(rows))
	out := &node{value: sum / n}
	if len(rows) < 2*leastInLeaf || square-sum*sum/n <= 1e-12*square {
		return out
	}
	best, gain := node{}, 0.0
	inputs := make([]int, len(g.gains))
	for j := range inputs {
		inputs[j] = j
	}
	stream.Shuffle(g.draws, inputs)
	tried := 0
	for _, j := range inputs {
		if tried == g.try {
			break
		}
		split, ok := g.split(rows, j)
		if !ok {
			continue
		}
		tried++
		count, part := 0.0, 0.0
		for _, i := range rows {
			if split.goesLeft(g.value(i, j)) {
				count++
				part += g.y[i]
			}
		}
		if count < leastInLeaf || n-count < leastInLeaf {
			continue
		}
		if v := part*part/count + (sum-part)*(sum-part)/(n-count) - sum*sum/n; v > gain {
			best, gain = split, v
		}
	}
	if gain == 0 {
		return out
	}
	g.gains[best.input] += gain
	at := 0
	for k, i := range rows {
		if best.goesLeft(g.value(i, best.input)) {
			rows[at], rows[k] = rows[k], rows[at]
			at++
		}
	}
	best.value = out.value
	best.less, best.other = g.grow(rows[:at]), g.grow(rows[at:])
	return &best
}

// split draws a split of an input at random; false where it has one value in the rows.
func (g *grower) split(rows []int, j int) (node, bool) {
	if j < len(g.in.Names) && g.in.labels(j) != nil {
		out := node{input: j, left: make([]bool, len(g.in.labels(j)))}
		first, second := false, false
		for c := range out.left {
			out.left[c] = g.draws.Below(2) == 0
		}
		for _, i := range rows {
			if out.left[int(g.value(i, j))] {
				first = true
			} else {
				second = true
			}
		}
		return out, first && second
	}
	low, high := math.Inf(1), math.Inf(-1)
	for _, i := range rows {
		v := g.value(i, j)
		low, high = min(low, v), max(high, v)
	}
	at := low + (high-low)*stream.Open(g.draws.Uint64())
	return node{input: j, at: at}, low < high
}
