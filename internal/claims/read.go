package claims

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"simulate/internal/quantity"
)

//go:embed claims.csv
var committed []byte

// value is a figure as it was run: the mean over n replications and its standard error.
type value struct {
	n        int
	mean, se float64
}

// below and above say whether the mean is told apart from zero at 5 %.
func (v value) below() bool { return v.mean < -1.96*v.se }
func (v value) above() bool { return v.mean > 1.96*v.se }

// Row is a claim with the model's answer, in words.
type Row struct{ Claim, Article, Model, Verdict, Because string }

// Builtin are the rows of the present version.
func Builtin() ([]Row, error) {
	values, _, err := read(committed)
	if err != nil {
		return nil, err
	}
	var out []Row
	for _, c := range claims {
		var model []string
		for _, f := range c.figures {
			v, found := values[f.name]
			if !found {
				return nil, fmt.Errorf("no figure %s in the data", f.name)
			}
			model = append(model, strings.Replace(f.words, "{}", f.show(v), 1))
		}
		out = append(out, Row{c.says, c.article + " (" + c.source + ")", strings.Join(model, "; "), c.verdict(values),
			c.because})
	}
	return out, nil
}

// read reads data that Make has written: values by figure, and the hashes of their experiments.
func read(text []byte) (map[string]value, map[string]string, error) {
	lines, err := csv.NewReader(bytes.NewReader(text)).ReadAll()
	if err != nil {
		return nil, nil, err
	}
	if len(lines) == 0 || !slices.Equal(lines[0], header) {
		return nil, nil, fmt.Errorf("the header is not %s", strings.Join(header, ","))
	}
	values, identities := map[string]value{}, map[string]string{}
	for i, line := range lines[1:] {
		n, err := strconv.Atoi(line[2])
		if err != nil {
			return nil, nil, fmt.Errorf("line %d: %w", i+2, err)
		}
		v := value{n: n}
		for k, into := range []*float64{&v.mean, &v.se} {
			if *into, err = strconv.ParseFloat(line[3+k], 64); err != nil {
				return nil, nil, fmt.Errorf("line %d: %w", i+2, err)
			}
		}
		values[line[0]], identities[line[0]] = v, line[1]
	}
	return values, identities, nil
}

// show writes a figure with 95 % of its Monte-Carlo error where it has any.
func (f figure) show(v value) string {
	mean, margin := v.mean, 1.96*v.se
	switch f.unit {
	case dollars:
		return withError(signedMoney(mean, f.metric != ""), quantity.Money(margin), margin/math.Abs(mean) > 5e-4)
	case percent:
		return number(100*mean, 100*margin, 1, true)
	case points:
		return number(mean, margin, 0, false)
	}
	return withError(quantity.Human(mean), quantity.Human(margin), margin/math.Abs(mean) > 5e-4)
}

// number writes a change with its error: with some decimals, and more where the error is smaller
// than the last of them; an error that is nothing beside it is left out.
func number(mean, margin float64, digits int, percent bool) string {
	if margin > 0 {
		digits = max(digits, min(digits+2, int(math.Ceil(-math.Log10(margin)))))
	}
	written := fmt.Sprintf("%.*f", digits, margin)
	text := signed(mean, digits)
	if percent {
		text = quantity.Minus(fmt.Sprintf("%+.*f %%", digits, mean))
	}
	return withError(text, written, strings.Trim(written, "0.") != "")
}

// signed writes a change with a sign that print knows.
func signed(v float64, digits int) string {
	return strings.Replace(fmt.Sprintf("%+.*f", digits, v), "-", "−", 1)
}

func withError(mean, margin string, has bool) string {
	if !has {
		return mean
	}
	return mean + " (±" + margin + ")"
}

// signedMoney writes an amount, with its sign where it is a change.
func signedMoney(v float64, change bool) string {
	switch {
	case v < 0:
		return "−" + quantity.Money(-v)
	case change:
		return "+" + quantity.Money(v)
	}
	return quantity.Money(v)
}
