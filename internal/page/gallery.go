package page

import (
	"cmp"
	"context"
	"fmt"
	"html"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"simulate/internal/explore"
	"simulate/internal/quantity"
	"simulate/internal/wholefile"
	"simulate/sim"
	"simulate/sim/scenario"
)

// exhibit is a scenario in the gallery.
type exhibit struct {
	Name, Title string
	Picture     string // SVG
	Sentence    string // the effect with its interval
}

// newExhibit computes a built-in scenario: what its events and policies change, or where it has
// none the difference to the scenario that it extends, under the same luck.
func newExhibit(t explore.Texts, b scenario.Builtin) (exhibit, error) {
	s, block, err := sampled(b.Name)
	if err != nil {
		return exhibit{}, err
	}
	st := galleryState()
	controls, err := s.Controls(st)
	if err != nil {
		return exhibit{}, err
	}
	against := false
	if len(block.Base) == 0 && b.Extends != "" {
		o, other, err := sampled(b.Extends)
		if err != nil {
			return exhibit{}, err
		}
		extended, err := o.Controls(st)
		if err != nil {
			return exhibit{}, err
		}
		if against = extended.Clock == controls.Clock; against {
			block.Base = other.Runs
		}
	}
	sum, err := s.Gather(st, block)
	if err != nil {
		return exhibit{}, err
	}
	e := exhibit{Name: b.Name, Title: cmp.Or(t["scenario."+b.Name], controls.Title)}
	if against {
		e.Sentence = t.Against(sum, b.Extends)
		title := strings.ReplaceAll(t["chart.change.against"], "{base}", b.Extends)
		e.Picture = ChangePicture(t, title, sum, controls.Markers)
		return e, nil
	}
	e.Picture = cmp.Or(ChangePicture(t, t.Title(sum.Measured), sum, controls.Markers),
		Picture(t, sum, controls.Markers))
	if said := t.Sentences(sum); len(said) > 0 {
		e.Sentence = said[0]
	}
	return e, nil
}

// sampled is a session on a built-in scenario, with its paired runs.
func sampled(name string) (*explore.Session, *explore.Block, error) {
	sc, err := scenario.Load(name, scenario.Options{})
	if err != nil {
		return nil, nil, err
	}
	s, err := explore.Open(name, sc.YAML())
	if err != nil {
		return nil, nil, err
	}
	b, err := s.Block(galleryState(), 1, galleryPairs)
	if err != nil {
		return nil, nil, fmt.Errorf("%s: %w", name, err)
	}
	return s, b, nil
}

func galleryState() explore.State {
	return explore.State{Form: explore.StateVersion, Program: sim.Version, Runs: galleryPairs}
}

// galleryPairs is how many paired replications stand behind each picture.
const galleryPairs = 20

// exhibits computes built-in scenarios one after the other, the baseline first; names chooses some.
func exhibits(ctx context.Context, t explore.Texts, names []string, notice func(string)) ([]exhibit, error) {
	all := scenario.Builtins()
	if names != nil {
		all = slices.DeleteFunc(all, func(b scenario.Builtin) bool { return !slices.Contains(names, b.Name) })
	}
	slices.SortStableFunc(all, func(a, b scenario.Builtin) int {
		if (a.Name == "baseline") == (b.Name == "baseline") {
			return 0
		} else if a.Name == "baseline" {
			return -1
		}
		return 1
	})
	var out []exhibit
	for i, b := range all {
		if ctx.Err() != nil {
			return nil, context.Cause(ctx)
		}
		e, err := newExhibit(t, b)
		if err != nil {
			return nil, err
		}
		out = append(out, e)
		notice(fmt.Sprintf("%d of %d: %s", i+1, len(all), b.Name))
	}
	return out, nil
}

// Gallery writes a site: the page of a scenario, from which all built-in ones are reached, and an
// index with picture, effect and link of each. It returns how many there are.
func Gallery(ctx context.Context, dir string, o Options, m *Module, notice func(string)) (int, error) {
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return 0, err
	}
	shown, err := Compute(o)
	if err != nil {
		return 0, err
	}
	whole, err := shown.Write(m)
	if err != nil {
		return 0, err
	}
	if err := wholefile.Write(filepath.Join(dir, "explore.html"), whole); err != nil {
		return 0, err
	}
	t := shown.data.Texts[shown.data.Language]
	all, err := exhibits(ctx, t, nil, notice)
	if err != nil {
		return 0, err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "<!DOCTYPE html>\n<html lang=\"%s\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "+
		"content=\"width=device-width, initial-scale=1\">"+
		"<title>simulate %s</title><style>%s</style></head><body><header><p class=\"brand\">simulate %s</p><h1>%s</h1><p "+
		"class=\"lead\">%s</p></header>\n",
		shown.data.Language, sim.Version, style(), sim.Version, html.EscapeString(t["question"]),
		html.EscapeString(t["notfor"]))
	for _, e := range all {
		q := url.Values{"v": {fmt.Sprint(explore.StateVersion)}, "program": {sim.Version}, "scenario": {e.Name}}
		if e.Name == shown.data.Name {
			q.Del("scenario")
		}
		fmt.Fprintf(&b, "<section><h2><a href=\"explore.html#%s\">%s</a></h2><p>%s</p><figure>%s</figure></section>\n",
			html.EscapeString(q.Encode()), html.EscapeString(e.Title), html.EscapeString(e.Sentence), e.Picture)
	}
	b.WriteString("</body></html>\n")
	return len(all), wholefile.Write(filepath.Join(dir, "index.html"), []byte(b.String()))
}

// GalleryPage is the gallery as a Markdown page with its pictures by file name, of the built-in
// scenarios named, or all.
func GalleryPage(ctx context.Context, names []string, notice func(string)) (text string, pictures map[string]string,
	err error) {
	all, err := exhibits(ctx, explore.Languages()["en"], names, notice)
	if err != nil {
		return "", nil, err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "# Gallery\n\nEvery built-in scenario: what its events and policies change in the concentration of "+
		"sales against the\nsame world without them; where nothing happens in it, the difference to the scenario that "+
		"it extends\nunder the same luck, and where it extends none, how concentrated sales become. Over %s of "+
		"runs\nwith simulate %s. Play with any of them: `simulate explore NAME`. Written by `go run\n"+
		"./internal/page/gallery`.\n", quantity.Plural(galleryPairs, "pair"), sim.Version)
	pictures = map[string]string{}
	for _, e := range all {
		file := "gallery/" + e.Name + ".svg"
		pictures[file] = e.Picture + "\n"
		fmt.Fprintf(&b, "\n## %s\n\n`%s`. %s\n\n![%s](%s)\n", e.Title, e.Name, e.Sentence, e.Title, file)
	}
	return b.String(), pictures, nil
}
