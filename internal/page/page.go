package page

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"embed"
	"encoding/ascii85"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html/template"
	"maps"
	"math"
	"slices"
	"strings"

	"simulate/internal/explore"
	"simulate/internal/trust"
	"simulate/plots"
	"simulate/plots/chart"
	"simulate/sim"
	"simulate/sim/scenario"
)

//go:embed page.html page.css engine.js state.js charts.js controls.js labs.js compare.js tools.js app.js fonts/*.woff2
var files embed.FS

// faces are the fonts that a page carries, by weight: what fonts/subset leaves of the figures'
// fonts.
var faces = map[int]string{400: "fonts/Inter-Regular.woff2", 600: "fonts/Inter-SemiBold.woff2"}

// readFile is a file of the page.
func readFile(name string) string {
	text, err := files.ReadFile(name)
	if err != nil {
		panic(err) // embedded: cannot fail
	}
	return string(text)
}

// style is the style sheet with its fonts.
func style() string {
	var out strings.Builder
	for _, weight := range slices.Sorted(maps.Keys(faces)) {
		fmt.Fprintf(&out, "@font-face{font-family:Inter;font-weight:%d;src:url(data:font/woff2;base64,%s)}\n", weight,
			base64.StdEncoding.EncodeToString([]byte(readFile(faces[weight]))))
	}
	return out.String() + readFile("page.css")
}

// scripts are those of a page, in the order in which they run.
var scripts = []string{"state.js", "charts.js", "controls.js", "labs.js", "compare.js", "tools.js", "app.js"}

// Pairs is how many paired replications the first picture shows.
const Pairs = 50

// mostOwn is the number of labs of a scenario's own up to which all charts name them unasked.
const mostOwn = 3

// Options say how to write a page.
type Options struct {
	Scenario *scenario.Scenario
	Module   *Module
	Texts    map[string]explore.Texts // by language; nil: those of the program
	Language string                   // in which the page opens; "": English
	Pairs    int                      // paired replications of the first picture; 0: Pairs
	Follow   []string                 // keys of labs that all charts name, beside those that are the scenario's own
}

// data is what the scripts of a page start from.
type data struct {
	Name          string                   `json:"name"`
	Version       string                   `json:"version"`
	Form          int                      `json:"form"`
	YAML          string                   `json:"yaml"`
	Hash          string                   `json:"hash"`
	Language      string                   `json:"language"`
	Texts         map[string]explore.Texts `json:"texts"`
	Presets       []preset                 `json:"presets"`
	Offered       []explore.Switch         `json:"offered"`
	Controls      *explore.Controls        `json:"controls"`
	Path          *explore.Answer          `json:"path"`
	Base          *explore.Answer          `json:"base"`
	Summary       *explore.Summary         `json:"summary"`
	Sentences     map[string][]string      `json:"sentences"`
	Rows          map[string][][]string    `json:"rows"`
	Labels        map[string]string        `json:"labels"`    // of labs
	Colours       map[string]string        `json:"colours"`   // of labs and classes, as in figures
	Follow        []string                 `json:"follow"`    // labs that all charts name
	Highlight     string                   `json:"highlight"` // colour of the lab that a reader adds
	Scores        map[string]float64       `json:"scores"`    // of the validation, by the places of its text
	ReferenceRuns int                      `json:"reference"`
	Pairs         int                      `json:"pairs"`
}

// preset is a built-in scenario.
type preset struct {
	Name  string `json:"name"`
	Title string `json:"title"`
}

// Shown is what the program computes for a page: its first picture and everything that stands on it
// without scripts.
type Shown struct {
	Title, Description string
	Sentences          []string
	Rows               [][]string
	Change             template.HTML // SVG of what the events and policies change; empty where there are none
	Picture            template.HTML // SVG of the concentration of sales
	data               *data
}

// Compute makes the runs of a page's first picture.
func Compute(o Options) (*Shown, error) {
	texts := o.Texts
	if texts == nil {
		texts = explore.Languages()
	}
	language := o.Language
	if language == "" {
		language = "en"
	}
	if texts[language] == nil {
		return nil, fmt.Errorf("there is no language %q", language)
	}
	pairs := o.Pairs
	if pairs == 0 {
		pairs = Pairs
	}
	d := &data{Name: o.Scenario.Name, Version: sim.Version, Form: explore.StateVersion, YAML: string(o.Scenario.YAML()),
		Language: language, Texts: texts,
		Sentences: map[string][]string{}, Rows: map[string][][]string{}, Labels: map[string]string{},
		Colours:       map[string]string{},
		ReferenceRuns: explore.ReferenceRuns, Pairs: pairs, Highlight: chart.Hex(chart.Highlight),
		Follow: append([]string{}, o.Follow...)}
	own := o.Scenario.OwnLabs()
	for _, id := range own {
		if len(own) <= mostOwn && !slices.Contains(d.Follow, id) {
			d.Follow = append(d.Follow, id)
		}
	}
	for _, b := range scenario.Builtins() {
		d.Presets = append(d.Presets, preset{b.Name, b.Title})
	}
	s, err := explore.Open(d.Name, []byte(d.YAML))
	if err != nil {
		return nil, err
	}
	st := explore.State{Form: explore.StateVersion, Program: sim.Version, Runs: pairs}
	if d.Hash, err = s.Hash(); err != nil {
		return nil, err
	}
	if d.Offered, err = s.Offered(); err != nil {
		return nil, err
	}
	if d.Controls, err = s.Controls(st); err != nil {
		return nil, err
	}
	if d.Path, err = s.Path(st, false); err != nil {
		return nil, err
	}
	if d.Base, err = s.Path(st, true); err != nil {
		return nil, err
	}
	block, err := s.Block(st, 1, pairs)
	if err != nil {
		return nil, err
	}
	if d.Summary, err = s.Gather(st, block); err != nil {
		return nil, err
	}
	for code, t := range texts {
		d.Sentences[code], d.Rows[code] = t.Sentences(d.Summary), t.Rows(d.Summary)
	}
	if d.Scores, err = scores(); err != nil {
		return nil, err
	}
	for _, id := range scenario.BaselineLabs() {
		d.Labels[id] = plots.Label(id)
	}
	roster := plots.Roster{Own: own, Highlight: o.Follow}
	for _, l := range d.Path.Labs {
		d.Labels[l.ID] = plots.Label(l.ID)
		if math.IsNaN(l.Compute[0]) { // it is not there at the first date
			roster.Newcomers = append(roster.Newcomers, l.ID)
		} else {
			roster.Labs = append(roster.Labs, l.ID)
		}
	}
	for id, c := range roster.Colours() {
		d.Colours[id] = chart.Hex(c)
	}
	t := texts[language]
	return &Shown{
		Title:       cmp.Or(t["scenario."+d.Name], d.Controls.Title),
		Description: t.Described(d.Name, d.Controls.Description),
		Sentences:   d.Sentences[language], Rows: d.Rows[language],
		Change:  template.HTML(ChangePicture(t, t.Title(d.Summary.Measured), d.Summary, d.Controls.Markers)),
		Picture: template.HTML(Picture(t, d.Summary, d.Controls.Markers)),
		data:    d,
	}, nil
}

// Write makes the page.
func (s *Shown) Write(m *Module) ([]byte, error) {
	var app strings.Builder
	for _, name := range scripts {
		app.WriteString(readFile(name))
	}
	style := style()
	engine := m.Support + "\n" + readFile("engine.js")
	text, err := json.Marshal(s.data) // escapes <, > and &, so that nothing in it ends its element
	if err != nil {
		return nil, err
	}
	page, err := template.New("page.html").Parse(readFile("page.html"))
	if err != nil {
		return nil, err
	}
	hash := func(text string) string {
		sum := sha256.Sum256([]byte(text))
		return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
	}
	policy := "default-src 'none'; script-src " + hash(engine) + " " + hash(app.String()) + " 'wasm-unsafe-eval'; " +
		"worker-src blob:; style-src " + hash(style) +
		"; font-src data:; img-src blob: data:; connect-src 'none'; base-uri 'none'; form-action 'none'"
	t := s.data.Texts[s.data.Language]
	var out bytes.Buffer
	err = page.Execute(&out, map[string]any{
		"Language": s.data.Language, "Texts": t, "Shown": s, "Version": sim.Version, "Policy": policy,
		"Validation": validation(t, s.data.Scores), "Glossary": glossary(t), "NoScript": strings.ReplaceAll(t["noscript"],
			"{version}", sim.Version),
		// The parts go in by the names that stand in the template, after it, for its escaping would
		// change their bytes and so their hashes.
	})
	if err != nil {
		return nil, err
	}
	result := out.Bytes()
	for _, part := range []struct{ name, text string }{
		{"@STYLE@", style}, {"@DATA@", string(text)}, {"@MODULE@", inText(m.Gzip)}, {"@ENGINE@",
			engine}, {"@APP@", app.String()},
	} {
		result = bytes.Replace(result, []byte(part.name), []byte(part.text), 1)
	}
	return result, nil
}

// entry is a word of the glossary with its meaning.
type entry struct{ Key, Word, Meaning string }

// glossary are the words of a language by their keys, in the order of the keys.
func glossary(t explore.Texts) (out []entry) {
	for key, word := range t {
		if name, is := strings.CutPrefix(key, "term."); is {
			out = append(out, entry{name, word, t["glossary."+name]})
		}
	}
	slices.SortFunc(out, func(a, b entry) int { return cmp.Compare(a.Key, b.Key) })
	return out
}

// inText writes bytes as text of a script element: Ascii85, which takes a quarter more than the
// bytes and base64 a third, with other letters for the two signs that HTML gives a meaning.
func inText(data []byte) string {
	out := make([]byte, ascii85.MaxEncodedLen(len(data)))
	out = out[:ascii85.Encode(out, data)]
	return strings.NewReplacer("<", "x", "&", "y").Replace(string(out))
}

// scores are what the validation gave, by the places of its text.
func scores() (map[string]float64, error) {
	s, err := trust.Builtin()
	if err != nil {
		return nil, err
	}
	misfits, err := trust.Misfits()
	return map[string]float64{"scored": float64(s.Scored), "within": float64(s.Within), "no_change": s.NoChange.Ratio,
		"trend": s.Trend.Ratio, "gibrat": s.Gibrat.Ratio, "misfits": float64(len(misfits))}, err
}

// validation is the text of the validation with its scores.
func validation(t explore.Texts, of map[string]float64) string {
	var pairs []string
	for place, v := range of {
		pairs = append(pairs, "{"+place+"}", t.Number(v, 2))
	}
	return strings.NewReplacer(pairs...).Replace(t["validation.text"])
}
