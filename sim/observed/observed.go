package observed

import (
	"cmp"
	"embed"
	"slices"
)

//go:embed *.csv
var files embed.FS

// Attribution is the licence line of the built-in series.
const Attribution = "Data: Epoch AI (epoch.ai), CC BY 4.0; modified."

// Kinds say how an observation is known: read in the named source, at second hand, or a judgement.
var Kinds = []string{"data", "second hand", "assumption"}

// Point is an observation.
type Point struct {
	Quantity string // what is observed, in the words of the results tables
	Entity   string // of whom: "" for the whole market, a lab, a segment, or segment/lab
	// From is the first day that a mean over time covers, as a decimal year; NaN for an observation at
	// an instant.
	From float64
	// Date is the end of the observed day, as a decimal year: 2025.0 for 2024-12-31.
	Date float64
	Day  string // the observed day, ISO
	// Known is the end of the day on which the value was known, 0 for its date: later for a figure
	// that is published with delay, earlier for a plan that was announced.
	Known            float64
	KnownDay         string  // ISO
	Builtin          bool    // the program carries it
	Low, Value, High float64 // Low and High bound 90 %; NaN where the source gives none
	Unit             string
	Kind             string // one of Kinds
	Source           string
	Licence          string
	Note             string
	Where            string // file and line

	cells map[string]string // file, line, column and its name, by column
}

// At is where a column's cell of the point stands, or else its line.
func (p Point) At(column string) string {
	if at := p.cells[column]; at != "" {
		return at
	}
	return p.Where
}

// KnownAt is when the value was known: Known, or the date where none is given.
func (p Point) KnownAt() float64 {
	if p.Known == 0 {
		return p.Date
	}
	return p.Known
}

// Growth is the unit of an observation of how much a quantity is multiplied in a year, from the
// beginning of its first day to its date.
const Growth = "x/yr"

// Series are the observations of one quantity and entity, levels or growth, by date.
type Series struct {
	Quantity, Entity, Unit string
	Points                 []Point
}

// Name is the quantity with its entity.
func (s *Series) Name() string {
	name := s.Quantity
	if s.Unit == Growth {
		name = "growth of " + name
	}
	if s.Entity != "" {
		name += " " + s.Entity
	}
	return name
}

const tolerance = 1e-6 // of dates, in years

// Until parts the observations at a date: those of dates up to it that were known by then, and
// those of later dates that were not. Of several values of one day the one known last counts, on
// the first side of those known by then.
func (s *Series) Until(date float64) (until, after []Point) {
	by := date + tolerance
	until = s.last(func(p Point) bool { return p.Date <= by && p.KnownAt() <= by })
	after = s.last(func(p Point) bool { return p.Date > by && p.KnownAt() > by })
	return until, after
}

// Plans are what was known at a date of later dates: plans, orders, guidance.
func (s *Series) Plans(date float64) []Point {
	by := date + tolerance
	return s.last(func(p Point) bool { return p.Date > by && p.KnownAt() <= by })
}

// Latest are the observations, each day's as it was known last.
func (s *Series) Latest() []Point { return s.last(func(Point) bool { return true }) }

// last are the points that keep accepts, of each day the one known last.
func (s *Series) last(keep func(Point) bool) []Point {
	var out []Point
	for _, p := range s.Points {
		switch n := len(out); {
		case !keep(p):
		case n > 0 && out[n-1].Day == p.Day:
			out[n-1] = p
		default:
			out = append(out, p)
		}
	}
	return out
}

// Builtin are the observations that the program carries. They end with 2024, so that later years
// stay a test.
func Builtin() []Point {
	var out []Point
	for _, name := range []string{"compute.csv", "market.csv"} {
		f, err := files.Open(name)
		if err != nil {
			panic(err) // embedded: cannot fail
		}
		points, err := Read(name, f)
		if err != nil {
			panic(err)
		}
		for _, p := range points {
			p.Builtin = true
			out = append(out, p)
		}
	}
	return out
}

// Join collects observations into series in the order of their first point. Of several observations
// of one series at one date, known on one day, the last counts, so that a user's file can correct
// what is built in. Points are in the order of their dates, those of one date in the order in which
// they were known.
func Join(points []Point) []*Series {
	var out []*Series
	for _, p := range points {
		i := slices.IndexFunc(out, func(s *Series) bool {
			return s.Quantity == p.Quantity && s.Entity == p.Entity && (s.Unit == Growth) == (p.Unit == Growth)
		})
		if i < 0 {
			i = len(out)
			out = append(out, &Series{Quantity: p.Quantity, Entity: p.Entity, Unit: p.Unit})
		}
		s := out[i]
		if k := slices.IndexFunc(s.Points, func(q Point) bool { return q.Day == p.Day && q.KnownDay == p.KnownDay }); k >= 0 {
			s.Points[k] = p
			continue
		}
		s.Points = append(s.Points, p)
		slices.SortStableFunc(s.Points, func(a, b Point) int {
			return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(a.KnownAt(), b.KnownAt()))
		})
	}
	return out
}
