package condition

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// Statistics are the words after the last point of a name that stand for a statistic of
// replications rather than for a run.
var Statistics = []string{"mean", "se", "sd", "q05", "q25", "q50", "q75", "q95"}

// Bound is one end of a condition. The zero value is no bound.
type Bound struct {
	Text   string  // as written, "" for none
	Value  float64 // in the unit of the quantity; set by Resolve
	Strict bool    // < or > rather than <= or >=
}

// Given says whether there is a bound.
func (b Bound) Given() bool { return b.Text != "" }

// Condition bounds a quantity from one side or both.
type Condition struct {
	Name      string // of the quantity, without its statistic once resolved
	Statistic string // one of Statistics; "" for the value of a run. Set by Resolve
	Low, High Bound

	quoted bool // the name stood in quotes, and has no statistic
	write  func(float64) string
}

// Quantity says how values of a name are read and written.
type Quantity struct {
	Read  func(text string) (float64, error) // an error names reason and remedy
	Write func(v float64) string             // nil: as a plain number
}

// Conditions hold together: all of them must be met.
type Conditions []Condition

// Resolve gives each condition its quantity, looked up by name, and reads its values. A name that
// lookup does not know and that ends in one of Statistics stands for that statistic of what comes
// before.
func Resolve(read Conditions, lookup func(name string) (Quantity, error)) (Conditions, error) {
	out := slices.Clone(read)
	for i := range out {
		c := &out[i]
		q, err := lookup(c.Name)
		if name, statistic := c.split(); err != nil && statistic != "" {
			if of, found := lookup(name); found == nil {
				q, err = of, nil
				c.Name, c.Statistic = name, statistic
			}
		}
		if err != nil {
			if at := strings.LastIndexByte(c.Name, '.'); at > 0 && !c.quoted {
				if _, found := lookup(c.Name[:at]); found == nil {
					return nil, unknownStatistic(c.Name[:at], c.Name[at+1:])
				}
			}
			return nil, err
		}
		if c.write = q.Write; c.write == nil {
			c.write = plain
		}
		for _, b := range []*Bound{&c.Low, &c.High} {
			if !b.Given() {
				continue
			}
			if b.Value, err = q.Read(b.Text); err != nil {
				return nil, refuse("", "%s: %w", c.Name, err)
			}
		}
		if c.Low.Given() && c.High.Given() && !(c.Low.Value < c.High.Value) && !(c.Low.Value == c.High.Value &&
			!c.Low.Strict && !c.High.Strict) {
			remedy := fmt.Sprintf("write the smaller value on the left, as in %s < %s < %s", c.High.Text, c.Name, c.Low.Text)
			if c.Low.Value == c.High.Value {
				remedy = fmt.Sprintf("write <= on both sides for the value itself, as in %s <= %s <= %s", c.Low.Text, c.Name,
					c.High.Text)
			}
			return nil, refuse(remedy, "no value lies between %s and %s", c.Low.Text, c.High.Text)
		}
	}
	return out, nil
}

// usual are other words for a statistic.
var usual = map[string]string{"median": "q50", "average": "mean", "avg": "mean", "std": "sd", "stdev": "sd",
	"error": "se", "stderr": "se", "q5": "q05", "p05": "q05", "p5": "q05", "p25": "q25", "p50": "q50", "p75": "q75",
	"p95": "q95"}

func unknownStatistic(name, word string) error {
	remedy := "write one of ." + strings.Join(Statistics[:len(Statistics)-1], ", .") + " or ." +
		Statistics[len(Statistics)-1]
	if known := usual[strings.ToLower(word)]; known != "" {
		remedy = "write " + name + "." + known
	}
	return refuse(remedy, "%s has no statistic %q", name, word)
}

// split takes the statistic off a name; "" where there is none.
func (c Condition) split() (name, statistic string) {
	at := strings.LastIndexByte(c.Name, '.')
	if c.quoted || at < 1 || !slices.Contains(Statistics, c.Name[at+1:]) {
		return c.Name, ""
	}
	return c.Name[:at], c.Name[at+1:]
}

// Holds tells whether a value meets a resolved condition. An undefined value meets none.
func (c Condition) Holds(v float64) bool {
	above := !c.Low.Given() || v > c.Low.Value || v == c.Low.Value && !c.Low.Strict
	below := !c.High.Given() || v < c.High.Value || v == c.High.Value && !c.High.Strict
	return above && below && !math.IsNaN(v)
}

// OneSided returns the bound of a condition that has one only, and whether values must lie above
// it.
func (c Condition) OneSided() (b Bound, above, ok bool) {
	if c.Low.Given() == c.High.Given() {
		return Bound{}, false, false
	}
	if c.Low.Given() {
		return c.Low, true, true
	}
	return c.High, false, true
}

// Subject is the name with its statistic.
func (c Condition) Subject() string {
	name := c.Name
	if c.quoted || strings.ContainsAny(name, "\"'`<>=≤≥()&|;") || slices.ContainsFunc(strings.Fields(name), isAnd) {
		name = quoteFor(name) + name + quoteFor(name)
	}
	if c.Statistic != "" {
		name += "." + c.Statistic
	}
	return name
}

// quoteFor is a quote that a name does not hold, "" where it holds them all.
func quoteFor(name string) string {
	for _, q := range []string{"`", `"`, "'"} {
		if !strings.Contains(name, q) {
			return q
		}
	}
	return ""
}

// String writes the condition as Read reads it, values in their unit.
func (c Condition) String() string { return c.Words(c.Subject()) }

// Words writes the condition with other words for what it bounds.
func (c Condition) Words(subject string) string {
	write := func(b Bound) string {
		if c.write == nil {
			return b.Text
		}
		return c.write(b.Value)
	}
	sign := func(b Bound, strict string) string {
		if b.Strict {
			return " " + strict + " "
		}
		return " " + strict + "= "
	}
	switch {
	case c.Low.Given() && c.High.Given():
		return write(c.Low) + sign(c.Low, "<") + subject + sign(c.High, "<") + write(c.High)
	case c.Low.Given():
		return subject + sign(c.Low, ">") + write(c.Low)
	}
	return subject + sign(c.High, "<") + write(c.High)
}

// String joins the conditions by "and".
func (all Conditions) String() string { return all.Words(Condition.Subject) }

// Words joins the conditions by "and", with other words for what each bounds.
func (all Conditions) Words(subject func(Condition) string) string {
	parts := make([]string, len(all))
	for i, c := range all {
		parts[i] = c.Words(subject(c))
	}
	return strings.Join(parts, " and ")
}
