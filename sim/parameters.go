package sim

import (
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
	"sync"

	"simulate/sim/portable"
)

// Parameters are the scalars of the model, grouped by the process that owns them. Each field
// carries its unit, default, allowed range, 90 % interval for uncertainty analysis, and symbol as
// tags; its comment is its meaning, and where it has one its source.
//
// Tags: `unit` is one of the units of package scenario ("1" for a pure number, "growth/yr" for a
// log rate that users write as "3x/yr"); `default`, `allowed` ("lo hi") and `interval` ("lo hi")
// are numbers, "ln 3" or "inf". Those of growth/yr are the factor a year, whose log is the value.
type Parameters struct {
	Paths       PathParameters
	Funding     FundingParameters
	Chips       ChipParameters
	Research    ResearchParameters
	Training    TrainingParameters
	Market      MarketParameters
	Industry    IndustryParameters
	Observation ObservationParameters
}

// PathParameters shape exogenous paths after their last dated value.
type PathParameters struct {
	// Time in which the growth of budgets, chip capacity and demand after their last dated value
	// decays to its long-run rate.
	// Source: assumption: without a taper one platform's budget passes $8T within ten years.
	TaperTime float64 `symbol:"τ_g" unit:"yr" default:"2.5" allowed:"0 20" interval:"1.5 4"`
	// Long-run growth of sponsors' budgets.
	// Source: assumption.
	LongRunBudgetGrowth float64 `symbol:"g_∞X" unit:"growth/yr" default:"1.07" allowed:"0.5 3"`
	// Long-run growth of merchant chip capacity.
	// Source: assumption.
	LongRunCapacityGrowth float64 `symbol:"g_∞Q" unit:"growth/yr" default:"1.15" allowed:"0.5 3"`
	// Long-run growth of reference spending on AI services.
	// Source: assumption.
	LongRunDemandGrowth float64 `symbol:"g_∞D" unit:"growth/yr" default:"1.05" allowed:"0.5 3"`
}

// Field describes one tagged scalar: a parameter of the registry, or a field of a lab or segment
// that scenarios may set.
type Field struct {
	Path     string // snake_case, "market.eta" for a parameter, "talent" for a field of an entity
	GoName   string // "MarketParameters.Eta"
	Symbol   string // as in docs/odd.md
	Unit     string
	Default  float64 // NaN where the default is another parameter (see DefaultOf)
	Low      float64 // least allowed value
	High     float64 // greatest allowed value
	Interval [2]float64
	// HasInterval says whether a 90 % interval is stated; parameters without one stay fixed in
	// uncertainty analysis.
	HasInterval bool
	Source      string
	DefaultOf   string // path of the parameter that a lab's or segment's own value replaces, or ""
	index       []int
}

// In returns the field's address inside v, which points to the struct that Fields was asked about.
func (f Field) In(v any) *float64 {
	return reflect.ValueOf(v).Elem().FieldByIndex(f.index).Addr().Interface().(*float64)
}

// Registry lists all parameters in the order of the schedule.
var Registry = sync.OnceValue(func() []Field { return Fields(Parameters{}) })

// LookUp finds a parameter by its path.
func LookUp(path string) (Field, bool) {
	for _, f := range Registry() {
		if f.Path == path {
			return f, true
		}
	}
	return Field{}, false
}

// Defaults returns every parameter at its default.
func Defaults() Parameters {
	var p Parameters
	setDefaults(&p)
	return p
}

// setDefaults fills the tagged fields of the struct that v points to.
func setDefaults(v any) {
	for _, f := range fieldsOf(v) {
		*f.In(v) = f.Default
	}
}

// fieldsOf reads the tags of the struct that v points to.
func fieldsOf(v any) []Field { return collect(reflect.TypeOf(v).Elem(), "", nil) }

// Fields reads the tags of the float64 fields of a struct, nested structs included. It panics on a
// malformed tag, for that is a bug in this package.
func Fields(v any) []Field { return collect(reflect.TypeOf(v), "", nil) }

func collect(t reflect.Type, prefix string, index []int) []Field {
	var out []Field
	for i := range t.NumField() {
		sf := t.Field(i)
		at := append(append([]int{}, index...), i)
		path := prefix + SnakeCase(sf.Name)
		if sf.Type.Kind() == reflect.Struct && sf.Tag.Get("unit") == "" && strings.HasSuffix(sf.Type.Name(), "Parameters") {
			out = append(out, collect(sf.Type, path+".", at)...)
			continue
		}
		if sf.Type.Kind() != reflect.Float64 || sf.Tag.Get("unit") == "" {
			continue
		}
		out = append(out, readTags(sf, path, t.Name(), at))
	}
	return out
}

func readTags(sf reflect.StructField, path, owner string, index []int) Field {
	goName := owner + "." + sf.Name
	f := Field{Path: path, GoName: goName, Symbol: sf.Tag.Get("symbol"), Unit: sf.Tag.Get("unit"), Source: Source(owner,
		sf.Name), index: index}
	d := sf.Tag.Get("default")
	if strings.HasPrefix(d, "@") {
		f.Default, f.DefaultOf = math.NaN(), d[1:]
	} else {
		f.Default = mustNumbers(goName, f.Unit, d, 1)[0]
	}
	if s := sf.Tag.Get("allowed"); s != "" {
		r := mustNumbers(goName, f.Unit, s, 2)
		f.Low, f.High = r[0], r[1]
	} else {
		f.Low, f.High = math.Inf(-1), math.Inf(1)
	}
	if s := sf.Tag.Get("interval"); s != "" {
		r := mustNumbers(goName, f.Unit, s, 2)
		f.Interval, f.HasInterval = [2]float64{r[0], r[1]}, true
	}
	return f
}

// mustNumbers reads n numbers of a unit, each plain, "inf", "nan" or "ln X"; a growth is the log of
// its factor.
func mustNumbers(name, unit, s string, n int) []float64 {
	var out []float64
	words := strings.Fields(s)
	for i := 0; i < len(words); i++ {
		log := unit == "growth/yr"
		if words[i] == "ln" {
			log = true
			i++
		}
		v, err := strconv.ParseFloat(words[i], 64)
		if err != nil {
			panic(fmt.Sprintf("sim: tag of %s: %v", name, err))
		}
		if log {
			v = portable.Log(v)
		}
		out = append(out, v)
	}
	if len(out) != n {
		panic(fmt.Sprintf("sim: tag of %s: %q holds %d numbers, want %d", name, s, len(out), n))
	}
	return out
}

// SnakeCase turns a Go name into the key that scenario files use: "TaperTime" is "taper_time".
func SnakeCase(s string) string {
	var b strings.Builder
	for i, r := range s {
		upper := r >= 'A' && r <= 'Z'
		if upper && i > 0 {
			b.WriteByte('_')
		}
		if upper {
			r += 'a' - 'A'
		}
		b.WriteRune(r)
	}
	return b.String()
}
