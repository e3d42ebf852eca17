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
	count atomic.Value // string: what is done, as the bar reads it
}

// newProgress begins to show progress on w; nothing is shown where quiet.
func newProgress(ctx context.Context, w io.Writer, terminal, quiet bool) *progress {
	s := &progress{w: w, said: time.Now()}
	s.pace.Store("")
	s.count.Store("")
	switch {
	case quiet:
		s.w = nil
	case terminal:
		s.bars = mpb.NewWithContext(ctx, mpb.WithOutput(visible.Raw(w)), mpb.WithWidth(40), mpb.WithAutoRefresh())
	}
	return s
}

var phaseNames = map[string]string{"runs": "", "tables": "Writing the tables …"}

// counted says how many runs are done, or of the reference runs before the first.
func counted(now run.Progress) string {
	if now.Done == 0 && now.References > 0 {
		return fmt.Sprintf("%s of %s", quantity.Count(now.References), quantity.Plural(now.References+now.Ahead,
			"reference run"))
	}
	return fmt.Sprintf("%s of %s", quantity.Count(now.Done), quantity.Plural(now.Total, "run"))
}

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
	if perSecond, left := now.Pace(time.Since(s.began)); perSecond > 0 {
		s.pace.Store(fmt.Sprintf("%.3g a second, %s left", perSecond, quantity.Duration(left)))
	}
	s.count.Store(counted(now))
	switch {
	case s.bars != nil:
		done, total := now.Work()
		s.bar.SetTotal(int64(total), false)
		s.bar.SetCurrent(int64(done))
	case time.Since(s.said) >= betweenLines:
		s.said = time.Now()
		fmt.Fprintf(s.w, "%s, %s\n", s.count.Load(), s.pace.Load())
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
	_, total := now.Work()
	s.bar = s.bars.AddBar(int64(total), mpb.BarRemoveOnComplete(), name,
		mpb.PrependDecorators(decor.Any(func(decor.Statistics) string { return s.count.Load().(string) + " " })),
		mpb.AppendDecorators(decor.Any(func(decor.Statistics) string { return s.pace.Load().(string) })))
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
