// Package observed holds the series that the model is confronted with, and reads further ones.
//
// Data: Epoch AI (epoch.ai), CC BY 4.0; modified.
package observed

import (
	"cmp"
	"embed"
	"slices"
	"strings"
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
	// From is the first day that a mean over time covers, as a decimal year; NaN for an observation at an instant.
	From float64
	// Date is the end of the observed day, as a decimal year: 2025.0 for 2024-12-31.
	Date             float64
	Day              string  // the observed day, ISO
	Low, Value, High float64 // Low and High bound 90 %; NaN where the source gives none
	Unit             string
	Kind             string // one of Kinds
	Source           string
	Licence          string
	Note             string
	Where            string // file and line
}

// Growth is the unit of an observation of how much a quantity is multiplied in a year, from the beginning of its first day to its date.
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

// Until are the observations up to a date, after the others.
func (s *Series) Until(date float64) (until, after []Point) {
	n := len(s.Points)
	for i, p := range s.Points {
		if p.Date > date+1e-6 {
			n = i
			break
		}
	}
	return s.Points[:n], s.Points[n:]
}

// Problems are the mistakes in a file, one per line of Error.
type Problems []string

func (p Problems) Error() string { return strings.Join(p, "\n") }

// Builtin are the observations that the program carries. They end with 2024, so that later years stay a test.
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
		out = append(out, points...)
	}
	return out
}

// Join collects observations into series in the order of their first point. Of several observations of one series at one
// date the last counts, so that a user's file can correct what is built in.
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
		if k := slices.IndexFunc(s.Points, func(q Point) bool { return q.Day == p.Day }); k >= 0 {
			s.Points[k] = p
			continue
		}
		s.Points = append(s.Points, p)
		slices.SortStableFunc(s.Points, func(a, b Point) int { return cmp.Compare(a.Date, b.Date) })
	}
	return out
}
