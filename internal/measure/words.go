package measure

import (
	"regexp"
	"strings"
	"sync"
	"unicode/utf8"

	"simulate/internal/pattern"
)

// word is an expression for names, and may, which tells most names that it does not match.
type word struct{ *tells }

type tells struct {
	matches func() *regexp.Regexp
	may     func(name string) bool
}

// is tells whether a name is such a word.
func (w word) is(name string) bool {
	return name != "" && len(name) < 60 && w.may(name) && w.matches().MatchString(name)
}

// anchored is a word that begins with ^, and takes capitals for small letters.
func anchored(expression string) word {
	starts := sync.OnceValue(func() *pattern.Starts { return pattern.StartsOf(expression) })
	return word{&tells{pattern.Late(expression), func(name string) bool { return starts().May(name) }}}
}

// holding is a word whose texts hold one of some parts, or other characters than ASCII.
func holding(expression string, parts ...string) word {
	may := func(name string) bool { return pattern.ContainsFolded(name, parts...) }
	return word{&tells{pattern.Late(expression), may}}
}

// remark is what may stand behind a word: a number of firms in brackets, the mark of a footnote.
const remark = ` ?([(*¹²†].*)?$`

var (
	rests = spoken(func(l speech) string { return l.rest })

	restWord = anchored(`(?i)^(all |the |tous les |toutes les |alle |tutti gli |todos los |todos os )?` +
		`(` + rests + `)(( and | und | et | y | e | en | och | og | i | & | ?/ ?|, )(` + rests + `))?` +
		`(` + whose() + `)?` + remark)

	// restBegins are names that begin as remainders do and go on otherwise.
	restBegins = anchored(`(?i)^(others?|sonstige|andere|übrige|restliche|weitere|autres|otr[oa]s|outr[oa]s|altri|` +
		`altre|` +
		`overige|övriga|andra|øvrige|inne|pozostałe|ostatní|muut|egyéb|diğer|прочие|другие|остальные|rest of|` +
		`all other) .`)

	totalWord = anchored(`(?i)^(grand |sub)?(` + spoken(func(l speech) string { return l.total }) + `)` +
		`( (market|industry|sales|revenue|firms?|companies|members?|labs?|vendors?|amount|of (all )?.*|général|` +
		`generale?|général[e]?|geral|markt|umsatz))?s?:?` + remark)

	subtotalWord = holding(`(?i)(^|[^\pL])(`+spoken(func(l speech) string { return l.subtotal })+`)([^\pL]|$)|`+
		`小計|小计|소계`, "tot", "sum", "erg", "top")

	// ofWhich are names of parts of a row above.
	ofWhich = anchored(`(?i)^([-–—•·+] ?)?(` + spoken(func(l speech) string { return l.ofWhich }) + `)[ :].`)

	sumOf = beside(spoken(func(l speech) string { return l.sumOf }))

	// aggregates are sums of some countries or firms that statistics list among them.
	aggregateWord = anchored(`(?i)^((eu|ea) ?-?\d\d(_\d{4})?|eu|ea|euro ?area|euro ?zone|european union|oecd|g7|` +
		`g20|brics|` +
		`world|wld|owid_wrl|(high|low|middle|upper middle|lower middle|low & middle|low and middle)[- ]income|` +
		`europe( & central asia)?|asia([ -]pacific)?|east asia( & pacific)?|south asia|middle east|africa|` +
		`sub-saharan africa|americas?|north america|latin america( & caribbean)?|apac|emea|advanced economies|` +
		`top ?-?(\d+|three|four|five|ten)|big (\d|three|four|five))` +
		`( (total|countries|members|area|firms|vendors))?` + remark)
)

// whose is what may follow the word of a remainder. Scripts that part no words need no space.
func whose() string {
	var apart, joined []string
	for _, w := range strings.Split(spoken(func(l speech) string { return l.whose }), "|") {
		if first, _ := utf8.DecodeRuneInString(w); first >= '⺀' {
			joined = append(joined, w)
		} else {
			apart = append(apart, w)
		}
	}
	return " (" + strings.Join(apart, "|") + ")|の? ?(" + strings.Join(joined, "|") + ")"
}

// beside is a word for names that begin or end with one of some words: Total US, US total.
func beside(words string) word {
	known := sync.OnceValue(func() map[string]bool {
		out := map[string]bool{}
		for w := range strings.SplitSeq(words, "|") {
			out[w] = true
		}
		return out
	})
	const marks = " :,-"
	may := func(name string) bool {
		for i := range len(name) {
			if name[i] >= utf8.RuneSelf {
				return true
			}
		}
		ends := func(name string) bool {
			end := strings.LastIndexAny(name, marks)
			return end > 0 && known()[strings.ToLower(name[end+1:])]
		}
		if k := strings.IndexAny(name, "(*"); k > 0 && ends(strings.TrimRight(name[:k], " ")) {
			return true
		}
		begin := strings.IndexAny(name, marks)
		return begin > 0 && known()[strings.ToLower(name[:begin])] || ends(name)
	}
	return word{&tells{pattern.Late(`(?i)^(` + words + `)[` + marks + `]+\S|` +
		`\S[` + marks + `]+(` + words + `)` + remark), may}}
}

// called tells by member whether its name is one of some words. Parts of a long list are looked at
// beside each other.
func (a *amounts) called(w word) []bool {
	if out, known := a.asked[w]; known {
		return out
	}
	const part = 1 << 16
	out := make([]bool, len(a.names))
	var parts sync.WaitGroup
	for from := 0; from < len(out); from += part {
		parts.Go(func() {
			for k := from; k < min(from+part, len(out)); k++ {
				out[k] = w.is(a.names[k])
			}
		})
	}
	parts.Wait()
	if a.asked == nil {
		a.asked = map[word][]bool{}
	}
	a.asked[w] = out
	return out
}

// tokens are the words of a column's name.
func tokens(name string) []string {
	out := notLetter().Split(strings.ToLower(name), -1)
	for _, t := range out {
		out = append(out, strings.TrimSuffix(t, "s"))
	}
	return out
}

var (
	notLetter = pattern.Late(`[^\pL%]+`)
	bracketed = pattern.Late(`\([^)]*\)|\[[^\]]*\]`)
)

// columnIs tells whether a column is called by a word, brackets and marks around it aside.
func columnIs(name string, w word) bool {
	name = strings.Trim(bracketed().ReplaceAllString(name, ""), " .#_%=:*-")
	return w.matches().MatchString(name) || w.matches().MatchString(strings.ReplaceAll(name, "_", " "))
}

// columnHas tells whether one of the words of a column's name is one.
func columnHas(name string, w word) bool {
	for _, t := range tokens(name) {
		if w.matches().MatchString(t) {
			return true
		}
	}
	return false
}
