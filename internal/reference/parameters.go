package reference

import (
	"math"
	"strconv"
	"strings"

	"simulate/sim"
	"simulate/sim/scenario"
)

// Parameter is one value that scenarios may set, as reference pages and `params` show it.
type Parameter struct {
	Path     string // "market.eta", "labs.ID.talent", "segments.ID.theta"
	Symbol   string
	Unit     string
	Default  string
	Allowed  string
	Interval string // 90 %, "" where none is stated
	Source   string
	Meaning  string
	Field    sim.Field // its path is empty for a key that is no single number
}

// Parameters lists every parameter of the registry, then the tagged fields of a lab and of a
// segment.
func Parameters() []Parameter {
	var out []Parameter
	add := func(prefix string, fields []sim.Field) {
		for _, f := range fields {
			out = append(out, describe(prefix, f))
		}
	}
	add("", sim.Registry())
	add("labs.ID.", sim.Fields(sim.LabSpec{}))
	add("segments.ID.", sim.Fields(sim.SegmentSpec{}))
	return out
}

func describe(prefix string, f sim.Field) Parameter {
	p := Parameter{Path: prefix + f.Path, Symbol: f.Symbol, Unit: f.Unit, Source: f.Source, Meaning: meaning(f.GoName),
		Field: f}
	switch f.Unit {
	case "1", "0 or 1", "0, 1 or 2":
		p.Unit = ""
	case growthUnit:
		p.Unit = "x/yr"
	}
	p.Default = Value(f.Default, f.Unit)
	switch {
	case f.DefaultOf != "":
		p.Default = f.DefaultOf
	case math.IsNaN(f.Default):
		p.Default = "not given"
	}
	if !math.IsInf(f.Low, -1) || !math.IsInf(f.High, 1) {
		p.Allowed = between(f.Low, f.High, f.Unit)
	}
	if f.HasInterval {
		p.Interval = between(f.Interval[0], f.Interval[1], f.Unit)
	}
	return p
}

// meaning is the comment of "Type.Field" in package sim, as a sentence.
func meaning(goName string) string {
	owner, field, _ := strings.Cut(goName, ".")
	if text := sim.Comment(owner, field); text != "" {
		return text + "."
	}
	return ""
}

func between(low, high float64, unit string) string {
	if math.IsInf(high, 1) {
		return "from " + Value(low, unit)
	}
	if wordy[unit] && unit != "date" {
		var words []string
		for v := low; v <= high; v++ {
			words = append(words, Value(v, unit))
		}
		return strings.Join(words, ", ")
	}
	return Value(low, unit) + " to " + Value(high, unit)
}

// Matching returns the parameters at or under a path such as market, market.eta or
// labs.deepseek.talent with the scenario's other keys there (labs.deepseek.budget), or else the
// parameters with that word in their path. All parameters for "".
func Matching(path string) []Parameter {
	path = strings.TrimSuffix(path, ".")
	var under, with []Parameter
	known := map[string]bool{}
	for _, p := range Parameters() {
		if path == "" || leads(path, p.Path) {
			under = append(under, p)
			known[p.Path] = true
		}
		if strings.Contains("."+strings.ReplaceAll(p.Path, "_", ".")+".", "."+strings.ReplaceAll(path, "_", ".")+".") {
			with = append(with, p)
		}
	}
	for _, k := range keys() {
		if path != "" && leads(path, k.path) && !known[k.path] {
			under = append(under, Parameter{Path: k.path, Meaning: k.meaning})
		}
	}
	if len(under) > 0 {
		return under
	}
	return with
}

// leads says whether a path is a parameter's own or that of a group around it; ID stands for any
// one name.
func leads(path, to string) bool {
	given, known := strings.Split(path, "."), strings.Split(to, ".")
	if len(given) > len(known) {
		return false
	}
	for i, word := range given {
		if known[i] != word && known[i] != "ID" && strings.TrimSuffix(known[i], "[]") != word {
			return false
		}
	}
	return true
}

// growthUnit is the unit of log rates, which users write and read as a factor per year.
const growthUnit = "growth/yr"

// wordy are the units whose values are written as dates or words.
var wordy = map[string]bool{"date": true, "0 or 1": true, "0, 1 or 2": true}

// Plain is a field's value as users know it: a factor per year instead of a log rate.
func Plain(v float64, unit string) float64 {
	if unit == growthUnit {
		return math.Exp(v)
	}
	return v
}

// Value writes a field's value, large ones with a suffix.
func Value(v float64, unit string) string {
	if v = Plain(v, unit); unit == growthUnit {
		return short(v)
	}
	if wordy[unit] && !math.IsNaN(v) && !math.IsInf(v, 0) {
		return scenario.FormatQuantity(unit, v)
	}
	switch a := math.Abs(v); {
	case math.IsNaN(v):
		return ""
	case math.IsInf(v, 1):
		return "inf"
	case math.IsInf(v, -1):
		return "-inf"
	case a >= 1e15:
		return strings.Replace(strconv.FormatFloat(v, 'g', 4, 64), "e+", "e", 1)
	case a >= 1e12:
		return short(v/1e12) + "T"
	case a >= 1e9:
		return short(v/1e9) + "B"
	case a >= 1e6:
		return short(v/1e6) + "M"
	case a >= 1e4:
		return short(v/1e3) + "k"
	}
	return short(v)
}

func short(v float64) string { return strconv.FormatFloat(v, 'g', 5, 64) }
