package scenario

import (
	"fmt"
	"math"
	"slices"

	"simulate/sim/portable"
)

// copula turns independent uniforms into ones with given rank correlations, through correlated
// normals.
type copula struct {
	index []int       // into the drawn knobs
	root  [][]float64 // lower triangle
}

func (c *copula) apply(u []float64) {
	z := make([]float64, len(c.index))
	for i, k := range c.index {
		z[i] = portable.NormalQuantile(u[k])
	}
	for i, k := range c.index {
		sum := 0.0
		for j := 0; j <= i; j++ {
			sum += float64(c.root[i][j] * z[j])
		}
		u[k] = portable.NormalCDF(sum)
	}
}

// correlations binds the list of rank correlations. Spearman's ρ of two normals with correlation r
// is (6/π)·asin(r/2).
func (b *binder) correlations(c cell) *node {
	if c.n == nil {
		return nil
	}
	if c.n.kind != sequenceNode {
		b.addf(c.n.at, "write a list, each entry as - {between: [PATH, PATH], rank: 0.5}", "correlations is not a list")
		return nil
	}
	var drawn []*Knob
	for _, l := range b.s.knobs {
		if l.dist != nil {
			drawn = append(drawn, l)
		}
	}
	index := func(l *Knob) int { return slices.Index(drawn, l) }
	rank := map[[2]int]float64{}
	out := &node{kind: sequenceNode}
	good := true
	for i, item := range c.n.items {
		path := fmt.Sprintf("correlations.%d", i)
		pairOf, rho, ok := b.correlation(item, path)
		if !ok {
			good = false
			continue
		}
		key := [2]int{min(index(pairOf[0]), index(pairOf[1])), max(index(pairOf[0]), index(pairOf[1]))}
		if b.fixed {
			continue
		}
		if _, twice := rank[key]; twice {
			b.addf(item.at, "keep one", "%s: the correlation of %s and %s is given twice", path, pairOf[0].Path, pairOf[1].Path)
			good = false
		}
		rank[key] = rho
		between := &node{kind: sequenceNode, flow: true, items: []*node{scalar(pairOf[0].Path), scalar(pairOf[1].Path)}}
		out.items = append(out.items, &node{kind: mappingNode, flow: true, pairs: []pair{{key: "between", value: between},
			{key: "rank", value: scalar(formatNumber(rho))}}})
	}
	if b.fixed || !good || len(out.items) == 0 {
		return nil
	}
	b.s.copula = newCopula(rank, len(drawn))
	if b.s.copula == nil {
		b.addf(c.n.at, "bring some of them nearer to zero", "these correlations contradict each other: no set of draws "+
			"can have them all")
		return nil
	}
	return out
}

func (b *binder) correlation(item *node, path string) (knobs [2]*Knob, rho float64, ok bool) {
	const example = "write {between: [research.gamma, market.eta], rank: 0.5}"
	between, rank := item.get("between"), item.get("rank")
	if item.kind == mappingNode {
		b.unknownKeys(cell{n: item, path: path}, []string{"between", "rank", "source", "note"})
	}
	if between == nil || rank == nil || between.kind != sequenceNode || len(between.items) != 2 {
		b.addf(item.at, example, "%s is not a correlation of two values", path)
		return knobs, 0, false
	}
	ok = true
	for i, n := range between.items {
		l, found := b.knob(n.at, path, n.text)
		if !found {
			ok = false
		} else if l.dist == nil && !b.fixed {
			b.addf(n.at, "give it a distribution, or take the correlation away", "%s: %s is not drawn", path, l.Path)
			ok = false
		}
		knobs[i] = l
	}
	if ok && knobs[0] == knobs[1] {
		b.addf(between.at, "name two", "%s: a value is always correlated with itself", path)
		ok = false
	}
	rho, good := b.scalarNumber(rank, &leaf{path: path + ".rank", unit: unitOf("1"), low: -0.999, high: 0.999})
	return knobs, rho, ok && good
}

// newCopula factors the correlation matrix; nil when it is not positive definite.
func newCopula(rank map[[2]int]float64, n int) *copula {
	var index []int
	for i := range n {
		for pair := range rank {
			if pair[0] == i || pair[1] == i {
				index = append(index, i)
				break
			}
		}
	}
	m := make([][]float64, len(index))
	for a, i := range index {
		m[a] = make([]float64, a+1)
		m[a][a] = 1
		for b := range a {
			m[a][b] = float64(2 * portable.Sin(float64(math.Pi*rank[[2]int{index[b], i}])/6))
		}
	}
	root, ok := portable.Cholesky(m)
	if !ok {
		return nil
	}
	return &copula{index, root}
}
