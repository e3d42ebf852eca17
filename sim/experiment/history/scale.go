package history

import (
	"context"
	"fmt"
	"math"
	"strconv"
	"strings"

	"simulate/sim"
	"simulate/sim/experiment/results"
	"simulate/sim/experiment/run"
	"simulate/sim/observed"
)

// How far an amount of the user's may lie from what the series and the model know before it is
// remarked on, and before it is refused. The nearest other observation may have grown or shrunk by
// aYear for each year between.
const (
	remarked = 30
	refused  = 1000
	aYear    = 4
)

// checkScale holds the user's values against the other observations of their series and against a
// run of the scenario at its own values: 160 for $160 billion is found so, and 1800 labs. Shares
// are checked by their bounds.
func checkScale(ctx context.Context, e *run.Engine, cfg *sim.Config, all []*Series, seed uint64,
	notice func(string)) error {
	var own []*Series
	for _, s := range all {
		for _, p := range s.Points {
			if k, _ := s.kind(); k.by != within && !p.Builtin {
				own = append(own, s)
				break
			}
		}
	}
	if len(own) == 0 {
		return nil
	}
	plain := *cfg
	plain.Stochastic = false
	path, err := follow(ctx, e, run.Job{Config: &plain, Seed: seed, Replication: 1}, own)
	if err != nil {
		path = nil // the scenario's own run fails later with its reason; the series still knows
	}
	var wrong []string
	for i, s := range own {
		k, _ := s.kind()
		for _, p := range s.Points {
			if p.Builtin {
				continue
			}
			far, told := s.nearest(p)
			if !s.Log {
				far, told = math.NaN(), nil
			}
			if w, covered := cover(cfg, p); covered && path != nil {
				if v := s.value(path[i], w, cfg.StepsPerYear); !math.IsNaN(k.distance(p.Value, v)) {
					told = append(told, fmt.Sprintf("the scenario gives %s", amount(v, s.Unit)))
					if d := k.distance(p.Value, v); math.Abs(d) < math.Abs(far) || math.IsNaN(far) {
						far = d
					}
				}
			}
			text := fmt.Sprintf("%s: %s of %g is %s what is known of it (%s)", p.At("value"), s.Name(), p.Value,
				s.apart(k, far), strings.Join(told, "; "))
			remedy := s.likely(k, p.Value, far)
			if s.Log {
				remedy = s.remedy(p.Value, far)
			}
			switch remark, refuse := k.odd(far, s.Growth); {
			case refuse:
				wrong = append(wrong, text+"; "+remedy)
			case remark && notice != nil && !s.Log:
				notice(text + "; " + remedy + ".")
			case remark && notice != nil:
				notice(text + ".")
			}
		}
	}
	if len(wrong) > 0 {
		return &results.InputError{Err: fmt.Errorf("%s", strings.Join(wrong, "\n"))}
	}
	return nil
}

// nearest is the log of how far a point lies from the closest in time that the program carries,
// what growth between may explain taken off, and that point in words. NaN where there is none.
func (s *Series) nearest(p observed.Point) (far float64, told []string) {
	far = math.NaN()
	best := math.Inf(1)
	for _, q := range s.Points {
		between := math.Abs(q.Date - p.Date)
		if !q.Builtin || between >= best {
			continue
		}
		best = between
		far = math.Log(p.Value / q.Value)
		slack := math.Min(math.Abs(far), between*math.Log(aYear))
		far -= math.Copysign(slack, far)
		told = []string{fmt.Sprintf("%s on %s", amount(q.Value, s.Unit), q.Day)}
	}
	return far, told
}

// times is a ratio in words, by its logarithm.
func times(log float64) string {
	if log < 0 {
		return fmt.Sprintf("%.2g times smaller than", math.Exp(-log))
	}
	return fmt.Sprintf("%.2g times larger than", math.Exp(log))
}

// remedy guesses the unit in which an amount was typed.
func (s *Series) remedy(v, far float64) string {
	for _, scale := range []struct {
		log  float64
		name string
		e    int
	}{{9, "billions", 9}, {6, "millions", 6}, {3, "thousands", 3}, {12, "trillions", 12}} {
		if off := far + scale.log*math.Ln10; math.Abs(off) < math.Log(remarked) {
			return fmt.Sprintf("write plain %s: %ge%d if it is in %s", s.Unit, v, scale.e, scale.name)
		}
	}
	return "write the plain number in " + s.Unit
}

// scales are the words for multiples in units.
var scales = map[string]float64{"k": 1e3, "tsd": 1e3, "thousand": 1e3, "thousands": 1e3, "m": 1e6, "mn": 1e6,
	"mln": 1e6, "mio": 1e6, "million": 1e6, "millions": 1e6, "millionen": 1e6, "b": 1e9, "bn": 1e9, "bln": 1e9, "mrd": 1e9,
	"billion": 1e9, "billions": 1e9, "milliarden": 1e9, "milliards": 1e9, "tn": 1e12, "trillion": 1e12,
	"trillions": 1e12}

// scaleOf is how many of the model's unit one of a unit that users write is: 1e9 for USD bn; 0
// where that is not certain.
func scaleOf(written, unit string) float64 {
	base, _, _ := strings.Cut(unit, "/")
	out := 1.0
	for _, word := range strings.FieldsFunc(strings.ToLower(strings.ReplaceAll(written, "$", " usd ")), func(r rune) bool {
		return strings.ContainsRune(" ./()", r)
	}) {
		switch scale, known := scales[word]; {
		case known && out == 1:
			out = scale
		case word == strings.ToLower(base) || base == "USD" && (word == "us" || word == "dollars" || word == "dollar"):
		case strings.HasSuffix(unit, "/yr") && (word == "yr" || word == "year" || word == "per" || word == "a"):
		default:
			return 0
		}
	}
	return out
}

// plain writes a number in digits.
func plain(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
