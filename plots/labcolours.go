package plots

import (
	"image/color"
	"slices"

	"simulate/plots/chart"
)

// Roster are the classes of labs that are to have colours, in the order in which they first stand
// in the table of labs, which is that of the scenario.
type Roster struct {
	Labs      []string // there at the start
	Newcomers []string // that come later, such as entrants
	Own       []string // of those, the ones of the reader's own files
	Highlight []string // those that the reader wants to see
}

// labColours are those of a folder's classes of labs.
func (r *Results) labColours() map[string]color.NRGBA {
	all := Roster{Own: r.own, Highlight: r.highlight}
	for _, c := range r.Manifest.Cases {
		classes := r.classesOf(c.Name)
		if len(classes) == 0 {
			continue
		}
		start := datesOfAll(classes)[0]
		for _, cl := range classes {
			switch {
			case slices.Contains(all.Labs, cl.id) || slices.Contains(all.Newcomers, cl.id):
			case cl.dates[0] > start:
				all.Newcomers = append(all.Newcomers, cl.id)
			default:
				all.Labs = append(all.Labs, cl.id)
			}
		}
	}
	return all.Colours()
}

// Colours gives classes of labs their colours in the order of the roster, so that a lab has one
// colour in every figure of a folder and of all folders with the same roster. Newcomers take theirs
// from the palette's end, and so do labs of the reader's own beside built-in ones. Of the others
// those for which none is left have none.
func (r Roster) Colours() map[string]color.NRGBA {
	colours := map[string]color.NRGBA{}
	for k, id := range r.Highlight {
		colours[id] = chart.Highlighted(k)
	}
	rest := func(ids []string) (others, own []string) {
		for _, id := range ids {
			switch {
			case slices.Contains(r.Highlight, id):
			case slices.Contains(r.Own, id):
				own = append(own, id)
			default:
				others = append(others, id)
			}
		}
		return others, own
	}
	roster, own := rest(r.Labs)
	newcomers, later := rest(r.Newcomers)
	free := chart.LabPalette
	for _, id := range newcomers[:min(len(newcomers), 2)] {
		colours[id], free = free[len(free)-1], free[:len(free)-1]
	}
	free = colourOwn(colours, append(own, later...), free, len(roster) > 0)
	for k, id := range roster[:min(len(roster), len(free))] {
		colours[id] = free[k]
	}
	return colours
}

// mostOwnFirst is the number of own labs up to which they come before all others, as what the
// reader asks about. leastOfOthers is the number of colours that they leave to built-in labs.
const (
	mostOwnFirst  = 8
	leastOfOthers = 6
)

// colourOwn gives each lab of the reader's own files a colour of its own and returns those that are
// left. Beside others they take them from the palette's end; where it does not last, darker and
// paler ones follow.
func colourOwn(colours map[string]color.NRGBA, own []string, free []color.NRGBA, others bool) []color.NRGBA {
	palette := slices.Clone(free)
	if others {
		slices.Reverse(palette)
		palette = palette[:max(1, len(palette)-leastOfOthers)]
	}
	for k, id := range own {
		switch c := palette[k%len(palette)]; k / len(palette) {
		case 0:
			colours[id] = c
		case 1:
			colours[id] = chart.Blend(c, chart.Ink, .4)
		default:
			colours[id] = chart.Blend(c, chart.Paper, .4)
		}
	}
	taken := min(len(own), len(palette))
	if others {
		return free[:len(free)-taken]
	}
	return free[taken:]
}

// ownLabs are the keys of the labs of the reader's own files, in any case.
func (m Manifest) ownLabs() (out []string) {
	for _, c := range m.Cases {
		for _, id := range c.OwnLabs {
			if !slices.Contains(out, id) {
				out = append(out, id)
			}
		}
	}
	return out
}

// besideOthers tells whether labs that are not the reader's own are there from the start of any
// case.
func (r *Results) besideOthers(byCase map[string][]*class) bool {
	for _, classes := range byCase {
		if len(classes) == 0 {
			continue
		}
		start := datesOfAll(classes)[0]
		for _, c := range classes {
			if c.dates[0] == start && !slices.Contains(r.own, c.id) {
				return true
			}
		}
	}
	return false
}
