package run

import (
	"fmt"
	"math"
	"runtime"
	"time"

	"simulate/internal/quantity"
	"simulate/sim"
)

// Budget is what a sweep will take.
type Budget struct {
	Cases, Replications int
	Runs                int
	References          int           // reference runs besides, of all distinct references together
	PerRun              time.Duration // of one run on one processor, as timed
	Time                time.Duration // of all on the given number of processors
	Tables, Working     int64         // bytes of the tables in the end, and of the runs kept meanwhile
}

// timedRuns and timedFor bound the runs that a budget times.
const timedRuns, timedFor = 4, 300 * time.Millisecond

// Budget times a few runs and says what the sweep will take with jobs workers (0: as many as there
// are processors).
func (s *Sweep) Budget(jobs int, format string) (Budget, error) {
	if jobs <= 0 {
		jobs = runtime.GOMAXPROCS(0)
	}
	b := Budget{Cases: s.Cases(), Replications: s.replications, Runs: s.Runs()}
	base := s.scenario.Config()
	m, err := sim.New(sim.ReferenceConfig(base))
	if err != nil {
		return b, err
	}
	began, n := time.Now(), 0
	for ; n < timedRuns && (n == 0 || time.Since(began) < timedFor); n++ {
		if _, err := m.ReferenceRun(n); err != nil {
			return b, fmt.Errorf("%s: reference run %d: %w", s.name, n, err)
		}
	}
	b.PerRun = time.Since(began) / time.Duration(n)
	perCase := time.Duration(math.MaxInt64) // the quickest, for the first one warms up
	for n := range timedRuns {
		began := time.Now()
		cfg, err := s.config(n*(s.Cases()-1)/timedRuns, 1)
		if err == nil {
			_, err = sim.New(cfg)
		}
		if err == nil {
			perCase = min(perCase, time.Since(began))
		}
	}
	if perCase == math.MaxInt64 {
		perCase = 0 // runs that fail cost little
	}
	setups := b.Cases // how often a model is made
	if s.draws {
		setups = b.Runs
	}
	fixed, vectors := s.referenceWork()
	b.References = vectors + NewReferences(nil).missing(fixed)
	b.Time = time.Duration((float64(float64(b.PerRun)*float64(b.Runs+b.References)) +
		float64(float64(perCase)*float64(setups))) / float64(jobs))
	width := len(s.dates) * len(s.what.metrics)
	b.Working = int64(b.Runs) * int64(frameHead+runHead+8*width)
	perCell, perKey := 6.5, 1.5
	if format == "csv" {
		perCell, perKey = 11, 8
	}
	rows := func(n int, keys, numbers int) {
		b.Tables += int64(float64(n) * (float64(float64(keys)*perKey) + float64(float64(numbers)*perCell)))
	}
	rows(b.Cases, 1, len(s.paths))
	rows(b.Runs, 7, len(s.paths)+len(s.what.metrics))
	if len(s.dates) > 1 {
		rows(b.Runs*len(s.dates), 3, len(s.what.metrics))
	}
	if s.replications > 1 {
		rows(b.Cases*width, 4, 8)
	}
	return b, nil
}

// String says the budget in a sentence or two.
func (b Budget) String() string {
	text := fmt.Sprintf("%s × %s = %s", quantity.Plural(b.Cases, "case"), quantity.Plural(b.Replications,
		"replication"), quantity.Plural(b.Runs, "run"))
	if b.References > 0 {
		text += fmt.Sprintf(", and %s for reference paths", quantity.Plural(b.References, "run"))
	}
	text += fmt.Sprintf("; about %s at %s each, tables of about %s, %s of working files meanwhile.",
		quantity.Duration(max(b.Time, time.Second)), quantity.Duration(b.PerRun), quantity.Bytes(b.Tables),
		quantity.Bytes(b.Working))
	if b.References > 4*b.Runs {
		text += " Most of it is reference paths, which each case needs anew; --set reference_replications=32 makes fewer " +
			"and leaves more noise in spending."
	}
	return text
}
