package plots

import (
	"slices"
	"strings"

	"simulate/internal/quantity"
)

// offersTable has what each lab sells in each segment.
const offersTable = "lab_segments"

// offerWords are other words for columns of that table.
var offerWords = map[string]string{"revenue": "sales"}

// ofOffers reads what a lab has in a segment (share:enterprise/openai), or that less what another
// has there in the same replication (share:enterprise/openai-google).
func (r *Results) ofOffers(m *Measured, q quantityAsked) error {
	if column, other := offerWords[q.name]; other {
		q.name = column
	}
	t, err := r.read(offersTable, "case", "lab", "segment")
	if err != nil {
		return err
	}
	if t == nil {
		return asked("--metric %s: what labs have in a segment stands in the table %s, which the folder lacks; run it "+
			"again with --tables %s", q.text, offersTable, offersTable)
	}
	var columns []string
	for _, c := range t.Columns {
		if !slices.Contains([]string{"case", "replication", "date", "lab", "segment"}, c.Name) {
			columns = append(columns, c.Name)
		}
	}
	if !slices.Contains(columns, q.name) {
		return asked("--metric %s: labs have no %s in a segment; %s", q.text, q.name, quantity.DidYouMean(q.name, columns))
	}
	if known := t.Distinct("segment"); !slices.Contains(known, q.segment) {
		return asked("--metric %s: there is no segment %q; %s", q.text, q.segment, quantity.DidYouMean(q.segment, known))
	}
	m.Name, m.Unit = words(q.name), writtenUnit(q.name, r.unitOf(offersTable, q.name))
	labs := t.Distinct("lab")
	_, known := r.knownLabs()
	for _, id := range known {
		if !slices.Contains(labs, id) {
			labs = append(labs, id)
		}
	}
	return r.labsOrGap(m, q, offersTable, labs, map[string]string{"segment": q.segment},
		" in "+quantity.Within(words(q.segment)))
}

// labsOrGap reads a column of a table of labs for one lab, or for one less another in the same
// replication; where says what other columns hold, and where it is in words.
func (r *Results) labsOrGap(m *Measured, q quantityAsked, table string, labs []string, where map[string]string,
	place string) error {
	var samples []map[string]sample
	var names []string
	for _, asks := range []string{q.of, q.less} {
		if asks == "" {
			continue
		}
		id, err := r.labAsked(q, asks, labs)
		if err != nil {
			return err
		}
		rows := map[string]string{"lab": id}
		for c, v := range where {
			rows[c] = v
		}
		s, err := r.sampleOf(table, q, rows)
		if err != nil {
			return err
		}
		if len(s) == 0 && q.segment != "" {
			return asked("--metric %s: %s sells nothing in %s here", q.text, r.labInWords(id), q.segment)
		}
		samples, names = append(samples, s), append(names, r.labInWords(id))
	}
	if len(samples) == 0 {
		return asked("--metric %s: name a lab, as in %s:%s/%s", q.text, q.name, q.segment, labs[0])
	}
	m.Name += ", " + strings.Join(names, " less ") + place
	s := samples[0]
	if len(samples) == 2 {
		for name := range s {
			s[name] = s[name].less(samples[1][name])
		}
	}
	if m.Difference {
		return r.differences(m, s)
	}
	for _, c := range r.Manifest.Cases {
		if d := s[c.Name]; len(d) > 0 {
			m.paths[c.Name] = d.path()
		}
	}
	return nil
}

// labInWords is what figures call a lab of the folder.
func (r *Results) labInWords(id string) string {
	if len(r.Manifest.Cases) > 0 {
		return r.labName(r.Manifest.Cases[0].Name, id)
	}
	return words(id)
}
