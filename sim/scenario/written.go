package scenario

import (
	"slices"
	"strconv"
	"strings"

	"simulate/internal/quantity"
	"simulate/sim/portable"
)

// A user who lists 90%, 110% or 6 months reads them so again: a knob that varies writes its values
// as its variation does. What is computed and what stands in tables does not depend on it.

// As is the knob whose values are written as a variation writes them.
func (l *Knob) As(v Variation) *Knob {
	out := *l
	out.asWritten, out.style = nil, ""
	if v.dist != nil || l.unit.dates || l.Words != nil {
		return &out
	}
	for i, text := range v.Values {
		if i < len(v.Numbers) && text != l.unit.format(v.Numbers[i]) {
			if out.asWritten == nil {
				out.asWritten = map[float64]string{}
			}
			out.asWritten[v.Numbers[i]] = text
		}
	}
	switch style := quantity.StyleOf(v.Spec); l.unit.tag {
	case "1":
		if style == quantity.Percents {
			out.style = style
		}
	case "1/yr", growthTag:
		if style == quantity.YearPercent {
			out.style = style
		}
	case "yr":
		if style == quantity.Months {
			out.style = style
		}
	}
	return &out
}

// Written writes a value exactly, as the user wrote it where he did, and otherwise in his way:
// 10%, 6 months, ₹3.6tn/yr; where he wrote nothing as scenarios do.
func (l *Knob) Written(v float64) string {
	if text, found := l.asWritten[v]; found {
		return text
	}
	if text, found := l.styled(v, 12); found {
		return text
	}
	return l.unit.format(v)
}

// HasWay tells whether the user wrote values of the knob in a way of his own.
func (l *Knob) HasWay() bool { return l.style != "" || len(l.asWritten) > 0 }

// styled writes a value in the way of the user, where he has one.
func (l *Knob) styled(v float64, digits int) (string, bool) {
	if l.style == "" {
		return "", false
	}
	if l.Unit == growthTag {
		v = portable.Exp(v) - 1
		rounded, err := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 12, 64), 64)
		if err == nil {
			v = rounded
		}
	}
	return l.style.Write(v, digits), true
}

// ownWay tells whether a value was written with a sign that the canonical form does not have, so
// that it is kept as it was written.
func ownWay(written, canonical string) bool {
	if written == canonical || strings.ContainsAny(written, ",:") {
		return false
	}
	return strings.ContainsFunc(written, func(r rune) bool { return !strings.ContainsRune("0123456789.+-_eE", r) })
}

// inWay writes listed values in the way of a text, where they come back to the bit.
func (l *Knob) inWay(v Variation, text string) Variation {
	way := l.As(Variation{Spec: text})
	for i, x := range v.Numbers {
		written := way.Written(x)
		if back, c := l.parse(written); c == nil && back == x {
			v.Values[i] = written
		}
	}
	v.Spec = strings.Join(v.Values, ", ")
	return v
}

// varied gives the knobs of what varies the way in which their values are written.
func (s *Scenario) varied(all []Variation) {
	for _, v := range all {
		at := slices.IndexFunc(s.knobs, func(l *Knob) bool { return l.Path == v.Path })
		if at >= 0 {
			way := s.knobs[at].As(v)
			s.knobs[at].asWritten, s.knobs[at].style = way.asWritten, way.style
		}
	}
}
