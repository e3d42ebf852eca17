package analysis

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/mathext"

	"simulate/internal/quantity"
)

// Box is a region of the inputs.
type Box struct {
	Restrictions []Restriction // by input; an input that is not named is free
	Runs, Cases  int           // in the box, and of interest in the box
	Coverage     float64       // share of all cases of interest that lie in the box
	Density      float64       // share of the box's runs that are of interest
	Mass         float64       // share of all runs that lie in the box
}

// Restriction bounds one input of a box.
type Restriction struct {
	Input     string
	Low, High float64  // strictly between them; infinite where free
	Keep      []string // the categories that stay; nil for a number
	Drop      []string // the categories that go
	// QuasiP is the chance that a sample as large as the box, from the box without this restriction,
	// has as many cases of interest (one-sided binomial; Bryant & Lempert 2010). "Quasi" because the
	// box was found in the same data.
	QuasiP float64
	write  func(v float64) string // nil for three digits
}

// describe measures the current box.
func (p *prim) describe() Box {
	n := len(p.interest)
	b := Box{Runs: p.inside, Cases: p.hits, Coverage: float64(p.hits) / float64(p.cases),
		Density: float64(p.hits) / float64(p.inside), Mass: float64(p.inside) / float64(n)}
	for j, name := range p.in.Names {
		r := Restriction{Input: name, Low: p.limits.low[j], High: p.limits.high[j],
			write: func(v float64) string { return p.in.write(j, v) }}
		for c, label := range p.in.labels(j) {
			if p.limits.keep[j][c] {
				r.Keep = append(r.Keep, label)
			} else {
				r.Drop = append(r.Drop, label)
			}
		}
		if math.IsInf(r.Low, -1) && math.IsInf(r.High, 1) && r.Drop == nil {
			continue
		}
		r.QuasiP = atLeast(p.hits, p.inside, float64(p.hits+p.alone[j].hits)/float64(p.inside+p.alone[j].runs))
		b.Restrictions = append(b.Restrictions, r)
	}
	return b
}

// atLeast is the chance of at least k successes in n trials of chance p: I_p(k, n−k+1).
func atLeast(k, n int, p float64) float64 {
	switch {
	case k == 0 || p >= 1:
		return 1
	case p <= 0:
		return 0
	}
	return mathext.RegIncBeta(float64(k), float64(n-k+1), p)
}

// Words writes the restriction: eta above 1.2.
func (r Restriction) Words() string {
	write := r.write
	if write == nil {
		write = quantity.ThreeDigits
	}
	switch {
	case r.Keep != nil && len(r.Keep) <= len(r.Drop):
		return r.Input + " being " + quantity.OneOf(r.Keep)
	case r.Keep != nil:
		return r.Input + " other than " + quantity.OneOf(r.Drop)
	case math.IsInf(r.High, 1):
		return r.Input + " above " + write(r.Low)
	case math.IsInf(r.Low, -1):
		return r.Input + " below " + write(r.High)
	}
	return fmt.Sprintf("%s between %s and %s", r.Input, write(r.Low), write(r.High))
}

// Words writes the box: eta above 1.2 and gamma below 0.9.
func (b Box) Words() string {
	if len(b.Restrictions) == 0 {
		return "any inputs"
	}
	words := make([]string, len(b.Restrictions))
	for i, r := range b.Restrictions {
		words[i] = r.Words()
	}
	return quantity.List(words)
}

// Sentence says where cases of interest lie; kind names them, e.g. "concentrated".
func (d *Discovery) Sentence(kind string) string {
	b, all := d.Chosen, quantity.Share(float64(d.Cases)/float64(d.Runs))
	if len(b.Restrictions) == 0 {
		return fmt.Sprintf("no box of inputs tells %s futures, %s of all, from the others.", kind, all)
	}
	text := fmt.Sprintf("%s futures are those with %s: %s of the futures there are %s, against %s of all, and %s of "+
		"the %s futures are there.",
		kind, b.Words(), quantity.Share(b.Density), kind, all, quantity.Share(b.Coverage), kind)
	if d.Short {
		text += fmt.Sprintf(" No box has the density of %s that was asked for; this one is the densest.",
			quantity.Share(d.MinDensity))
	}
	if d.Survival != nil {
		text += " " + d.Survival.Sentence()
	}
	return text
}
