package scenario

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"simulate/internal/pattern"
	"simulate/internal/quantity"
	"simulate/sim/table"
)

// Mark says what stands behind an input.
type Mark string

// The four marks. A reader of results asks first for the assumptions.
const (
	Data       Mark = "data"       // the source is somebody's observation, count or announcement
	Derived    Mark = "derived"    // computed, fitted or solved from data, or data with an assumption beside
	Assumption Mark = "assumption" // the source says so, no source is named, or --set gave the value
	AtDefault  Mark = "default"    // nobody gave a value: the model's own stands, with the source that the model names
)

// Marks are all marks, in the order in which counts name them.
var Marks = []Mark{Data, Derived, Assumption, AtDefault}

// Input is a value that decides results, with what stands behind it.
type Input struct {
	Path    string
	Value   string // the number in Unit (the median of a distribution), an ISO date, or words
	Unit    string // as in tables: USD/yr, x/yr for growth; "" for words
	Source  string // a citation, "assumption", the --set that gave it; "" where none is named
	Mark    Mark
	Written string // as scenarios write it, a distribution in full
	Note    string
	Where   string // file:line, the text of a --set, or "default"
}

// settings are about the experiment and not about the world; the manifest has them.
var settings = []string{"state_of", "clock", "replications", "reference_replications", "seed", "centre", "mode"}

// labels are keys that name something in tables and figures and change no number.
var labels = []string{"name", "label"}

// Inputs lists every value about the world that the scenario gives, in the order of YAML(), and
// after them what is at its default. Clock, seed and number of replications are no inputs.
func (s *Scenario) Inputs() []Input {
	var out []Input
	stated := map[string]bool{}
	for _, o := range s.Origins() {
		first, _, _ := strings.Cut(o.Path, ".")
		last := o.Path[strings.LastIndex(o.Path, ".")+1:]
		if stated[o.Path] = true; slices.Contains(settings, first) ||
			slices.Contains(proseKeys, first) || slices.Contains(labels, last) {
			continue
		}
		in := Input{Path: o.Path, Value: o.Value, Source: o.Source, Mark: markOf(o), Written: o.Value, Note: o.Note,
			Where: o.Where}
		if k, found := s.Knob(o.Path); found && !math.IsNaN(k.Value) {
			in.Value, in.Unit = k.cell(k.Value), k.TableUnit()
		} else if o.Unit == "USD" { // what another currency is worth
			in.Value, in.Unit = strings.TrimSuffix(o.Value, " USD"), "USD"
		}
		out = append(out, in)
	}
	for _, k := range s.Knobs() {
		derived := math.IsNaN(k.Value) || len(k.Words) > 0 && k.Value < 0
		if stated[k.Path] || derived || k.IsClock() {
			continue
		}
		out = append(out, Input{Path: k.Path, Value: k.cell(k.Value), Unit: k.TableUnit(), Mark: AtDefault,
			Written: k.Format(k.Value), Where: "default"})
	}
	return s.drawnTogether(out)
}

// drawnTogether says of parameters that vectors give that their own values do not count.
func (s *Scenario) drawnTogether(list []Input) []Input {
	if s.sets == nil {
		return list
	}
	for i := range list {
		in := &list[i]
		if slices.ContainsFunc(s.sets.knobs, func(k *Knob) bool { return k.Path == in.Path }) {
			in.Mark, in.Source, in.Note = Derived, "parameter_sets",
				"each replication takes one of the scenario's vectors instead of this value"
		}
	}
	return list
}

// cell is a value as a table holds it.
func (l *Knob) cell(v float64) string {
	if l.Textual() {
		return l.Cell(v)
	}
	return table.FormatNumber(l.ToTable(v))
}

// markOf is the mark of a value that the scenario states.
func markOf(o Origin) Mark {
	if o.Default {
		return AtDefault
	}
	return MarkOf(o.Source)
}

// MarkOf reads off a source what stands behind a value: its first words decide, as docs/tutorial.md
// explains.
func MarkOf(source string) Mark {
	switch {
	case strings.HasPrefix(source, setPrefix) || IsAssumption(source) || noSource().MatchString(source):
		return Assumption
	case derivedWords().MatchString(source) || assumedWords().MatchString(source):
		return Derived
	}
	return Data
}

// IsAssumption tells whether a source says first of all that a value is assumed.
func IsAssumption(source string) bool { return assumedFirst().MatchString(source) }

const setPrefix = "--set "

const guesses = `(?:assum|guess|judge?ment|hypothe|illustrat|placeholder|annahme|angenommen|hypothèse|supuesto|` +
	`suposici|suposiç|hipótes|ipotesi|assunzion|aanname|założeni|antagande|antagelse|oletus|varsayım|допущени|` +
	`предположени|假设|假定|仮定|가정)`

var (
	assumedFirst = pattern.Late(`(?i)^\W*(?:(?:option|own|our|my|we|i|authors?['’]?s?|expert|team|working|eigene|meine|` +
		`unsere|propia|propre|propria)\b\W*)*` + guesses)
	// noSource matches what stands where a source is still wanted, and what names nobody else.
	noSource = pattern.Late(`(?i)^[^\p{L}\p{N}]*(?:(?:tb[acd]|to be (?:added|confirmed|determined|done)|to ?do|fixme|` +
		`xxx+|n\s*/?\s*a|n\.\s*a\.|none|unknown|no source|(?:source|citation|reference) (?:needed|missing|wanted|unknown)|` +
		`unpublished|unveröffentlicht|unbelegt|inconnue?|estimates?|own|myself|me)[^\p{L}\p{N}]*)?$|` +
		`^\W*(?:(?:(?:my|our|own|rough|crude|personal|back.of.the.envelope|eigene|grobe)\s+)+(?:estimat|schätzung|figure|` +
		`number|view|opinion)|rough\b|ballpark|estimation (?:personnelle|propre)|estimación propia|stima propria)`)
	assumedWords = pattern.Late(`(?i)\b` + guesses)
	derivedWords = pattern.Late(`(?i)^\W*(?:own |our |my )?(?:derived|solved|fitted|calibrated|computed|` +
		`calculat|estimated from|interpolat|extrapolat|converted|scaled|imputed|parameter_sets)`)
)

// Assumed tells whether the input is an assumption, the model's own at its default included.
func (in Input) Assumed() bool {
	return in.Mark == Assumption || in.Mark == AtDefault && IsAssumption(in.Source)
}

// CountInputs says in a sentence how many inputs there are of each mark, and how many of the
// assumptions are without a source or the model's own.
func CountInputs(list []Input) string {
	by := map[Mark]int{}
	unnamed, byHand, ownAssumed := 0, 0, 0
	for _, in := range list {
		by[in.Mark]++
		switch {
		case in.Mark == Assumption && in.Source == "":
			unnamed++
		case strings.HasPrefix(in.Source, setPrefix):
			byHand++
		case in.Mark == AtDefault && in.Assumed():
			ownAssumed++
		}
	}
	detail := func(n int, words string) string {
		if n == 0 {
			return ""
		}
		return fmt.Sprintf(", %d %s", n, words)
	}
	return fmt.Sprintf("%s: %d data, %d derived, %s (%d said to be%s%s), %s (%d of them assumptions of the model).",
		quantity.Plural(len(list), "input"), by[Data], by[Derived], quantity.Plural(by[Assumption], "assumption"),
		by[Assumption]-unnamed-byHand, detail(unnamed, "without a source"), detail(byHand, "set by hand"),
		quantity.Plural(by[AtDefault], "default"), ownAssumed)
}
