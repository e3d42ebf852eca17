package pattern

import (
	"regexp/syntax"
	"strings"
)

// startLength is how much of a text Starts looks at.
const startLength = 4

// Starts are the first characters of all texts in ASCII and small letters that an expression can
// match which begins with ^ and does not tell capitals from small letters. Most of a million names
// are told by them in a fraction of the time that the expression takes.
type Starts struct{ known map[[startLength]byte]bool }

// StartsOf derives them from the expression. A malformed one panics: it is a bug.
func StartsOf(expression string) *Starts {
	parsed, err := syntax.Parse(expression, syntax.Perl)
	if err != nil {
		panic(err)
	}
	program, err := syntax.Compile(parsed.Simplify())
	if err != nil {
		panic(err)
	}
	s := &Starts{known: map[[startLength]byte]bool{}}
	var text [startLength]byte
	var extend func(at int, states []uint32)
	extend = func(at int, states []uint32) {
		if at == startLength {
			s.known[text] = true
			return
		}
		runes := follow(program, states)
		for c := range byte(128) {
			if 'A' <= c && c <= 'Z' {
				continue
			}
			var next []uint32
			for _, i := range runes {
				if i.MatchRune(rune(c)) {
					next = append(next, i.Out)
				}
			}
			if len(next) > 0 {
				text[at] = c
				extend(at+1, next)
			}
		}
	}
	extend(0, []uint32{uint32(program.Start)})
	return s
}

// follow lists the instructions by which a program in some states takes a rune.
func follow(p *syntax.Prog, states []uint32) (runes []*syntax.Inst) {
	seen := make([]bool, len(p.Inst))
	var from func(pc uint32)
	from = func(pc uint32) {
		if seen[pc] {
			return
		}
		seen[pc] = true
		switch i := &p.Inst[pc]; i.Op {
		case syntax.InstAlt, syntax.InstAltMatch:
			from(i.Out)
			from(i.Arg)
		case syntax.InstCapture, syntax.InstNop, syntax.InstEmptyWidth: // taken to hold, which may let in more
			from(i.Out)
		case syntax.InstRune, syntax.InstRune1, syntax.InstRuneAny, syntax.InstRuneAnyNotNL:
			runes = append(runes, i)
		}
	}
	for _, pc := range states {
		from(pc)
	}
	return runes
}

// May tells whether the expression can match a text; false is certain.
func (s *Starts) May(text string) bool {
	if len(text) < startLength {
		return true
	}
	var start [startLength]byte
	for i := range start {
		c := text[i]
		if c >= 128 {
			return true
		}
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		start[i] = c
	}
	return s.known[start]
}

// ContainsFolded tells whether a text holds one of some words in ASCII and small letters, capitals
// taken for small letters; true also where the text has other characters than ASCII.
func ContainsFolded(text string, words ...string) bool {
	small := make([]byte, 0, 64)
	for i := range len(text) {
		c := text[i]
		if c >= 128 {
			return true
		}
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		small = append(small, c)
	}
	for _, w := range words {
		if strings.Contains(string(small), w) {
			return true
		}
	}
	return false
}
