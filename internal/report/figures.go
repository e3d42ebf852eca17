package report

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"fmt"
	"html/template"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"simulate/internal/quantity"
	"simulate/internal/reference"
	"simulate/plots"
	"simulate/plots/chart"
	"simulate/sim/experiment/results"
)

// figures draws the figures of the folder into the page, and adds those that analyses have left in
// it. They are SVG, which prints sharp.
func (f *folder) figures() ([]part, error) {
	var left []text
	drawn, err := plots.Charts(f.dir, plots.Options{Reading: f.how, Highlight: f.highlight, Names: reference.Title,
		At: f.figuresAt(), Skipped: func(name,
			reason string) {
			left = append(left, text{Code: name, Text: "is left out: " + reason + "."})
		}})
	if unknown := (plots.UnknownLab{}); errors.As(err, &unknown) {
		return nil, inputError(unknown)
	}
	if err != nil {
		return nil, err
	}
	var all []figure
	known := map[string]bool{}
	for _, d := range drawn {
		known[d.Name()] = true
		picture, err := d.Chart.SVG()
		if err != nil {
			return nil, err
		}
		title, subtitle, notes, line := d.Chart.Words()
		one := figure{Name: d.Name(), Title: title, About: sentences(d.Figure.Meaning, cutAxes(d.Chart)),
			Alt: sentences(title, subtitle, notes, line), OfOne: d.Chart.Suffix != "" && len(f.cases()) > 1}
		if one.Drawing, err = f.looks.vector(picture, one.Alt); err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	for _, figure := range plots.Figures {
		known[figure.Name] = true
	}
	found, err := f.analyses(known)
	if err != nil {
		return nil, err
	}
	all = append(all, found...)
	for i := range all {
		all[i].Number = i + 1
	}
	switch {
	case len(all) == 0:
		return append([]part{missing("No figure can be drawn of these tables.")}, part{List: left}), nil
	case len(left) > 0:
		return []part{{Figures: all}, {List: left}}, nil
	}
	return []part{{Figures: all}}, nil
}

// cutAxes says which vertical axes leave zero out.
func cutAxes(ch *chart.Chart) string {
	var cut []string
	for _, p := range ch.Panels {
		if !p.Y.Log && len(p.Y.Ticks) > 0 && !p.Y.Named && (p.Y.Min > 0 || p.Y.Max < 0) {
			cut = append(cut, cmp.Or(p.Title, "the chart"))
		}
	}
	switch {
	case len(cut) == 0:
		return ""
	case len(cut) == len(ch.Panels):
		return "The vertical axis does not begin at 0"
	}
	return "The vertical axis does not begin at 0 in " + quantity.List(cut)
}

// inputError is that of a highlight that names no lab.
func inputError(u plots.UnknownLab) error {
	return &results.InputError{Err: fmt.Errorf("option %w", u)}
}

// analyses are the pictures in the folder that no figure of the list draws, such as those of
// `analyse`.
func (f *folder) analyses(known map[string]bool) ([]figure, error) {
	entries, err := os.ReadDir(filepath.Join(f.dir, "figures"))
	if err != nil {
		return nil, nil // a folder without figures
	}
	var out []figure
	for _, e := range entries {
		ext := filepath.Ext(e.Name())
		stem := strings.TrimSuffix(e.Name(), ext)
		family, _, _ := strings.Cut(stem, "-")
		if known[stem] || known[family] || !slices.Contains([]string{".png", ".svg"}, ext) {
			continue
		}
		known[stem] = true // not a second time in the other format
		b, err := os.ReadFile(filepath.Join(f.dir, "figures", e.Name()))
		if err != nil {
			return nil, err
		}
		title, about := svgWords(b)
		kind := "image/svg+xml"
		if ext == ".png" {
			title, about = pngWords(b)
			kind = "image/png"
		}
		if title == "" {
			title = plots.Label(stem)
		}
		out = append(out, picture(title, about, inline(kind, b)))
	}
	return out, nil
}

func picture(title, about string, source template.URL) figure {
	return figure{Title: title, About: sentences(about), Alt: sentences(title, about), Source: source}
}

// inline is a picture as part of the page.
func inline(kind string, b []byte) template.URL {
	return template.URL("data:" + kind + ";base64," + base64.StdEncoding.EncodeToString(b))
}

// sentences joins texts, each with a full stop.
func sentences(all ...string) string {
	var out []string
	for _, s := range all {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, strings.TrimSuffix(s, ".")+".")
		}
	}
	return strings.Join(out, " ")
}

// pngWords reads title and description that figures carry in text chunks.
func pngWords(b []byte) (title, about string) {
	for at := 8; at+12 <= len(b); {
		size := int(binary.BigEndian.Uint32(b[at:]))
		if size < 0 || at+12+size > len(b) {
			break
		}
		kind, data := string(b[at+4:at+8]), b[at+8:at+8+size]
		if keyword, rest, found := bytes.Cut(data, []byte{0}); kind == "iTXt" && found && len(rest) >= 4 {
			switch value := string(rest[4:]); string(keyword) {
			case "Title":
				title = value
			case "Description":
				about = value
			}
		}
		at += 12 + size
	}
	return title, about
}

// svgWords reads title and description of a picture.
func svgWords(b []byte) (title, about string) {
	var words struct {
		Title string `xml:"title"`
		Desc  string `xml:"desc"`
	}
	if xml.Unmarshal(b, &words) != nil {
		return "", ""
	}
	return words.Title, words.Desc
}
