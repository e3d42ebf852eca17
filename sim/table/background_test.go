package table

import (
	"errors"
	"strings"
	"testing"
)

// failing is a writer that fails, or panics, at a row.
type failing struct {
	Writer
	rows, at        int
	panics, aborted bool
}

var errFull = errors.New("the disk is full")

func (f *failing) Write(*Record) error {
	if f.rows++; f.rows == f.at && f.panics {
		panic("a bug")
	}
	if f.rows >= f.at {
		return errFull
	}
	return nil
}

func (f *failing) Close() error { panic("closed although a row failed") }
func (f *failing) Sum() string  { return "" }
func (f *failing) Abort()       { f.aborted = true }

// What fails behind the caller's back is told at the latest by Close, and nothing waits for ever.
func TestBackgroundTellsErrors(t *testing.T) {
	var r Record
	r.Integer(1)
	for _, c := range []struct {
		at, rows int
		panics   bool
		want     string
	}{
		{at: 10, rows: 10, want: errFull.Error()},                           // before there is another goroutine
		{at: worthwhile + 10, rows: worthwhile + 11, want: errFull.Error()}, // in a batch that does not fill
		{at: worthwhile + 10, rows: worthwhile + 10*cellsOfBatch*batchesInTurn, want: errFull.Error()},
		{at: worthwhile + 10, rows: worthwhile + 11, panics: true, want: "a bug"},
	} {
		f := &failing{at: c.at, panics: c.panics}
		w := InBackground(f)
		var err error
		for range c.rows {
			if err = w.Write(&r); err != nil {
				break
			}
		}
		if err == nil {
			err = w.Close()
		}
		w.Abort()
		if err == nil || !strings.Contains(err.Error(), c.want) || !f.aborted {
			t.Errorf("%+v: error %v, aborted %v", c, err, f.aborted)
		}
	}
}
