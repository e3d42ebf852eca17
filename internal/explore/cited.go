package explore

import (
	"slices"
	"strings"

	"simulate/sim"
	"simulate/sim/scenario"
)

// cited are the sources of a scenario's values.
type cited struct {
	of      map[string]string // by PATH
	origins []scenario.Origin
}

func newCited(sc *scenario.Scenario) cited {
	out := cited{map[string]string{}, sc.Origins()}
	for _, o := range out.origins {
		out.of[o.Path] = o.Source
	}
	return out
}

// source is that of the value at a PATH: its own, that of a parameter of the model, or those of the
// values below it, such as the dated ones of a budget, each once.
func (c cited) source(path string) string {
	if own := c.of[path]; own != "" {
		return own
	}
	if f, parameter := sim.LookUp(path); parameter {
		return f.Source
	}
	var all []string
	for _, o := range c.origins {
		if strings.HasPrefix(o.Path, path+".") && o.Source != "" && !slices.Contains(all, o.Source) {
			all = append(all, o.Source)
		}
	}
	return strings.Join(all, "; ")
}

// newSwitch is a policy of a scenario.
func newSwitch(sc *scenario.Scenario, of cited, p *sim.Policy) Switch {
	path := "policies." + p.ID
	out := Switch{ID: p.ID, Label: p.Label, Text: sc.Flow("policies", p.ID), Source: of.source(path)}
	var levers []string
	for _, o := range of.origins {
		rest, below := strings.CutPrefix(o.Path, path+".")
		lever, _, _ := strings.Cut(rest, ".")
		if below && !slices.Contains(plainKeys, lever) && !slices.Contains(levers, lever) {
			levers = append(levers, lever)
		}
	}
	var said []string
	for _, lever := range levers {
		said = append(said, scenario.MeaningOf(path+"."+lever))
	}
	out.Meaning = strings.Join(said, ". ")
	return out
}

// plainKeys are the keys of a policy that are no levers.
var plainKeys = []string{"label", "from", "until"}

// classOf is the key of a scenario file that a lab's ID comes from: start_up of start_up#3.
func classOf(id string) string {
	class, _, _ := strings.Cut(id, "#")
	return class
}
