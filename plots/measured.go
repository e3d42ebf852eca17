package plots

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"simulate/internal/quantity"
)

// Measured is a quantity of a results folder over time, by case: a metric of the whole market or of
// a segment, a variable of a lab, of all or in a segment, or the gap between two labs; or what a
// case changes in it against its base.
type Measured struct {
	Text       string // as it was asked for
	Name       string // in words
	Unit       string // as the folder's dictionary gives it
	Difference bool

	paths map[string]*path // by case
	bases map[string]Case  // of differences, by case
}

// Statistic is what the replications of a case say of a quantity at one date.
type Statistic struct {
	N    int
	Mean float64
	// ends of the mean's 95 % interval by Student's t, NaN where all replications agree or there is
	// one
	Low, High               float64
	Q05, Q25, Q50, Q75, Q95 float64
}

// quantityAsked is how a user writes a quantity: metric, metric:segment, variable:lab,
// variable:lab-lab, or either of the last two of a segment, variable:segment/lab.
type quantityAsked struct{ text, name, segment, of, less string }

func readQuantity(text string) quantityAsked {
	name, of, _ := strings.Cut(strings.TrimSpace(text), ":")
	segment, lab, within := strings.Cut(of, "/")
	if !within {
		segment, lab = "", of
	}
	lab, less, _ := strings.Cut(lab, "-")
	// The second lab's segment may be said again.
	less = strings.TrimPrefix(strings.TrimSpace(less), strings.TrimSpace(segment)+"/")
	return quantityAsked{text: text, name: strings.TrimSpace(name), segment: strings.TrimSpace(segment),
		of: strings.TrimSpace(lab), less: less}
}

// measured reads one quantity, of the cases in sight.
func (r *Results) measured(text string, difference bool) (*Measured, error) {
	q := readQuantity(text)
	m := &Measured{Text: q.text, Difference: difference, paths: map[string]*path{}}
	var err error
	switch {
	case q.segment != "":
		err = r.ofOffers(m, q)
	case q.of == "":
		err = r.ofMarket(m, q)
	case slices.Contains(r.segment, q.of) && q.less == "":
		err = r.ofSegment(m, q)
	default:
		err = r.ofLabs(m, q)
	}
	if err != nil {
		return nil, err
	}
	defined := false
	for name, p := range m.paths {
		if from, to, _ := r.window.bounds(); !math.IsInf(from, 0) || !math.IsInf(to, 0) {
			p.crop(from, to)
		}
		if slices.ContainsFunc(p.mean, func(v float64) bool { return !math.IsNaN(v) }) {
			defined = true
		} else {
			delete(m.paths, name)
		}
	}
	if !defined {
		return nil, asked("--metric %s: it has no value in these cases and dates", q.text)
	}
	return m, nil
}

// ofMarket reads a metric of the whole market.
func (r *Results) ofMarket(m *Measured, q quantityAsked) error {
	if _, known := r.metrics[q.name]; !known {
		return r.unknownMetric(q)
	}
	m.Name, m.Unit = r.metricName(q.name), r.metricUnit("market", q.name)
	if !m.Difference {
		m.paths = clonedPaths(r.metrics[q.name])
		return nil
	}
	s, err := r.sampleOf("market", q, nil)
	if err != nil {
		return err
	}
	return r.differences(m, s)
}

// ofSegment reads a metric of a segment.
func (r *Results) ofSegment(m *Measured, q quantityAsked) error {
	bySegment, known := r.segments[q.name]
	if !known {
		return asked("--metric %s: no such metric of segments; %s", q.text, quantity.DidYouMean(q.name, keys(r.segments)))
	}
	m.Name = r.metricName(q.name) + ", " + strings.ToLower(words(q.of)[:1]) + words(q.of)[1:]
	m.Unit = r.metricUnit("segments", q.name)
	if !m.Difference {
		m.paths = clonedPaths(bySegment[q.of])
		return nil
	}
	s, err := r.sampleOf("segments", q, map[string]string{"segment": q.of})
	if err != nil {
		return err
	}
	return r.differences(m, s)
}

// ofLabs reads a variable of a lab, or that of one lab less that of another in the same
// replication.
func (r *Results) ofLabs(m *Measured, q quantityAsked) error {
	variables, labs := r.knownLabs()
	if len(labs) == 0 {
		return asked("--metric %s: the folder has no table labs_summary", q.text)
	}
	if !slices.Contains(variables, q.name) {
		return asked("--metric %s: labs have no variable %s; %s", q.text, q.name, quantity.DidYouMean(q.name, variables))
	}
	m.Name, m.Unit = r.metricName(q.name), r.unitOf("labs", q.name)
	if q.less != "" || m.Difference {
		return r.labsOrGap(m, q, "labs", labs, nil, "")
	}
	id, err := r.labAsked(q, q.of, labs)
	if err != nil {
		return err
	}
	m.Name += ", " + r.labInWords(id)
	for _, c := range r.Manifest.Cases {
		for _, l := range r.labs[c.Name] {
			if p := l.variable[q.name]; l.id == id && p != nil {
				m.paths[c.Name] = p.clone()
			}
		}
	}
	return nil
}

// labAsked finds a lab by its key or by the name that figures give it.
func (r *Results) labAsked(q quantityAsked, asks string, labs []string) (string, error) {
	for _, id := range labs {
		if strings.EqualFold(id, asks) || len(r.Manifest.Cases) > 0 && strings.EqualFold(r.labName(r.Manifest.Cases[0].Name,
			id), asks) {
			return id, nil
		}
	}
	for _, id := range labs {
		if class, _, several := strings.Cut(id, "#"); several && strings.EqualFold(class, asks) {
			return "", asked("--metric %s: %s are several labs; name one of them, such as %s", q.text, asks, id)
		}
	}
	known := labs
	if q.less == "" {
		known = slices.Concat(r.segment, labs)
	}
	return "", asked("--metric %s: there is no lab or segment %q; %s", q.text, asks, quantity.DidYouMean(asks, known))
}

// unknownMetric says what to write instead.
func (r *Results) unknownMetric(q quantityAsked) error {
	variables, labs := r.knownLabs()
	known := keys(r.metrics)
	switch {
	case len(known) == 0:
		return asked("--metric %s: the folder has no table summary to read it from; of a sweep that is not merged yet, "+
			"`simulate sweep merge` makes it", q.text)
	case slices.Contains(variables, q.name) && len(labs) > 0:
		return asked("--metric %s: that is a variable of each lab; write %s:%s, or %s:%s-%s for the gap between two", q.text,
			q.name, labs[0], q.name, labs[0], labs[min(1, len(labs)-1)])
	case r.names != nil && r.names(q.name) != "":
		return asked("--metric %s: the folder does not record it; it has %s", q.text, quantity.List(known))
	}
	return asked("--metric %s: there is no such metric; %s", q.text, whichMetric(q.name, known))
}

// whichMetric is the remedy for an unknown metric: the nearest of those known, and where all are.
func whichMetric(name string, known []string) string {
	const all = "`simulate list metrics` names all"
	if w := quantity.Nearest(name, known); w != "" {
		return fmt.Sprintf("did you mean %q? %s", w, all)
	}
	return all
}

// knownLabs are the variables of labs, and labs in the table's order.
func (r *Results) knownLabs() (variables, labs []string) {
	for _, c := range r.Manifest.Cases {
		for _, l := range r.labs[c.Name] {
			if !slices.Contains(labs, l.id) {
				labs = append(labs, l.id)
			}
			for v := range l.variable {
				if !slices.Contains(variables, v) {
					variables = append(variables, v)
				}
			}
		}
	}
	slices.Sort(variables)
	return variables, labs
}

// metricName is a metric in words.
func (r *Results) metricName(id string) string {
	if r.names != nil {
		if s := r.names(id); s != "" {
			return s
		}
	}
	return words(id)
}

func keys[V any](m map[string]V) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

func clonedPaths(m map[string]*path) map[string]*path {
	out := map[string]*path{}
	for name, p := range m {
		out[name] = p.clone()
	}
	return out
}

func (p *path) clone() *path {
	q := *p
	return &q
}
