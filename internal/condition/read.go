package condition

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// Error says what is wrong with a condition and what to write instead.
type Error struct {
	Text   string // the condition as written; "" where the caller names it
	What   error
	Remedy string
}

func (e *Error) Error() string {
	text := e.What.Error()
	if e.Text != "" {
		text = fmt.Sprintf("the condition %q: %s", e.Text, text)
	}
	if e.Remedy != "" {
		text += "; " + e.Remedy
	}
	return text
}

func (e *Error) Unwrap() error { return e.What }

func refuse(remedy, format string, args ...any) *Error {
	return &Error{What: fmt.Errorf(format, args...), Remedy: remedy}
}

// example shows the two shapes of a condition.
const example = "write NAME < VALUE or LOW < NAME < HIGH, several joined by and, as in 'hhi_sales > 2500 and 0.2 <= " +
	"lerner < 0.4'"

// Read reads conditions from texts, all of which must hold. The error is an *Error that quotes the
// text.
func Read(texts ...string) (Conditions, error) {
	var out Conditions
	for _, text := range texts {
		parts, err := parts(text)
		for i := 0; err == nil && i < len(parts); i++ {
			var c Condition
			if c, err = one(parts[i]); err == nil {
				out = append(out, c)
			}
		}
		var wrong *Error
		if errors.As(err, &wrong) {
			wrong.Text = text
			return nil, wrong
		}
	}
	return out, nil
}

// token is an operator, or the text between two of them.
type token struct {
	text     string
	operator bool
	quoted   bool // a name in quotes, without them
}

func isAnd(word string) bool { return strings.EqualFold(word, "and") }

// parts cuts a text at "and" and each part at its operators. What stands in quotes is one word.
func parts(text string) ([][]token, error) {
	var out [][]token
	var part []token
	var words []string
	quoted := false
	flush := func() {
		if len(words) > 0 {
			part = append(part, token{text: strings.Join(words, " "), quoted: quoted})
		}
		words, quoted = nil, false
	}
	rest := text
	for {
		rest = strings.TrimSpace(rest)
		if rest == "" {
			flush()
			return append(out, part), nil
		}
		if op := operator(rest); op != "" {
			flush()
			part = append(part, token{text: op, operator: true})
			rest = rest[len(op):]
			continue
		}
		if strings.ContainsRune("\"'`", rune(rest[0])) {
			end := strings.IndexByte(rest[1:], rest[0])
			if end < 0 {
				return nil, refuse("close it, or leave it out", "the quote %c does not end", rest[0])
			}
			if len(words) > 0 {
				return nil, refuse("put the whole name in quotes", "a quote stands within a name")
			}
			words, quoted = []string{rest[1 : 1+end]}, true
			rest = rest[2+end:]
			continue
		}
		end := strings.IndexFunc(rest, func(r rune) bool {
			return unicode.IsSpace(r) || strings.ContainsRune("<>=≤≥",
				r)
		})
		if end < 0 {
			end = len(rest)
		}
		word := rest[:end]
		rest = rest[end:]
		switch {
		case isAnd(word):
			flush()
			out, part = append(out, part), nil
		case quoted && strings.HasPrefix(word, "."):
			words[0] += word // the statistic of a name in quotes
			quoted = false
		case quoted:
			return nil, refuse("join two conditions by and", "%q follows a name in quotes", word)
		default:
			words = append(words, word)
		}
	}
}

// operator is the run of < = > ! at the beginning of a text, "" for none.
func operator(text string) string {
	if i := strings.IndexFunc(text, func(r rune) bool { return !strings.ContainsRune("<>=≤≥!", r) }); i >= 0 {
		return text[:i]
	}
	return text
}

var (
	grouped  = regexp.MustCompile(`^[-+−$]*\d{1,3}(,\d{3})+(\.\d+)?\b`)
	comma    = regexp.MustCompile(`\d,\d|\d ?, ?$|, ?\d`)
	endless  = regexp.MustCompile(`(?i)^[-+−]?\.?(inf|infinity|nan)$`)
	function = regexp.MustCompile(`^(\w+) ?\(([^()]+)\)$`)
	valueish = regexp.MustCompile(`^(USD )?[-+−$.]*[\d]`)
	remedies = map[string]string{
		"=": "write <, <=, > or >=; for one value write a band, as in 4.9 < y < 5.1", "=>": "write >=", "=<": "write <=",
	}
)

// one reads a condition from its tokens.
func one(tokens []token) (Condition, error) {
	var sides []token
	var signs []string
	for i, t := range tokens {
		if t.operator {
			sign := strings.NewReplacer("≤", "<=", "≥", ">=").Replace(t.text)
			if sign != "<" && sign != "<=" && sign != ">" && sign != ">=" {
				remedy := remedies[sign]
				if remedy == "" {
					remedy = remedies["="]
				}
				return Condition{}, refuse(remedy, "%q is no comparison that is understood", t.text)
			}
			signs = append(signs, sign)
		} else {
			sides = append(sides, t)
		}
		if t.operator == (i%2 == 0) {
			return Condition{}, refuse(example, "a name or a value is missing")
		}
	}
	switch {
	case len(tokens) == 0:
		return Condition{}, refuse(example, "there is nothing to hold")
	case len(signs) == 0:
		remedy := example
		if band := bandIn(sides[0].text); band != "" {
			remedy = "write a band as " + band
		} else if words := strings.Fields(sides[0].text); len(words) == 2 && valueish.MatchString(words[1]) {
			remedy = fmt.Sprintf("write %s > %s or %s < %s", words[0], words[1], words[0], words[1])
		}
		return Condition{}, refuse(remedy, "%q compares nothing", sides[0].text)
	case len(sides) != len(signs)+1:
		return Condition{}, refuse(example, "a name or a value is missing")
	case len(signs) > 2:
		return Condition{}, refuse("join conditions by and", "there are %d comparisons in a row", len(signs))
	}
	c := Condition{}
	var err error
	if len(signs) == 1 {
		if looksLikeValue(sides[0]) && !looksLikeValue(sides[1]) {
			return c, refuse(fmt.Sprintf("write %s %s %s", sides[1].text, turned(signs[0]), sides[0].text),
				"the value stands before the name")
		}
		if err = c.name(sides[0]); err == nil {
			err = c.bound(signs[0], sides[1])
		}
		return c, err
	}
	if words := strings.Fields(sides[1].text); slices.ContainsFunc(words, func(w string) bool {
		return strings.EqualFold(w, "or") || w == "||" || w == "|"
	}) {
		return c, refuse("ask for each by itself, or for a band as LOW < NAME < HIGH; several are joined by and",
			"\"or\" is not understood")
	}
	if !looksLikeValue(sides[0]) || !looksLikeValue(sides[2]) {
		return c, refuse("join two conditions by and; or write a band as LOW < NAME < HIGH", "two comparisons stand in a row")
	}
	if signs[0][0] != signs[1][0] {
		return c, refuse(fmt.Sprintf("write both the same way, as in %s < %s < %s", sides[0].text, sides[1].text,
			sides[2].text), "the two comparisons point in different directions")
	}
	if err = c.name(sides[1]); err == nil {
		err = errors.Join(c.bound(turned(signs[0]), sides[0]), c.bound(signs[1], sides[2]))
	}
	return c, err
}

// bandIn is the band that words for one mean, as in "y between 1 and 2" (of which "and" has cut off
// the end) or "y in [1, 2]"; "" for none.
func bandIn(text string) string {
	words := strings.FieldsFunc(strings.ReplaceAll(text, "..", " "), func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune("[](),", r)
	})
	if len(words) < 3 || !slices.Contains([]string{"between", "in", "from"}, strings.ToLower(words[1])) {
		return ""
	}
	high := "HIGH"
	if len(words) > 3 {
		high = words[len(words)-1]
	}
	return fmt.Sprintf("%s < %s < %s", words[2], words[0], high)
}

// turned is the comparison seen from the other side.
func turned(sign string) string {
	return strings.NewReplacer("<", ">", ">", "<").Replace(sign)
}

func looksLikeValue(t token) bool { return !t.quoted && valueish.MatchString(t.text) }

func (c *Condition) name(t token) error {
	if t.text == "" {
		return refuse(example, "the name is empty")
	}
	if m := function.FindStringSubmatch(t.text); m != nil && !t.quoted {
		word := strings.ToLower(m[1])
		if known := usual[word]; known != "" {
			word = known
		}
		if slices.Contains(Statistics, word) {
			return refuse("write "+strings.TrimSpace(m[2])+"."+word, "%q is no name", t.text)
		}
	}
	if rest, found := strings.CutPrefix(t.text, "not "); found && !t.quoted {
		return refuse("leave it out and turn the comparison round, as in "+rest+" <= VALUE in the place of > VALUE",
			"\"not\" is not understood")
	}
	if !t.quoted && strings.ContainsAny(t.text, "()&|;") {
		return refuse("join conditions by and, without brackets; put a name that holds such a sign in quotes",
			"%q is no name", t.text)
	}
	if quoteFor(t.text) == "" {
		return refuse("rename it", "%q holds every kind of quote", t.text)
	}
	c.Name, c.quoted = t.text, t.quoted
	return nil
}

func (c *Condition) bound(sign string, t token) error {
	text := t.text
	switch {
	case t.quoted:
		return refuse("write a number, with its unit where it has one", "%q in quotes is a name, not a value", text)
	case grouped.MatchString(text):
		whole := strings.ReplaceAll(text, ",", "")
		if strings.Count(text, ",") > 1 || strings.Contains(text, ".") { // which decimals cannot be
			return refuse("write "+whole, "there is a comma in %q", text)
		}
		return refuse("write "+whole+" if it groups thousands, "+strings.Replace(text, ",", ".",
			1)+" if it begins the decimals", "the comma in %q could mean either", text)
	case comma.MatchString(text):
		return refuse("write a point before decimals, nothing between thousands, and join conditions by and",
			"there is a comma in %q", text)
	}
	for _, word := range strings.Fields(text) {
		if strings.EqualFold(word, "or") {
			return refuse("give one condition; several are joined by and", "\"or\" is not understood")
		}
	}
	if !strings.ContainsAny(text, "0123456789") && !endless.MatchString(text) {
		return refuse(fmt.Sprintf("write a number there, with its unit where it has one, as in %s %s 10; names are not "+
			"compared with each other", c.Name, sign), "%q is no value", text)
	}
	b := Bound{Text: text, Strict: !strings.HasSuffix(sign, "=")}
	if sign[0] == '>' {
		c.Low = b
	} else {
		c.High = b
	}
	return nil
}

// Number reads a plain number, digits perhaps grouped by _ and followed by a percent sign.
func Number(text string) (float64, error) {
	digits, percent := strings.CutSuffix(strings.TrimSpace(text), "%")
	digits = strings.Replace(strings.TrimSpace(digits), "−", "-", 1)
	v, err := strconv.ParseFloat(strings.ReplaceAll(digits, "_", ""), 64)
	if err != nil || v-v != 0 || strings.HasPrefix(digits, "_") || strings.HasSuffix(digits,
		"_") || strings.ContainsAny(digits, "xXpP") {
		return 0, refuse("write a number such as 2500, 0.4 or 40%", "%q is not a finite number", text)
	}
	if percent {
		return v / 100, nil
	}
	return v, nil
}

func plain(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }
