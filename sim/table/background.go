package table

import "simulate/internal/fault"

// inBackground hands rows to a writer in another goroutine, in batches, so that what is written to
// several files takes several processors.
type inBackground struct {
	to    Writer
	here  int        // cells that may still be written by the caller's goroutine
	rows  batch      // that fills
	full  chan batch // closed at the end
	empty chan batch
	ended chan struct{} // closed when no more is written; then err is set
	err   error
	over  bool // no more rows come
}

// batch is consecutive rows, cell after cell; rows end before each of ends.
type batch struct {
	cells []cell
	ends  []int
}

// cellsOfBatch bounds a batch, and batchesInTurn the batches of a writer, and so its memory.
const cellsOfBatch, batchesInTurn = 2048, 3

// worthwhile is how many cells a table has before another goroutine is worth its while.
const worthwhile = 1 << 16

// InBackground is a writer that checks, formats and writes rows in another goroutine once there are
// many. The file is the same. An error of Write may be that of an earlier row; Close returns the
// first.
func InBackground(w Writer) Writer { return &inBackground{to: w, here: worthwhile} }

// start begins the other goroutine.
func (b *inBackground) start() {
	b.full, b.empty = make(chan batch, batchesInTurn), make(chan batch, batchesInTurn)
	b.ended = make(chan struct{})
	for range batchesInTurn - 1 {
		b.empty <- batch{}
	}
	go b.work()
}

// work writes batches until there are no more, or until one cannot be written.
func (b *inBackground) work() {
	defer close(b.ended)
	defer fault.Catch(&b.err)
	var r Record
	for rows := range b.full {
		from := 0
		for _, end := range rows.ends {
			r.cells = rows.cells[from:end]
			if b.err = b.to.Write(&r); b.err != nil {
				return
			}
			from = end
		}
		b.empty <- rows
	}
}

func (b *inBackground) Row(values ...any) error {
	var r Record
	if err := r.Add(values...); err != nil {
		return err
	}
	return b.Write(&r)
}

func (b *inBackground) Write(r *Record) error {
	if b.here > 0 {
		if b.here -= len(r.cells); b.here <= 0 {
			b.start()
		}
		return b.to.Write(r)
	}
	if b.rows.cells == nil {
		b.rows.cells = make([]cell, 0, cellsOfBatch+len(r.cells))
	}
	b.rows.cells = append(b.rows.cells, r.cells...)
	b.rows.ends = append(b.rows.ends, len(b.rows.cells))
	if len(b.rows.cells) < cellsOfBatch {
		return nil
	}
	return b.pass()
}

// pass hands the batch over and takes an empty one.
func (b *inBackground) pass() error {
	select {
	case b.full <- b.rows:
	case <-b.ended:
		return b.err
	}
	select {
	case b.rows = <-b.empty:
		b.rows.cells, b.rows.ends = b.rows.cells[:0], b.rows.ends[:0]
		return nil
	case <-b.ended:
		return b.err
	}
}

func (b *inBackground) Close() error {
	if err := b.end(true); err != nil {
		return err
	}
	return b.to.Close()
}

func (b *inBackground) Sum() string { return b.to.Sum() }

func (b *inBackground) Abort() {
	b.end(false)
	b.to.Abort()
}

// end waits until the other goroutine has written what it was given, with the batch that fills or
// without it.
func (b *inBackground) end(last bool) error {
	if b.here > 0 {
		return nil
	}
	if !b.over {
		b.over = true
		if last {
			select {
			case b.full <- b.rows:
			case <-b.ended:
			}
		}
		close(b.full)
	}
	<-b.ended
	return b.err
}
