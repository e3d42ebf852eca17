package chart

import (
	"fmt"
	"path/filepath"
	"strings"

	"simulate/internal/latex"
	"simulate/internal/visible"
	"simulate/internal/wholefile"
)

// Caption is what stands under the figure in a paper: title, what is drawn, panels, notes and
// source.
func (ch *Chart) Caption() string {
	title, subtitle, notes, source := ch.Words()
	var panels []string
	for _, p := range ch.Panels {
		if p.Title == "" {
			continue
		}
		name := p.Title
		if p.Unit != "" {
			name += " (" + p.Unit + ")"
		}
		panels = append(panels, Breakable(name))
	}
	var said []string
	for _, s := range []string{title, subtitle, strings.Join(panels, "; "), notes, source} {
		if s = strings.TrimSpace(s); s == "" {
			continue
		}
		if !strings.HasSuffix(s, ".") {
			s += "."
		}
		said = append(said, s)
	}
	return visible.Text(strings.Join(said, " "))
}

// LaTeX is a figure environment with the caption, for a picture file beside it.
func (ch *Chart) LaTeX(name string) string {
	width := "\\linewidth"
	if ch.Size.Width > 0 {
		width = fmt.Sprintf("%.4gmm", millimetres(ch.Size.Width, 1))
	}
	return fmt.Sprintf("\\begin{figure}\n  \\centering\n  \\includegraphics[width=%s]{%s}\n  \\caption{%s}\n  "+
		"\\label{fig:%s}\n\\end{figure}\n", width, name, latex.Escape(ch.Caption()), name)
}

// SaveCaptions writes the caption beside a figure, given without extension: as text and as a LaTeX
// figure.
func (ch *Chart) SaveCaptions(stem string) error {
	if err := wholefile.Write(stem+".txt", []byte(ch.Caption()+"\n")); err != nil {
		return err
	}
	return wholefile.Write(stem+".tex", []byte(ch.LaTeX(filepath.Base(stem))))
}
