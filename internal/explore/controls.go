package explore

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"simulate/internal/quantity"
	"simulate/sim/scenario"
)

// Usual are the sliders of a scenario that names none: the parameters on which the concentration of
// sales depends most in the sensitivity analysis of the validation, then those that decide how far
// and how fast efficiency spreads.
var Usual = []string{
	"research.gamma", "market.theta", "market.sigma", "market.eta", "research.omega", "training.distillation",
	"market.host_substitution", "research.open_lag", "chips.price_performance_growth", "industry.entry_rate",
}

// The budgets that a page offers, USD per year: from a university lab to the largest platform.
const (
	leastBudget = 6e6
	mostBudget  = 80e9
)

// Controls are what a page lets its reader move in a state.
type Controls struct {
	Name        string     `json:"name"`
	Title       string     `json:"title"`
	Description string     `json:"description"`
	Sliders     []Control  `json:"sliders"`
	Labs        []Control  `json:"labs"` // the budget of each
	Events      []Event    `json:"events"`
	Policies    []Switch   `json:"policies"`
	Markers     []Marker   `json:"markers"`
	Notes       []string   `json:"notes,omitempty"`
	Clock       [2]float64 `json:"clock"`
}

// Control moves a PATH: by one of its Choices, by a slider between Low and High, or, where there
// are neither because its value follows from others or has no bounds, by typing.
type Control struct {
	Path    string   `json:"path"`
	Label   string   `json:"label"`          // the last words of the PATH; of a budget, the lab's key
	Name    string   `json:"name,omitempty"` // of a budget, the lab's name where the scenario gives it
	Meaning string   `json:"meaning"`        // a sentence, English
	Source  string   `json:"source"`         // "" where none is given
	Given   bool     `json:"given"`          // the scenario gives the value, or the state
	Unit    string   `json:"unit"`           // as documentation writes it
	Value   string   `json:"value"`          // in the scenario's syntax; "" where the model derives it
	At      Number   `json:"at"`             // where the value lies between the ends, 0 to 1
	Low     string   `json:"low"`
	High    string   `json:"high"`
	Range   bool     `json:"range"` // the ends are those of designs: the knob's own range
	Choices []string `json:"choices,omitempty"`
}

// Event is an event of a state, as far as a page shows it.
type Event struct {
	Path       string    `json:"path"` // events.0
	Label      string    `json:"label"`
	Lab        string    `json:"lab"`
	Owner      string    `json:"owner"` // what lab means, English
	Date       string    `json:"date"`
	Disclosure string    `json:"disclosure"`
	Openness   string    `json:"openness"` // what disclosure means, English
	Sizes      []Control `json:"sizes"`    // factors on efficiency
	When       *Control  `json:"when,omitempty"`
}

// sizes are the keys of a shock that say how large it is.
var sizes = []string{"efficiency", "training_efficiency", "serving_efficiency"}

// Switch is a policy that a page turns on and off.
type Switch struct {
	ID      string `json:"id"`
	Label   string `json:"label"`
	Text    string `json:"text"`    // what the policy is, for policies.ID=TEXT
	Meaning string `json:"meaning"` // what its levers do, English
	Source  string `json:"source"`  // of its values
}

// Controls lists what can be moved in a state.
func (s *Session) Controls(st State) (*Controls, error) {
	if err := st.Check(); err != nil {
		return nil, err
	}
	sc, err := s.whole(st)
	if err != nil {
		return nil, err
	}
	cfg := sc.Config()
	// lists, not null, for the page
	out := &Controls{Sliders: []Control{}, Labs: []Control{}, Events: []Event{}, Policies: []Switch{},
		Name: sc.Name, Title: cmp.Or(sc.Title, sc.Name), Description: strings.Join(strings.Fields(sc.Description), " "),
		Markers: markers(cfg),
		Notes:   sc.Notes, Clock: [2]float64{sc.Start, sc.Start + float64(sc.Steps)/float64(sc.StepsPerYear)}}
	paths := sc.Experiment.Sliders
	if len(paths) == 0 {
		paths = Usual
	}
	cited := newCited(sc)
	for _, path := range paths {
		if k, known := sc.Knob(path); known {
			out.Sliders = append(out.Sliders, control(k, s.span(st, sc, k), cited))
		}
	}
	for i := range cfg.Labs {
		class := classOf(cfg.Labs[i].ID)
		k, known := sc.Knob("labs." + class + ".budget")
		if !known || i > 0 && class == classOf(cfg.Labs[i-1].ID) {
			continue
		}
		c := control(k, s.span(st, sc, k), cited)
		v := shorten(cfg.Labs[i].Budget.At(cfg.Start))
		c.Value, c.At, c.Label, c.Name = k.Format(v), place(k, s.span(st, sc, k), v), class, cfg.Labs[i].Name
		out.Labs = append(out.Labs, c)
	}
	for i := range cfg.Shocks {
		e := &cfg.Shocks[i]
		if i > 0 && e.Event == cfg.Shocks[i-1].Event {
			continue
		}
		path := sc.EventPath(i)
		one := Event{Path: path, Label: e.Label,
			Owner: scenario.MeaningOf(path + ".shock.lab"), Openness: scenario.MeaningOf(path + ".shock.disclosure"),
			Lab:  sc.Flow("events", strconv.Itoa(e.Event-1), "shock", "lab"),
			Date: quantity.DayOf(e.Date), Disclosure: map[bool]string{true: "published", false: "closed"}[e.Publish],
			Sizes: []Control{}}
		for _, size := range sizes {
			if k, known := sc.Knob(one.Path + ".shock." + size); known && !math.IsNaN(k.Value) {
				one.Sizes = append(one.Sizes, control(k, s.span(st, sc, k), cited))
			}
		}
		if k, known := sc.Knob(one.Path + ".at"); known {
			c := control(k, s.span(st, sc, k), cited)
			one.When = &c
		}
		out.Events = append(out.Events, one)
	}
	for i := range cfg.Policies {
		p := &cfg.Policies[i]
		out.Policies = append(out.Policies, newSwitch(sc, cited, p))
	}
	return out, nil
}

// span is what the slider of a knob spans, by the scenario as it was before anything moved, so that
// the ends stand still; of what the state itself adds, by the state.
func (s *Session) span(st State, sc *scenario.Scenario, k *scenario.Knob) [2]float64 {
	if before, _, err := s.still(State{Scenario: st.Scenario}); err == nil {
		if was, known := before.Knob(k.Path); known {
			if between := ends(before, was); !math.IsNaN(between[0]) {
				return between
			}
		}
	}
	return ends(sc, k)
}

// ends are what a slider spans: for a budget what labs have, for an event's size up to twenty
// times; otherwise the range of its knob, for a date eight years from the start, or a factor of two
// on either side. They are NaN where nothing bounds the value.
func ends(sc *scenario.Scenario, k *scenario.Knob) [2]float64 {
	parts := strings.Split(k.Path, ".")
	last := parts[len(parts)-1]
	switch {
	case len(parts) == 3 && parts[0] == "labs" && last == "budget":
		return [2]float64{leastBudget, mostBudget}
	case parts[0] == "events" && slices.Contains(sizes, last):
		return [2]float64{1, 20}
	case k.Words != nil || math.IsNaN(k.Value) && !k.HasRange || math.IsInf(k.Value, 0):
		return [2]float64{math.NaN(), math.NaN()}
	case k.HasRange:
		return k.Range
	case k.Unit == "date":
		return [2]float64{sc.Start, min(sc.Start+8, sc.Start+float64(sc.Steps-1)/float64(sc.StepsPerYear))}
	case k.Value > 0:
		return [2]float64{max(k.Low, k.Value/2), min(k.High, 2*k.Value)}
	}
	return [2]float64{max(k.Low, min(k.Value, 0)), min(k.High, max(1, k.Value))}
}

func control(k *scenario.Knob, between [2]float64, of cited) Control {
	c := Control{Path: k.Path, Label: k.Path[strings.LastIndexByte(k.Path, '.')+1:], Unit: k.Unit, Choices: k.Words,
		Meaning: scenario.MeaningOf(k.Path), Source: of.source(k.Path), Given: k.Given}
	c.Label = strings.ReplaceAll(c.Label, "_", " ")
	if !math.IsNaN(between[0]) {
		c.Low, c.High, c.Range = text(k, between[0]), text(k, between[1]), k.HasRange && between == k.Range
	}
	switch {
	case k.Words != nil:
		c.Unit = ""
		if at := int(k.Value); at >= 0 && at < len(k.Words) {
			c.Value = k.Words[at]
		}
	case math.IsInf(k.Value, 0) || math.IsNaN(k.Value):
	default:
		c.Value = text(k, k.Value)
		if c.Low != "" {
			c.At = place(k, between, k.Value)
		}
	}
	return c
}

// place is where a value lies between the ends of a slider, as Knob.Spread counts.
func place(k *scenario.Knob, ends [2]float64, v float64) Number {
	u := (v - ends[0]) / (ends[1] - ends[0])
	if ends[0] > 0 && k.Unit != "date" {
		u = math.Log(v/ends[0]) / math.Log(ends[1]/ends[0])
	}
	return Number(min(max(u, 0), 1))
}

// Slide is the setting PATH=VALUE for a place between the ends of a slider, 0 to 1, with three
// digits.
func (s *Session) Slide(st State, path string, at float64) (string, error) {
	sc, _, err := s.still(st)
	if err != nil {
		return "", err
	}
	k, known := sc.Knob(path)
	if !known {
		return "", fmt.Errorf("%s: there is no such PATH", path)
	}
	between := s.span(st, sc, k)
	if math.IsNaN(between[0]) || math.IsNaN(at) {
		return "", fmt.Errorf("%s has no ends between which a slider could stand; write its value", path)
	}
	return path + "=" + text(k, k.Spread(between, min(max(at, 0), 1))), nil
}

// text writes a value of a knob with three digits, as scenarios do: growth as a factor a year, a
// date as its month.
func text(k *scenario.Knob, v float64) string {
	switch {
	case k.Unit == "date":
		return quantity.DayOf(v)[:7]
	case k.Unit == "growth/yr":
		return strconv.FormatFloat(shorten(math.Exp(v)), 'f', -1, 64) + "x/yr"
	case k.Words != nil:
		return k.Format(v)
	}
	return k.Format(shorten(v))
}

// shorten rounds to three significant digits.
func shorten(v float64) float64 {
	out, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 3, 64), 64)
	if err != nil {
		return v
	}
	return out
}
