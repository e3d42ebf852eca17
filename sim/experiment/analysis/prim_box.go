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
	if r.Keep != nil && len(r.Keep) <= len(r.Drop) {
		return r.Input + " being " + r.Bound()
	}
	return r.Input + " " + r.Bound()
}

// Bound is what the restriction asks of its input: above 1.2, one of two words.
func (r Restriction) Bound() string {
	write := r.write
	if write == nil {
		write = quantity.ThreeDigits
	}
	switch {
	case r.Keep != nil && len(r.Keep) <= len(r.Drop):
		return quantity.OneOf(r.Keep)
	case r.Keep != nil:
		return "other than " + quantity.OneOf(r.Drop)
	case math.IsInf(r.High, 1):
		return "above " + write(r.Low)
	case math.IsInf(r.Low, -1):
		return "below " + write(r.High)
	}
	return fmt.Sprintf("between %s and %s", write(r.Low), write(r.High))
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

// says is Words with a verb: eta is above 1.2 and gamma is below 0.9.
func (b Box) says() string {
	words := make([]string, len(b.Restrictions))
	for i, r := range b.Restrictions {
		words[i] = r.Input + " is " + r.Bound()
	}
	return quantity.List(words)
}

// Sentence says where cases of interest lie; where says what holds in them (hhi > 2500), row what
// one of them is called: run, point.
func (d *Discovery) Sentence(where, row string) string {
	b, all := d.Chosen, quantity.Share(float64(d.Cases)/float64(d.Runs))
	if len(b.Restrictions) == 0 {
		return fmt.Sprintf("No box of inputs tells the %ss in which %s, %s of all, from the others.", row, where, all)
	}
	text := fmt.Sprintf("The %ss in which %s lie where %s: %s of the %ss there are such, against %s of all, and %s of "+
		"all such %ss are there.",
		row, where, b.says(), quantity.Share(b.Density), row, all, quantity.Share(b.Coverage), row)
	if d.Short {
		text += fmt.Sprintf(" No box has the density of %s that was asked for; this one is the densest.",
			quantity.Share(d.MinDensity))
	}
	if d.Survival != nil {
		text += " " + d.Survival.Sentence()
	}
	return text
}
