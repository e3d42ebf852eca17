package study

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"simulate/internal/quantity"
	"simulate/sim/experiment/analysis"
	"simulate/sim/experiment/results"
)

// Sensitivity says which inputs drive an outcome at a date. Which of its parts is set depends on the design: Sobol indices for a
// Saltelli design, elementary effects for Morris, swings for one at a time, first-order indices from binning for any other sample.
type Sensitivity struct {
	Outcome, Date string
	Sobol         *analysis.SobolIndices
	Morris        []analysis.MorrisEffects
	Swings        []analysis.Swing
	Base          float64 // of the swings
}

// The groups of inputs by their source.
const (
	assumed  = "assumptions"
	observed = "other sources"
)

// Sensitivity analyses a metric at a date, "" for the last. The error is an *InputError.
func (s *Study) Sensitivity(name, date string) (*Sensitivity, error) {
	y, err := s.Outcome(name, date)
	if err != nil {
		return nil, err
	}
	out := &Sensitivity{Outcome: name, Date: date}
	if date == "" && len(s.Dates) > 0 {
		out.Date = s.Dates[len(s.Dates)-1]
	}
	groups := s.groups()
	switch s.Design {
	case "morris":
		in, o := s.Inputs, analysis.MorrisOptions{}
		if s.Coordinates != nil {
			in = analysis.Inputs{Names: in.Names, Rows: s.Coordinates}
			o.Span = slices.Repeat([]float64{1}, len(in.Names))
		}
		out.Morris, err = analysis.Morris(in, y, o)
	case "oat":
		out.Base, out.Swings, err = analysis.OneAtATime(s.Inputs, y)
	case "saltelli":
		in := s.Inputs
		if s.Coordinates != nil {
			in = analysis.Inputs{Names: in.Names, Rows: s.Coordinates}
		}
		out.Sobol, err = analysis.Sobol(in, y, analysis.SobolOptions{Groups: groups})
	default:
		out.Sobol, err = analysis.FirstOrder(s.Inputs, y, analysis.SobolOptions{Groups: groups})
	}
	if err != nil {
		return nil, results.InputErrorf("%s%s: %w", name, atDate(date), err)
	}
	return out, nil
}

func atDate(date string) string {
	if date == "" {
		return ""
	}
	return " at " + date
}

// groups puts inputs whose source is an assumption apart from those that cite one; nothing where sources are not known.
func (s *Study) groups() []analysis.Group {
	var out []analysis.Group
	for _, g := range []struct {
		name string
		in   bool
	}{{assumed, true}, {observed, false}} {
		var members []string
		for j, source := range s.Sources {
			if source != "" && IsAssumption(source) == g.in {
				members = append(members, s.Inputs.Names[j])
			}
		}
		if len(members) > 0 {
			out = append(out, analysis.Group{Name: g.name, Members: members})
		}
	}
	return out
}

// Sentences say the finding, and how much of the variance rests on assumptions.
func (v *Sensitivity) Sentences() []string {
	subject := v.Outcome + atDate(v.Date)
	switch {
	case v.Sobol != nil:
		out := []string{v.Sobol.Sentence(subject)}
		for _, g := range v.Sobol.Groups {
			if g.Name == assumed {
				out = append(out, fmt.Sprintf("At least %.0f %% of the variance comes from values whose source is an assumption: %s.", 100*max(0, g.AtLeast.Value), quantity.List(g.Members)))
			}
		}
		return out
	case len(v.Morris) > 0:
		sorted := slices.Clone(v.Morris)
		slices.SortStableFunc(sorted, func(a, b analysis.MorrisEffects) int {
			return cmp.Compare(b.MuStar.Value, a.MuStar.Value)
		})
		top := sorted[0]
		return []string{fmt.Sprintf("%s moves %s most: by %s on average over its range (95 %% interval %s to %s).", top.Name, subject,
			quantity.ThreeDigits(top.MuStar.Value), quantity.ThreeDigits(top.MuStar.Low), quantity.ThreeDigits(top.MuStar.High))}
	}
	sorted := slices.Clone(v.Swings)
	slices.SortStableFunc(sorted, func(a, b analysis.Swing) int { return cmp.Compare(swing(b), swing(a)) })
	var parts []string
	for _, w := range sorted[:min(1, len(sorted))] {
		parts = append(parts, fmt.Sprintf("%s moves %s most: %s at its low setting, %s at its high one, from %s.", w.Name, subject,
			quantity.Signed(quantity.ThreeDigits(w.AtLow.Value)), quantity.Signed(quantity.ThreeDigits(w.AtHigh.Value)), quantity.ThreeDigits(v.Base)))
	}
	return parts
}

// swing is the size of an input's swing.
func swing(w analysis.Swing) float64 { return abs(w.AtHigh.Value - w.AtLow.Value) }

func abs(v float64) float64 { return max(v, -v) }

// Bound is a condition on a metric.
type Bound struct {
	Metric     string
	Comparison string // <, <=, > or >=
	Value      float64
}

// ParseBound reads a condition as written on the command line: 'hhi_sales < 1800'.
func ParseBound(text string) (Bound, error) {
	for _, c := range []string{"<=", ">=", "<", ">"} {
		name, value, found := strings.Cut(text, c)
		if !found {
			continue
		}
		b := Bound{Metric: strings.TrimSpace(name), Comparison: c}
		if _, err := fmt.Sscan(strings.ReplaceAll(strings.TrimSpace(value), "_", ""), &b.Value); err != nil || b.Metric == "" {
			break
		}
		return b, nil
	}
	return Bound{}, results.InputErrorf("the condition %q is not understood; write METRIC < NUMBER or METRIC > NUMBER, for example 'hhi_sales < 1800'", text)
}

func (b Bound) String() string {
	return fmt.Sprintf("%s %s %s", b.Metric, b.Comparison, quantity.ThreeDigits(b.Value))
}

// Discover finds where in the space of inputs runs satisfy a condition at a date, "" for the last. Each replication counts as a run.
func (s *Study) Discover(b Bound, date string, o analysis.PRIMOptions) (*analysis.Discovery, error) {
	y, err := s.Outcome(b.Metric, date)
	if err != nil {
		return nil, err
	}
	in := analysis.Inputs{Names: s.Inputs.Names, Labels: s.Inputs.Labels}
	var flat []float64
	for i, of := range y {
		for _, v := range of {
			in.Rows = append(in.Rows, s.Inputs.Rows[i])
			flat = append(flat, v)
		}
	}
	interest, err := analysis.Where(flat, b.Comparison, b.Value)
	if err != nil {
		return nil, results.AsInput(err)
	}
	d, err := analysis.PRIM(in, interest, o)
	if err != nil {
		return nil, results.InputErrorf("%s%s: %w", b, atDate(date), err)
	}
	return d, nil
}
