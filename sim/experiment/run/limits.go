package run

import (
	"fmt"
	"math"
	"runtime"
	"time"

	"simulate/internal/quantity"
	"simulate/sim"
	"simulate/sim/experiment/results"
)

// mostReplications bounds a case, so that a slip of the pen is refused before it fills a machine:
// the values of all its replications are held for exact quantiles. mostRuns bounds an experiment,
// whose runs are numbered.
const mostReplications, mostRuns = 1_000_000, math.MaxInt32

// bounded refuses an experiment of more replications or runs than those, with what it would take.
func bounded(cfg *sim.Config, what *recording, dates, cases, replications int) error {
	runs := float64(cases) * float64(replications)
	switch {
	case replications > mostReplications:
		return results.InputErrorf("%s replications are more than %s; %s; take fewer with -n",
			quantity.Count(replications), quantity.Count(mostReplications), wouldTake(cfg, what, dates, runs))
	case runs > mostRuns:
		return results.InputErrorf("%.3g runs are more than %s; %s; take fewer points or replications",
			runs, quantity.Count(mostRuns), wouldTake(cfg, what, dates, runs))
	}
	return nil
}

// wouldTake times a run and says what so many would take.
func wouldTake(cfg *sim.Config, what *recording, dates int, runs float64) string {
	m, err := sim.New(sim.ReferenceConfig(cfg))
	if err != nil {
		return err.Error() // why none can be run at all
	}
	began := time.Now()
	if _, err := m.ReferenceRun(0); err != nil {
		return err.Error()
	}
	jobs := runtime.GOMAXPROCS(0)
	seconds := time.Since(began).Seconds() * runs / float64(jobs)
	bytes := runs * 8 * float64(what.width(dates, len(cfg.Segments), len(cfg.Labs)))
	return fmt.Sprintf("they would take about %s on %s and %s of working files", quantity.Seconds(seconds),
		quantity.Plural(jobs,
			"processor"), quantity.Bytes(int64(min(bytes, math.MaxInt64/2))))
}

// width is about how many values a run leaves.
func (what *recording) width(dates, segments, labs int) int {
	n := len(what.metrics)
	n += segments * len(what.segments)
	if what.labs {
		n += labs * len(sim.LabVariables())
	}
	return n * dates
}
