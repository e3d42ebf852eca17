package run

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"hash/crc32"
	"io"
	"math"
	"os"
	"path/filepath"
	"time"

	"simulate/sim/experiment/results"
)

// A shard file holds consecutive runs of a sweep in their order: a line of JSON that says which, a frame per run, and a last frame
// with the number of runs and the SHA-256 of everything before it. A frame is length and CRC-32C of its payload, then the payload:
// the run's number, a byte for its kind, and the recorded values or the text of its failure. While it grows a shard has another name
// and no last frame; a process that is killed leaves at most one torn frame, which is cut off.

// ShardHead says which runs a file holds and who made them.
type ShardHead struct {
	Format     string `json:"format"` // ShardFormat
	Plan       string `json:"plan"`   // SHA-256 of sweep and shards
	Shard      int    `json:"shard"`
	Of         int    `json:"of"`
	From       int    `json:"from"` // first run
	To         int    `json:"to"`   // after the last run
	Width      int    `json:"width"`
	Executable string `json:"executable_sha256"`
}

const ShardFormat = "simulate sweep shard 1"

// ShardSuffix ends the name of a whole shard; GrowingName is that of one that grows.
const ShardSuffix, GrowingName = ".runs", "growing"

// Head is the first line of a shard of the sweep: shard i of a number of them, with a range of runs.
func (s *Sweep) Head(plan string, i, of int, runs [2]int, executable string) ShardHead {
	return ShardHead{Format: ShardFormat, Plan: plan, Shard: i, Of: of, From: runs[0], To: runs[1], Width: len(s.calendar) * len(s.metrics), Executable: executable}
}

// Kinds of frames.
const (
	frameDone byte = iota
	frameFailed
	frameEnd
)

const runHead = 9 // number and kind

// flushEvery and syncEvery bound what the end of the process, and of the machine, can cost.
const flushEvery, syncEvery = 200 * time.Millisecond, time.Second

// shardWriter appends runs to a growing shard.
type shardWriter struct {
	file            *os.File
	out             *bufio.Writer
	sum             hash.Hash
	head            ShardHead
	next            int
	frame           []byte
	flushed, synced time.Time
}

// openShard opens or begins a growing shard and says what is in it: the next run to do, and how many bytes of a torn tail were cut off.
func openShard(path string, head ShardHead) (w *shardWriter, lost int64, err error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, 0, err
	}
	defer func() {
		if err != nil {
			f.Close()
		}
	}()
	w = &shardWriter{file: f, sum: sha256.New(), head: head, next: head.From, flushed: time.Now(), synced: time.Now()}
	line, err := json.Marshal(head)
	if err != nil {
		return nil, 0, err
	}
	line = append(line, '\n')
	info, err := f.Stat()
	if err != nil {
		return nil, 0, err
	}
	in := bufio.NewReaderSize(f, 1<<16)
	end := int64(0)
	if first, err := in.ReadBytes('\n'); err == nil && bytes.Equal(first, line) {
		w.sum.Write(line)
		end = int64(len(line))
		for w.next < head.To {
			payload, err := readFrame(in, info.Size()-end)
			if err != nil || !w.follows(payload) {
				break
			}
			w.hashFrame(payload)
			end += frameHead + int64(len(payload))
			w.next++
		}
		lost = info.Size() - end
	}
	if err := f.Truncate(end); err != nil {
		return nil, 0, err
	}
	if _, err := f.Seek(end, io.SeekStart); err != nil {
		return nil, 0, err
	}
	w.out = bufio.NewWriterSize(f, 1<<16)
	if end == 0 {
		w.sum.Write(line)
		if _, err := w.out.Write(line); err != nil {
			return nil, 0, err
		}
	}
	return w, lost, nil
}

func (w *shardWriter) follows(payload []byte) bool {
	return len(payload) >= runHead && payload[8] != frameEnd && binary.LittleEndian.Uint64(payload) == uint64(w.next) &&
		(payload[8] == frameFailed || len(payload) == runHead+8*w.head.Width)
}

func (w *shardWriter) hashFrame(payload []byte) {
	w.sum.Write(frameOf(w.frame[:0], payload)[:frameHead])
	w.sum.Write(payload)
}

// frameOf puts length and checksum before a payload that begins frameHead bytes into b.
func frameOf(b, payload []byte) []byte {
	b = binary.LittleEndian.AppendUint32(b, uint32(len(payload)))
	return binary.LittleEndian.AppendUint32(b, crc32.Checksum(payload, castagnoli))
}

func (w *shardWriter) write(kind byte, number uint64, body func([]byte) []byte) error {
	b := append(w.frame[:0], make([]byte, frameHead)...)
	b = binary.LittleEndian.AppendUint64(b, number)
	b = body(append(b, kind))
	frameOf(b[:0], b[frameHead:])
	w.frame = b
	w.sum.Write(b)
	_, err := w.out.Write(b)
	return err
}

// add appends the next run.
func (w *shardWriter) add(run int, r sweepRun) error {
	if run != w.next {
		return fmt.Errorf("run %d comes where run %d is due", run, w.next)
	}
	kind, body := frameDone, func(b []byte) []byte {
		for _, v := range r.values {
			b = binary.LittleEndian.AppendUint64(b, math.Float64bits(v))
		}
		return b
	}
	if r.failed != "" {
		kind, body = frameFailed, func(b []byte) []byte { return append(b, r.failed...) }
	} else if len(r.values) != w.head.Width {
		return fmt.Errorf("run %d left %d values, not %d", run, len(r.values), w.head.Width)
	}
	if err := w.write(kind, uint64(run), body); err != nil {
		return err
	}
	w.next++
	now := time.Now()
	if now.Sub(w.flushed) < flushEvery {
		return nil
	}
	w.flushed = now
	if err := w.out.Flush(); err != nil {
		return err
	}
	if now.Sub(w.synced) < syncEvery {
		return nil
	}
	w.synced = now
	return w.file.Sync()
}

// finish writes the last frame and gives the file its name.
func (w *shardWriter) finish(path string) error {
	sum := w.sum.Sum(nil)
	if err := w.write(frameEnd, uint64(w.next-w.head.From), func(b []byte) []byte { return append(b, sum...) }); err != nil {
		return err
	}
	if err := w.close(); err != nil {
		return err
	}
	if err := os.Rename(w.file.Name(), path); err != nil {
		return err
	}
	results.SyncFolder(filepath.Dir(path))
	return nil
}

// close keeps what there is for the next time.
func (w *shardWriter) close() error {
	return errors.Join(w.out.Flush(), w.file.Sync(), w.file.Close())
}

// ShardReader reads the runs of a whole or growing shard in order.
type ShardReader struct {
	file   *os.File
	in     *bufio.Reader
	Head   ShardHead
	sum    hash.Hash
	left   int64
	next   int
	values []float64
}

// ReadShard opens a whole or growing shard.
func ReadShard(path string) (*ShardReader, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	info, err := f.Stat()
	if err != nil {
		f.Close()
		return nil, err
	}
	r := &ShardReader{file: f, in: bufio.NewReaderSize(f, 1<<18), sum: sha256.New()}
	line, err := r.in.ReadBytes('\n')
	if err == nil {
		err = json.Unmarshal(line, &r.Head)
	}
	if err != nil || r.Head.Format != ShardFormat {
		f.Close()
		return nil, fmt.Errorf("it does not begin as a shard does")
	}
	r.sum.Write(line)
	r.left, r.next = info.Size()-int64(len(line)), r.Head.From
	return r, nil
}

// Read returns the next run, whose values last until the next call; io.EOF after the last of a whole shard.
func (r *ShardReader) Read() (run int, out sweepRun, err error) {
	damaged := func(what string) (int, sweepRun, error) {
		return 0, sweepRun{}, fmt.Errorf("%s after run %d", what, r.next-1)
	}
	payload, err := readFrame(r.in, r.left)
	if err != nil {
		return damaged("a record is damaged or missing")
	}
	if len(payload) < runHead {
		return damaged("a record is too short")
	}
	r.left -= frameHead + int64(len(payload))
	number, kind, body := binary.LittleEndian.Uint64(payload), payload[8], payload[runHead:]
	if kind == frameEnd {
		switch {
		case number != uint64(r.next-r.Head.From) || r.next != r.Head.To:
			return damaged("the shard ends early")
		case !bytes.Equal(body, r.sum.Sum(nil)):
			return damaged("the checksum " + hex.EncodeToString(body)[:8] + " is not that of the file")
		case r.left != 0:
			return damaged("something follows the end of the shard")
		}
		return 0, sweepRun{}, io.EOF
	}
	if number != uint64(r.next) || r.next >= r.Head.To {
		return damaged(fmt.Sprintf("run %d comes out of order", number))
	}
	r.sum.Write(frameOf(nil, payload))
	r.sum.Write(payload)
	r.next++
	if kind == frameFailed {
		return r.next - 1, sweepRun{failed: string(body)}, nil
	}
	if kind != frameDone || len(body) != 8*r.Head.Width {
		return damaged("a record has another width than the shard")
	}
	r.values = r.values[:0]
	for i := 0; i < len(body); i += 8 {
		r.values = append(r.values, math.Float64frombits(binary.LittleEndian.Uint64(body[i:])))
	}
	return r.next - 1, sweepRun{values: r.values}, nil
}

// Close closes the file.
func (r *ShardReader) Close() { r.file.Close() }

// Next is the run that comes next.
func (r *ShardReader) Next() int { return r.next }
