package study

import (
	"fmt"

	"simulate/internal/condition"
	"simulate/internal/quantity"
)

// Called is what sentences and titles call an outcome, by its column or its title: of a case that
// is held against another the effect, of one case among several that case's.
func (s *Study) Called(outcome string) string { return s.called("the effect", outcome) }

func (s *Study) called(effect, outcome string) string {
	switch {
	case s.Against != "":
		return fmt.Sprintf("%s of %s against %s on %s", effect, s.Of, s.Against, outcome)
	case s.Of != "":
		return outcome + " in " + s.Of
	}
	return outcome
}

// short is called where another place says of which case.
func (s *Study) short(effect, outcome string) string {
	if s.Against != "" {
		return effect + " on " + outcome
	}
	return outcome
}

// Short is Called where another place says of which cases.
func (s *Study) Short(outcome string) string { return s.short("the effect", outcome) }

// Cases says which cases outcomes are of; "" of a sweep or a table.
func (s *Study) Cases() string {
	switch {
	case s.Against != "":
		return "the effect of " + s.Of + " against " + s.Against
	case s.Of != "":
		return "the case " + s.Of
	}
	return ""
}

// brief is what further sentences of the same answer call an outcome.
func (s *Study) brief(outcome string) string {
	if s.Against != "" {
		return "the effect"
	}
	return outcome
}

// WhereCalled writes conditions in words: what is bounded is the effect where the study is of one,
// and a statistic one of the effect.
func (s *Study) WhereCalled(where condition.Conditions) string { return s.where(where, asIs, s.called) }

// WhereShort is WhereCalled with titles for metrics, as title gives them, and without the cases.
func (s *Study) WhereShort(where condition.Conditions, title func(string) string) string {
	return s.where(where, title, s.short)
}

func (s *Study) where(where condition.Conditions, title func(string) string,
	called func(effect, outcome string) string) string {
	return where.Words(func(c condition.Condition) string {
		named := title(c.Name)
		if named == c.Name && (s.Of == "" || s.input(c.Name) >= 0) {
			return c.Subject()
		}
		switch effect := s.Against != "" && s.input(c.Name) < 0; {
		case c.Statistic != "" && effect:
			return called("the "+c.Statistic+" of the effect", named)
		case c.Statistic != "":
			named += " (" + c.Statistic + ")"
		}
		if s.input(c.Name) >= 0 {
			return named
		}
		return called("the effect", named)
	})
}

func asIs(name string) string { return name }

// atDate says when: " at the end of 2030"; "" of a table, in which no date is known.
func atDate(date string) string {
	if date == "" {
		return ""
	}
	return " at " + quantity.When(date)
}
