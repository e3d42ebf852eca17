package main

import (
	"context"
	"fmt"
	"io"
	"sync/atomic"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"

	"simulate/internal/quantity"
	"simulate/internal/visible"
	"simulate/sim/experiment/run"
)

// betweenLines is how long a run into a pipe stays silent.
const betweenLines = 10 * time.Second

// progress shows how far an experiment is: a bar on a terminal, a line now and then elsewhere.
type progress struct {
	w     io.Writer // nil: nothing is shown
	bars  *mpb.Progress
	bar   *mpb.Bar
	phase string
	began time.Time    // of the phase
	said  time.Time    // time of the last line
	pace  atomic.Value // string: runs per second and time left, as the bar reads it
}

// newProgress begins to show progress on w; nothing is shown where quiet.
func newProgress(ctx context.Context, w io.Writer, terminal, quiet bool) *progress {
	s := &progress{w: w, said: time.Now()}
	s.pace.Store("")
	switch {
	case quiet:
		s.w = nil
	case terminal:
		s.bars = mpb.NewWithContext(ctx, mpb.WithOutput(visible.Raw(w)), mpb.WithWidth(40), mpb.WithAutoRefresh())
	}
	return s
}

var phaseNames = map[string]string{"reference": "Computing the reference paths …", "runs": "runs ", "tables": "Writing the tables …"}

// show takes the experiment's news, from one goroutine at a time.
func (s *progress) show(now run.Progress) {
	if s.w == nil {
		return
	}
	if s.phase != now.Phase {
		s.phase, s.began = now.Phase, time.Now()
		if s.bars != nil {
			s.nextBar(now)
		}
	}
	if now.Phase != "runs" {
		return
	}
	if fresh, passed := now.Done-now.Resumed, time.Since(s.began); fresh > 0 {
		perSecond := float64(fresh) / passed.Seconds()
		left := time.Duration(float64(now.Total-now.Done) / perSecond * float64(time.Second))
		s.pace.Store(fmt.Sprintf("%.3g a second, %s left", perSecond, left.Round(time.Second)))
	}
	switch {
	case s.bars != nil:
		s.bar.SetTotal(int64(now.Total), false)
		s.bar.SetCurrent(int64(now.Done))
	case time.Since(s.said) >= betweenLines:
		s.said = time.Now()
		fmt.Fprintf(s.w, "%s of %s, %s\n", quantity.Count(now.Done), quantity.Plural(now.Total, "run"), s.pace.Load())
	}
}

// nextBar replaces the bar of the phase before.
func (s *progress) nextBar(now run.Progress) {
	if s.bar != nil {
		s.bar.Abort(true)
	}
	name := mpb.PrependDecorators(decor.Name(phaseNames[now.Phase]))
	if now.Phase != "runs" {
		s.bar = s.bars.New(1, mpb.NopStyle(), mpb.BarRemoveOnComplete(), name)
		return
	}
	s.bar = s.bars.AddBar(int64(now.Total), mpb.BarRemoveOnComplete(), name,
		mpb.PrependDecorators(decor.CountersNoUnit("%d of %d ")), mpb.AppendDecorators(decor.Any(func(decor.Statistics) string { return s.pace.Load().(string) })))
}

// say writes a sentence above the bar.
func (s *progress) say(sentence string) {
	if s.bars != nil {
		fmt.Fprintln(s.bars, visible.Text(sentence))
		return
	}
	fmt.Fprintln(s.w, sentence)
}

// close takes the bar away.
func (s *progress) close() {
	if s.bar != nil {
		s.bar.Abort(true)
	}
	if s.bars != nil {
		s.bars.Wait()
	}
}
