package run

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"simulate/internal/fault"
	"simulate/sim/experiment/results"
)

// Workload is runs, numbered from 0, that an Execution does and logs keep: an Experiment, whose
// runs become tables, or a Batch, of whose runs somebody else makes what he likes.
type Workload interface {
	Name() string     // of the scenarios
	Identity() string // SHA-256 of everything that decides the numbers
	Runs() int        // at most, where a stop rule may end them
	Unit() int        // consecutive runs that are best done together
	Text() Text       // everything that decides the numbers, to be read back

	referenceWork() (fixed []work, vectors int) // of fixed rosters, and reference runs of vectors besides
}

// Waves are the first runs of the waves of a workload: runs of a wave need the outcome of all waves
// before, and within one any order will do.
func Waves(w Workload) []int {
	if b, ok := w.(*Batch); ok && len(b.Begins) > 0 {
		return b.Begins
	}
	return []int{0}
}

// Batch is a workload whose runs leave a list of numbers each, as those of a back-test, a
// calibration or a search.
type Batch struct {
	Title  string // of what is done, for Name
	Hash   string // SHA-256 of everything that decides the numbers, for Identity
	Count  int    // runs, at most
	Begins []int  // first run of each wave; nil: there is one
	Spec   Text   // everything that decides the numbers; empty where it is never planned into shards
	// Do makes a run. It leaves nil where none can be made of it. An error ends the work and is not
	// kept.
	Do func(ctx context.Context, e *Engine, number int) ([]float64, error)
	// Settle is called once a wave is done, from 0, with what the runs left, before the next begins;
	// nil: not.
	Settle func(wave int, left Values) error
}

// Values are what a run of a batch left, nil where none could be made.
type Values func(number int) ([]float64, error)

// Name is that of what is done.
func (b *Batch) Name() string { return b.Title }

// Identity is the SHA-256 of everything that decides the numbers.
func (b *Batch) Identity() string { return b.Hash }

// Runs is the number of runs, at most.
func (b *Batch) Runs() int { return b.Count }

// Unit is a run.
func (b *Batch) Unit() int { return 1 }

// Text is the batch as a plan holds it.
func (b *Batch) Text() Text { return b.Spec }

func (b *Batch) referenceWork() (fixed []work, vectors int) { return nil, 0 }

// none says in a log that no run can be made.
const none = "no run"

// result is what a run leaves in the log.
func (b *Batch) result(ctx context.Context, e *Engine, number int) (r *result, err error) {
	defer fault.Catch(&err)
	values, err := b.Do(ctx, e, number)
	if err != nil {
		return nil, err
	}
	if values == nil {
		return &result{Failed: none}, nil
	}
	return &result{Market: values}, nil
}

// valuesOf reads what runs left from where they lie.
func valuesOf(s store) Values {
	return func(number int) ([]float64, error) {
		var r result
		there, err := s.read(number, &r)
		switch {
		case err != nil:
			return nil, err
		case !there:
			return nil, errors.New("a run is missing")
		case r.Failed != "":
			return nil, nil
		case r.Market == nil:
			return []float64{}, nil
		}
		return r.Market, nil
	}
}

// BatchLog is the log of runs that this process does, from which it takes what they left.
type BatchLog struct {
	execution *Execution
	growing   *growing
	temporary string // folder of a log that nobody wants to keep
}

// headOf begins the log of a workload that is done by one process.
func headOf(w Workload, o *Options) (LogHead, error) {
	program, err := results.ThisBuild(o.Commit)
	return LogHead{Format: LogFormat, Plan: w.Identity(), Of: 1, To: w.Runs(), Executable: program.Executable}, err
}

// Begun tells whether the log among the parts of a folder is one of the batch.
func (b *Batch) Begun(parts string) bool {
	head, err := headOf(b, &Options{})
	return err == nil && head.begins(parts)
}

// Open opens the log of a batch in a folder, where an earlier process may have begun it; "": in one
// that goes when it is closed.
func (b *Batch) Open(dir string, o Options) (*BatchLog, error) { return openLog(b, dir, o) }

func openLog(w Workload, dir string, o Options) (*BatchLog, error) {
	head, err := headOf(w, &o)
	if err != nil {
		return nil, err
	}
	l := &BatchLog{execution: NewExecution(w, &o)}
	if dir == "" {
		if dir, err = results.TemporaryFolder("simulate-runs-"); err != nil {
			return nil, err
		}
		l.temporary = dir
	} else if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	if l.growing, err = resume(filepath.Join(dir, GrowingName), head, &o); err != nil {
		os.RemoveAll(l.temporary)
		return nil, err
	}
	return l, nil
}

// Reach does the runs up to, not including, one that are not in the log. Its error is a *Stopped
// where the context ended.
func (l *BatchLog) Reach(ctx context.Context, to int) error {
	x := l.execution
	x.mu.Lock()
	x.now.Total = max(x.now.Total, to)
	x.mu.Unlock()
	return x.reach(ctx, l.growing, to)
}

// Values are what a run that was reached left.
func (l *BatchLog) Values(number int) ([]float64, error) { return valuesOf(l.growing)(number) }

// Close keeps what there is for the next time.
func (l *BatchLog) Close() error {
	err := l.growing.close()
	if l.temporary != "" {
		err = errors.Join(err, os.RemoveAll(l.temporary))
	}
	return err
}

// Run does what is missing of a batch, wave by wave, with its log in a folder as of Open.
func (b *Batch) Run(ctx context.Context, dir string, o Options) (err error) {
	l, err := b.Open(dir, o)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, l.Close()) }()
	l.execution.Expect(b.Count, 0)
	for wave := range Waves(b) {
		if err := l.Reach(ctx, b.end(wave)); err != nil {
			return err
		}
		if err := b.settle(wave, l.Values); err != nil {
			return err
		}
	}
	return nil
}

// end is the first run after a wave.
func (b *Batch) end(wave int) int {
	if waves := Waves(b); wave+1 < len(waves) {
		return waves[wave+1]
	}
	return b.Count
}

func (b *Batch) settle(wave int, left Values) error {
	if b.Settle == nil {
		return nil
	}
	return b.Settle(wave, left)
}

// SettleFrom settles the first waves of a batch from whole logs, in order.
func (b *Batch) SettleFrom(waves int, logs []*Shard) error {
	s := &shards{all: logs}
	defer s.close()
	for wave := range waves {
		if err := b.settle(wave, valuesOf(s)); err != nil {
			return err
		}
	}
	return nil
}
