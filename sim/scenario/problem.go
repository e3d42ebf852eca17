package scenario

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// Problem is one mistake in a scenario: where it stands, what is wrong and what to write instead.
type Problem struct {
	File    string // as the reader knows it: a path, or the text of a --set
	Line    int    // from 1; 0 where no line can be named
	Col     int    // from 1, in characters; 0 where no column can be named
	Message string // what is wrong
	Remedy  string // what to write instead, "" where the message says it
	Snippet string // the line with a caret below the place, "" where there is none
}

// Error is `file:line:col: what is wrong; what to write`, without the snippet.
func (p Problem) Error() string {
	var b strings.Builder
	b.WriteString(p.File)
	if p.Line > 0 {
		fmt.Fprintf(&b, ":%d:%d", p.Line, p.Col)
	}
	b.WriteString(": " + p.Message)
	if p.Remedy != "" {
		b.WriteString("; " + p.Remedy)
	}
	return b.String()
}

// Problems are all mistakes of a scenario, in the order of files and lines.
type Problems []Problem

// Error prints one mistake per line.
func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.Error()
	}
	return strings.Join(lines, "\n")
}

// complaint is what is wrong with a piece of text, before its place is known.
type complaint struct{ what, remedy string }

func complain(remedy, format string, args ...any) *complaint {
	return &complaint{fmt.Sprintf(format, args...), remedy}
}

// document is one text that a scenario is read from: a file, or the value of a --set.
type document struct {
	name    string
	lines   []string
	set     bool // given by --set
	builtin bool // the program carries it
	dir     string
	order   int // rank in messages
}

func newDocument(name string, data []byte) *document {
	return &document{name: name, lines: strings.Split(string(data), "\n")}
}

// pos is a place in a document.
type pos struct {
	doc       *document
	line, col int
}

// String names the place as messages do.
func (p pos) String() string {
	if p.doc == nil {
		return "default"
	}
	if p.doc.set || p.line == 0 {
		return p.doc.name
	}
	return fmt.Sprintf("%s:%d", p.doc.name, p.line)
}

// distance ranks documents by how far they are from the reader: --set, the file, what it extends.
func (d *document) distance() int {
	switch {
	case d == nil:
		return 0
	case d.set:
		return -d.order
	}
	return d.order
}

// snippet is the line of a place with a caret below it.
func (p pos) snippet() string {
	if p.doc == nil || p.line < 1 || p.line > len(p.doc.lines) || p.col < 1 {
		return ""
	}
	line := strings.TrimRight(p.doc.lines[p.line-1], "\r")
	if !utf8.ValidString(line) || utf8.RuneCountInString(line) > 400 {
		return ""
	}
	var lead strings.Builder
	for i, r := range []rune(line) {
		if i >= p.col-1 {
			break
		}
		if r != '\t' {
			r = ' '
		}
		lead.WriteRune(r)
	}
	number := fmt.Sprint(p.line)
	return fmt.Sprintf("%s | %s\n%s | %s^", number, line, strings.Repeat(" ", len(number)), lead.String())
}

// report collects problems while a scenario is read.
type report struct {
	list []located
	seen map[string]bool
}

type located struct {
	at pos
	p  Problem
}

func (r *report) add(at pos, c *complaint) {
	p := Problem{Message: c.what, Remedy: c.remedy}
	if at.doc != nil {
		p.File = at.doc.name
		if !at.doc.set {
			p.Line, p.Col = at.line, at.col
		}
		p.Snippet = at.snippet()
	}
	if r.seen == nil {
		r.seen = map[string]bool{}
	}
	if key := p.Error(); !r.seen[key] {
		r.seen[key] = true
		r.list = append(r.list, located{at, p})
	}
}

func (r *report) addf(at pos, remedy, format string, args ...any) {
	r.add(at, complain(remedy, format, args...))
}

// err is nil when nothing was reported.
func (r *report) err() error {
	if len(r.list) == 0 {
		return nil
	}
	slices.SortStableFunc(r.list, func(a, b located) int {
		if a.at.doc != b.at.doc {
			return rank(a.at) - rank(b.at)
		}
		if a.at.line != b.at.line {
			return a.at.line - b.at.line
		}
		return a.at.col - b.at.col
	})
	out := make(Problems, len(r.list))
	for i, l := range r.list {
		out[i] = l.p
	}
	return out
}

func rank(p pos) int {
	if p.doc == nil {
		return -1
	}
	return p.doc.order
}
