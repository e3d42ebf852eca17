package history

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"simulate/internal/quantity"
	"simulate/sim"
	"simulate/sim/experiment/results"
	"simulate/sim/observed"
)

var nan = math.NaN()

// undefined are quantiles of nothing.
var undefined = [5]float64{nan, nan, nan, nan, nan}

// Series is an observed series and how the model gives it.
type Series struct {
	*observed.Series
	Title string // of the model's quantity, with its entity
	Unit  string // of the model's quantity
	// Log says whether distances are taken in logs, as for all amounts.
	Log    bool
	Growth bool // the growth factor per year, not the level
	share  bool // a part of a whole, whatever its unit is called
	of     func(*sim.Model) float64
}

// Quantities that no table has: shares of labs in what all own or buy.
const (
	shareOfCompute = "share_of_compute_owned" // entity: a lab; outside owners in the denominator
	shareOfSales   = "share_of_sales"         // entity: segment/lab; hosts of open models in the denominator
)

// isShare reports whether series of a quantity are parts of one whole.
func isShare(quantity string) bool { return quantity == shareOfCompute || quantity == shareOfSales }

// amounts are the units of what is compared in logs.
var amounts = []string{"USD", "USD/yr", "H100e", "H100e/yr", "FLOP", "USD/H100e", "USD/Mtok"}

// match finds what the model says about each observed series. Its error is an *results.InputError
// with all mistakes.
func match(cfg *sim.Config, all []*observed.Series) ([]*Series, error) {
	var out []*Series
	var wrong []string
	for _, o := range all {
		s := &Series{Series: o}
		column := "quantity"
		err := s.find(cfg)
		switch {
		case errors.As(err, new(noEntity)):
			column = "entity"
		case err != nil:
		case o.Unit == observed.Growth && math.IsNaN(o.Points[0].From):
			err = fmt.Errorf("growth of %s has no first day; write one under from", o.Quantity)
		case o.Unit == observed.Growth:
			s.Growth, s.Title, s.Unit = true, "Growth of "+quantity.Lowered(s.Title), observed.Growth
		}
		if err != nil {
			wrong = append(wrong, o.Points[0].At(column)+": "+err.Error())
			continue
		}
		s.Log = s.Growth || slices.Contains(amounts, s.Unit)
		for _, p := range o.Points {
			if column, bad := s.impossible(p); bad != "" {
				wrong = append(wrong, p.At(column)+": "+bad)
			}
		}
		out = append(out, s)
	}
	if len(wrong) > 0 {
		return nil, &results.InputError{Err: fmt.Errorf("%s", strings.Join(wrong, "\n"))}
	}
	return out, nil
}

// impossible says why a point cannot be of the series and what to write, and which cell is at
// fault; "" where it can.
func (s *Series) impossible(p observed.Point) (column, why string) {
	least := p.Value
	if p.Low < least {
		least = p.Low
	}
	most := p.Value
	if p.High > most {
		most = p.High
	}
	switch {
	case p.Unit != "" && p.Unit != s.Unit && !(p.Unit == "points" && s.Unit == "0–10,000"): // as tables call it
		remedy := "write a plain number in that unit"
		if scale := scaleOf(p.Unit, s.Unit); scale > 1 {
			remedy = fmt.Sprintf("write %s and leave the unit out", plain(p.Value*scale))
		}
		return "unit", fmt.Sprintf("the unit of %s is %s, not %s; %s", s.Quantity, s.Unit, p.Unit, remedy)
	case s.Log && least <= 0:
		return "value", fmt.Sprintf("%s of %g is not above 0; write the amount in %s, or take the row out", s.Name(), least,
			s.Unit)
	case s.Unit == "0–10,000" && p.Value > 0 && p.Value <= 1 && !p.Builtin:
		return "value", fmt.Sprintf("%s of %g seems to be an index of fractions, and the series is of shares in percent, "+
			"%s; write %g", s.Name(), p.Value, s.Unit, math.Round(p.Value*1e4))
	}
	return "value", s.beyond(p, least, most)
}

// find sets the function that reads the quantity from a run.
func (s *Series) find(cfg *sim.Config) error {
	lab := func(id string) int {
		return slices.IndexFunc(cfg.Labs, func(l sim.LabSpec) bool { return l.ID == id })
	}
	segment := func(id string) int {
		return slices.IndexFunc(cfg.Segments, func(g sim.SegmentSpec) bool { return g.ID == id })
	}
	if s.Entity == "" {
		for _, m := range sim.Metrics {
			if m.Name == s.Quantity {
				s.Title, s.Unit, s.of = m.Title, m.Unit, m.Of
				return nil
			}
		}
		return fmt.Errorf("no metric %q; `simulate list metrics` names them, and a variable of a lab or segment needs its "+
			"entity", s.Quantity)
	}
	if k, i := lab(s.Entity), segment(s.Entity); k >= 0 {
		return s.ofLab(k)
	} else if i >= 0 {
		return s.ofSegment(i)
	}
	where, who, both := strings.Cut(s.Entity, "/")
	if k, i := segment(where), lab(who); both && s.Quantity == shareOfSales && k >= 0 && i >= 0 {
		s.Title, s.Unit = "Share of "+where+" sales, "+who, "0–1"
		s.of = func(m *sim.Model) float64 { return m.ShareOf(k, i) }
		return nil
	}
	return noEntity{fmt.Sprintf("%s %q is no lab or segment of the scenario, nor SEGMENT/LAB with the quantity %s; %s",
		s.Quantity, s.Entity, shareOfSales, nearestEntity(cfg, s.Entity))}
}

// noEntity is the error of an entity that a scenario lacks.
type noEntity struct{ text string }

func (e noEntity) Error() string { return e.text }

// nearestEntity asks whether a lab or a segment was meant: of the same letters, by its display
// name, or nearly so written.
func nearestEntity(cfg *sim.Config, asked string) string {
	var known []string
	for i := range cfg.Labs {
		if l := &cfg.Labs[i]; l.Name != "" && strings.EqualFold(l.Name, asked) {
			return fmt.Sprintf("did you mean %q?", l.ID)
		}
		known = append(known, cfg.Labs[i].ID)
	}
	for i := range cfg.Segments {
		known = append(known, cfg.Segments[i].ID)
	}
	if id := strings.ToLower(strings.NewReplacer(" ", "_", "-", "_").Replace(asked)); slices.Contains(known, id) {
		return fmt.Sprintf("did you mean %q?", id)
	}
	return quantity.DidYouMean(strings.ToLower(asked), known)
}

func (s *Series) ofLab(i int) error {
	if s.Quantity == shareOfCompute {
		s.Title, s.Unit = "Share of compute owned, "+s.Entity, "0–1"
		s.of = func(m *sim.Model) float64 { return m.Lab(i).ComputeOwned / stock(m) }
		return nil
	}
	for _, v := range sim.LabVariables() {
		if v.Name == s.Quantity {
			s.Title, s.Unit = strings.ReplaceAll(v.Name, "_", " ")+", "+s.Entity, v.Unit
			s.share = v.Unit == "1" && strings.HasPrefix(v.Meaning, "Share")
			s.of = func(m *sim.Model) float64 { return v.Of(m, i) }
			return nil
		}
	}
	return fmt.Errorf("no variable %q of a lab; `simulate list lab-variables` names them, and there is %s", s.Quantity,
		shareOfCompute)
}

// stock is all compute owned, outside owners and grants included.
func stock(m *sim.Model) float64 {
	sum := m.Commons().OutsideStock
	for i := range m.NumLabs() {
		sum += m.Lab(i).ComputeOwned + m.Lab(i).GrantedCompute
	}
	return sum
}

func (s *Series) ofSegment(k int) error {
	for _, v := range sim.SegmentMetrics {
		if v.Name == s.Quantity {
			s.Title, s.Unit = v.Title+", "+s.Entity, v.Unit
			s.of = func(m *sim.Model) float64 { return v.Of(m, k) }
			return nil
		}
	}
	return fmt.Errorf("no metric %q of a segment; `simulate list segment-metrics` names them", s.Quantity)
}

// scale brings a value to where distances are taken.
func (s *Series) scale(v float64) float64 {
	if s.Log {
		return math.Log(v)
	}
	return v
}

// window is the steps of a run that an observation covers: the mean over first to last, counted in
// steps done.
type window struct{ first, last int }

// cover finds the steps of an observation; false where the clock does not hold all of it.
func cover(cfg *sim.Config, p observed.Point) (window, bool) {
	at := func(date float64) int { return int(math.Round((date - cfg.Start) * float64(cfg.StepsPerYear))) }
	w := window{at(p.Date), at(p.Date)}
	switch {
	case p.Unit == observed.Growth:
		w.first = at(p.From)
	case !math.IsNaN(p.From):
		w.first = at(p.From) + 1 // flows of a step carry the date of its end
		if w.first < 1 {
			return w, false
		}
	}
	return w, w.first >= 0 && w.first <= w.last && (p.Unit != observed.Growth || w.first < w.last) && w.last <= cfg.Steps
}

// value is what a run gives for an observation: the mean of a path over the window, or its growth
// per year across it.
func (s *Series) value(path []float64, w window, perYear int) float64 {
	if s.Growth {
		return math.Pow(path[w.last]/path[w.first], float64(perYear)/float64(w.last-w.first))
	}
	sum := 0.0
	for _, v := range path[w.first : w.last+1] {
		sum += v
	}
	return sum / float64(w.last+1-w.first)
}
