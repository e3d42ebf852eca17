package study

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"simulate/internal/quantity"
	"simulate/sim/design"
	"simulate/sim/experiment/analysis"
	"simulate/sim/experiment/results"
	"simulate/sim/scenario"
)

// Sensitivity says which inputs drive an outcome at a date. Which of its parts is set depends on
// the design: Sobol indices for a Saltelli design, elementary effects for Morris, swings for one at
// a time, first-order indices from splines for any other sample.
type Sensitivity struct {
	Outcome, Date string
	Sobol         *analysis.SobolIndices
	Morris        []analysis.MorrisEffects
	Swings        []analysis.Swing
	Base          float64 // of the swings
	// Of a sample without a design besides: total order from a fit, density and scores; nil where they
	// were not asked for.
	Fitted  *analysis.FittedTotals
	Density *analysis.Densities
	Scores  *analysis.Scores
	Notes   []string // what a reader should know of the rows, a sentence each
	called  func(outcome string) string
	brief   string // what further sentences call what is analysed
}

// The groups of inputs by their source.
const (
	assumed  = "assumptions"
	observed = "other sources"
)

// Measures are what a sample without a design is asked for.
var Measures = []string{"first", "total", "density", "scores"}

// quickCells is how many cells of inputs all measures take a moment for.
const quickCells = 200_000

// Sensitivity analyses a metric at a date, "" for the last. measures, some of Measures, are for a
// sample without a design: by default all, in a large one the first. The error is an *InputError.
func (s *Study) Sensitivity(name, date string, measures ...string) (*Sensitivity, error) {
	y, err := s.Outcome(name, date)
	if err != nil {
		return nil, err
	}
	out := &Sensitivity{Outcome: name, Date: s.dateOf(date), brief: s.brief(name), called: s.Called}
	of, err := s.complete(name, y)
	if err != nil {
		return nil, err
	}
	out.Notes = of.notes
	in, groups := of.inputs, s.groups()
	if order := s.order(); of.coordinates != nil && (order == design.Trajectories || order == design.Crossings) {
		in = analysis.Inputs{Names: in.Names, Rows: of.coordinates}
	}
	switch s.order() {
	case design.Trajectories:
		o := analysis.MorrisOptions{}
		if of.coordinates != nil {
			o.Span = slices.Repeat([]float64{1}, len(in.Names))
		}
		out.Morris, err = analysis.Morris(in, of.y, o)
	case design.Swings:
		out.Base, out.Swings, err = analysis.OneAtATime(in, of.y)
	case design.Crossings:
		out.Sobol, err = analysis.Sobol(in, of.y, analysis.SobolOptions{Groups: groups})
	default:
		if of.units == nil {
			if of.units = analysis.SharedUnits(in); of.units != nil {
				out.Notes = append(out.Notes, fmt.Sprintf("Points that share inputs are taken for one future: %s make %s.",
					quantity.Plural(len(in.Rows), "point"), quantity.Plural(slices.Max(of.units)+1, "future")))
			}
		}
		if err = enough(in, of.units); err != nil {
			break
		}
		replications := len(of.y[0])
		few := len(in.Rows) < analysis.LeastPoints
		switch {
		case few && s.repeated: // too few combinations to draw from: each row by itself
			in, of.y, of.units = flattened(in, of.y)
		case few && s.Replications > 1 && len(in.Rows)*s.Replications >= analysis.LeastPoints:
			in, of.y, of.units = withoutCommonLuck(in, of.y)
			out.Notes = append(out.Notes, fmt.Sprintf("%s: shares are of the variance that is left when the luck common to "+
				"all of them is taken out.", quantity.Plural(len(s.Inputs.Rows), "point")))
		}
		err = out.given(in, of, analysis.SobolOptions{Groups: groups, Units: of.units,
			SharedLuck: s.Origin != ""}, measures)
		if !few && err == nil && !out.Sobol.FewLucks {
			out.Notes = append(out.Notes, aboutIntervals(len(in.Rows), of)...)
		}
		if err == nil && out.Sobol.Replications == 1 {
			out.Sobol.Replications = replications
			if replications > 1 { // they count as points
				out.Sobol.Noise.Value = math.NaN()
			}
		}
	}
	if err != nil {
		return nil, results.InputErrorf("%s: %w", out.Subject(asIs), err)
	}
	out.bound()
	return out, nil
}

// bound puts shares that chance carries below 0 or above 1 there, and says of which.
func (v *Sensitivity) bound() {
	if v.Sobol == nil {
		return
	}
	var beyond []string
	if v.Sobol, beyond = v.Sobol.Bounded(); len(beyond) > 0 {
		v.Notes = append(v.Notes, fmt.Sprintf("Chance carries the estimate of %s beyond what a share can be: it is given as "+
			"0 or 100 %%.", someOf(beyond)))
	}
}

// enough refuses a sample with too few points that differ in more than a list of values, or too few
// units: what one input explains is not told apart there from what others do at the same points.
func enough(in analysis.Inputs, units []int) error {
	rows, what := in.Rows, "point"
	if units != nil {
		rows, what = nil, "future"
		seen := map[int]bool{}
		for i, u := range units {
			if !seen[u] {
				seen[u], rows = true, append(rows, in.Rows[i])
			}
		}
	}
	if len(rows) >= analysis.LeastPoints || len(in.Names) < 2 {
		return nil
	}
	for j, name := range in.Names {
		values := map[float64]bool{}
		for _, row := range rows {
			values[row[j]] = true
		}
		if 2*len(values) > len(rows) {
			return fmt.Errorf("%s are too few to tell what %s explains from what else differs between them; take at least "+
				"%d, better some hundreds", quantity.Plural(len(rows), what), name, analysis.LeastPoints)
		}
	}
	return nil
}

// given measures a sample without a design.
func (v *Sensitivity) given(in analysis.Inputs, of present, o analysis.SobolOptions, measures []string) (err error) {
	if len(measures) == 0 {
		measures = Measures
		if len(in.Rows)*len(in.Names) > quickCells {
			measures = measures[:1]
			v.Notes = append(v.Notes, "First order alone, for the sample is large; --measures total,density,scores takes a "+
				"while.")
		}
	}
	if v.Sobol, err = analysis.FirstOrder(in, of.y, o); err != nil {
		return err
	}
	if slices.Contains(measures, "total") {
		if v.Fitted, err = analysis.Fitted(in, of.y, o); err != nil {
			return err
		}
		for j := range v.Sobol.Inputs {
			if v.Sobol.FewLucks {
				v.Fitted.Total[j].Low, v.Fitted.Total[j].High = math.NaN(), math.NaN()
			}
			v.Sobol.Inputs[j].Total = v.Fitted.Total[j]
		}
	}
	if slices.Contains(measures, "density") {
		if v.Density, err = analysis.Density(in, of.y, o); err != nil {
			return err
		}
	}
	if slices.Contains(measures, "scores") {
		v.Scores, err = analysis.FeatureScores(in, of.y, o)
	}
	return err
}

// enoughForShares is from how many points on intervals of shares hold what they promise.
const enoughForShares = 100

// aboutIntervals says where the intervals of shares hold less than 95 %.
func aboutIntervals(points int, of present) (out []string) {
	what := "point"
	if of.units != nil {
		points, what = slices.Max(of.units)+1, "independent point"
	}
	if points < enoughForShares {
		out = append(out, fmt.Sprintf("Intervals of shares hold the truth in about nine of ten samples of %s; take 100 or "+
			"more for 95 %%.", quantity.Plural(points, what)))
	}
	if analysis.LongTailOfShares(of.y) {
		out = append(out, "A few outcomes make much of the variance: intervals of shares hold less than 95 % there. "+
			"Density (--measures density) does not rest on the variance.")
	}
	return out
}

// aboutGiven says how far the measures of a sample without a design go.
func (v *Sensitivity) aboutGiven() []string {
	var out []string
	if f := v.Fitted; f != nil {
		switch {
		case math.IsNaN(f.Explains):
			out = append(out, "The sample has too few points for total order.")
		case f.Explains < 0.8:
			out = append(out, fmt.Sprintf("Total order is from a polynomial of %s that explains %s of the variance of "+
				"%s at points it has not seen: what it misses is in no total, so that totals are lower bounds.",
				quantity.Plural(f.Terms, "term"), quantity.Share(max(0, f.Explains)), v.brief))
		default:
			out = append(out, fmt.Sprintf("Total order is from a polynomial of %s that explains %s of the variance of "+
				"%s at points it has not seen.", quantity.Plural(f.Terms, "term"), quantity.Share(f.Explains), v.brief))
		}
	}
	if v.Density != nil {
		var names []string
		for j, e := range v.Density.Index {
			if e.Value > v.Density.Floor[j] {
				names = append(names, v.Sobol.Inputs[j].Name)
			}
		}
		text := "By density (PAWN) no input stands out from noise"
		if len(names) > 0 {
			text = "By density (PAWN) the distribution of " + v.brief + " moves with " + quantity.List(names)
		}
		out = append(out, fmt.Sprintf("%s: an input without influence reaches %s in one of twenty samples.", text,
			between(v.Density.Floor)))
	}
	if v.Scores != nil {
		out = append(out, fmt.Sprintf("Scores are those of trees that explain %s of the variance of %s at points left "+
			"out; noise scores %s.", quantity.Share(max(0, v.Scores.Explains)), v.brief, between(v.Scores.Floor)))
	}
	return out
}

// between is what noise reaches in the place of each input.
func between(floors []float64) string {
	text := quantity.ThreeDigits(slices.Min(floors))
	if most := quantity.ThreeDigits(slices.Max(floors)); most != text {
		text += " to " + most + " (by the input in whose place it stands)"
	}
	return text
}

// withoutCommonLuck makes a point of every run of a few points that share their luck, less what a
// replication has in common at all of them. Runs of one replication are drawn together.
func withoutCommonLuck(in analysis.Inputs, y [][]float64) (analysis.Inputs, [][]float64, []int) {
	common, grand := make([]float64, len(y[0])), 0.0
	for _, of := range y {
		for r, v := range of {
			common[r] += v / float64(len(y))
			grand += v / float64(len(y)*len(of))
		}
	}
	left := make([][]float64, len(y))
	var units []int
	for i, of := range y {
		for r, v := range of {
			left[i], units = append(left[i], v-common[r]+grand), append(units, r)
		}
	}
	out, flat, _ := flattened(in, left)
	return out, flat, units
}

// flattened makes a point of every replication.
func flattened(in analysis.Inputs, y [][]float64) (analysis.Inputs, [][]float64, []int) {
	out := analysis.Inputs{Names: in.Names, Labels: in.Labels}
	var flat [][]float64
	for i, of := range y {
		for _, v := range of {
			out.Rows, flat = append(out.Rows, in.Rows[i]), append(flat, []float64{v})
		}
	}
	return out, flat, nil
}

// groups puts inputs whose source is an assumption apart from those that cite one; nothing where
// sources are not known.
func (s *Study) groups() []analysis.Group {
	var out []analysis.Group
	for _, g := range []struct {
		name string
		in   bool
	}{{assumed, true}, {observed, false}} {
		var members []string
		for j, source := range s.Sources {
			if source != "" && scenario.IsAssumption(source) == g.in {
				members = append(members, s.Inputs.Names[j])
			}
		}
		if len(members) > 0 {
			out = append(out, analysis.Group{Name: g.name, Members: members})
		}
	}
	return out
}

// ofAssumptions says what the values whose source is an assumption explain by themselves, and
// whether the sample tells it apart from nothing.
func ofAssumptions(share analysis.Estimate, names []string, subject string) string {
	s := fmt.Sprintf("Values whose source is an assumption (%s) make %s of the variance of %s by themselves",
		quantity.List(names), quantity.Share(max(0, share.Value)), subject)
	switch {
	case math.IsNaN(share.Low):
		return s + "."
	case share.Low <= 0:
		return s + ", which is not told apart from none (95 % interval up to " + quantity.Share(share.High) + ")."
	}
	return s + " (95 % interval " + quantity.ShareInterval(share.Low, share.High) + ")."
}

// Subject is what is analysed, in words: the outcome as title calls it, whether it is an effect,
// and when.
func (v *Sensitivity) Subject(title func(string) string) string {
	return v.called(title(v.Outcome)) + atDate(v.Date)
}

// Sentences say the finding, and how much of the variance rests on assumptions.
func (v *Sensitivity) Sentences() []string {
	subject := v.Subject(asIs)
	switch {
	case v.Sobol != nil:
		out := append([]string{v.Sobol.Sentence(subject)}, v.aboutGiven()...)
		for _, g := range v.Sobol.Groups {
			if g.Name == assumed {
				out = append(out, ofAssumptions(g.AtLeast, g.Members, v.brief))
			}
		}
		return out
	case len(v.Morris) > 0:
		sorted := slices.Clone(v.Morris)
		slices.SortStableFunc(sorted, func(a, b analysis.MorrisEffects) int {
			return cmp.Compare(b.MuStar.Value, a.MuStar.Value)
		})
		top := sorted[0]
		if top.MuStar.Low <= 0 {
			return []string{fmt.Sprintf("No input is told to move %s: the largest estimate is that of %s, %s on average over "+
				"its range (95 %% interval %s to %s).", subject, top.Name, quantity.ThreeDigits(top.MuStar.Value),
				quantity.ThreeDigits(top.MuStar.Low), quantity.ThreeDigits(top.MuStar.High))}
		}
		return []string{fmt.Sprintf("%s moves %s most: by %s on average over its range (95 %% interval %s to %s).",
			top.Name, subject,
			quantity.ThreeDigits(top.MuStar.Value), quantity.ThreeDigits(top.MuStar.Low), quantity.ThreeDigits(top.MuStar.High))}
	}
	sorted := slices.Clone(v.Swings)
	slices.SortStableFunc(sorted, func(a, b analysis.Swing) int { return cmp.Compare(swing(b), swing(a)) })
	var parts []string
	for _, w := range sorted[:min(1, len(sorted))] {
		parts = append(parts, fmt.Sprintf("%s moves %s most: %s at its low setting, %s at its high one, from %s.", w.Name,
			subject,
			quantity.Signed(quantity.ThreeDigits(w.AtLow.Value)), quantity.Signed(quantity.ThreeDigits(w.AtHigh.Value)),
			quantity.ThreeDigits(v.Base)))
	}
	return parts
}

// swing is the size of an input's swing.
func swing(w analysis.Swing) float64 { return abs(w.AtHigh.Value - w.AtLow.Value) }

func abs(v float64) float64 { return max(v, -v) }
