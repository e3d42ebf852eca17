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
	"io"
	"os"
	"path/filepath"
	"sync"
	"time"

	"simulate/internal/aside"
	"simulate/internal/wholefile"
)

// A log holds consecutive runs of an experiment in their order: a line of JSON that says which, and
// a frame per run. A frame is length and CRC-32C of its payload, then the payload: the run's
// number, a byte for its kind, and what the run left. A whole log ends with a frame that holds the
// number of runs and the SHA-256 of everything before it. While it grows it has no such frame; a
// process that is killed leaves at most one torn frame, which is cut off.

// LogHead says which runs a log holds and who made them.
type LogHead struct {
	Format     string `json:"format"` // LogFormat
	Plan       string `json:"plan"`   // SHA-256 of all that decides the numbers, and of the shards where it is one
	Shard      int    `json:"shard"`
	Of         int    `json:"of"`
	From       int    `json:"from"` // first run
	To         int    `json:"to"`   // after the last run
	Executable string `json:"executable_sha256"`
}

// begins tells whether the growing log among the parts of a folder has this head, so that its runs
// are those that are wanted.
func (h LogHead) begins(parts string) bool {
	s := &Shard{path: filepath.Join(parts, GrowingName)}
	_, err := s.scan()
	return err == nil && s.Head == h
}

// LogFormat is the version of the format.
const LogFormat = "simulate runs 2"

// LogSuffix ends the name of a whole log; GrowingName is that of one that grows.
const LogSuffix, GrowingName = ".runs", "growing"

// flushEvery and syncEvery bound what the end of the process, and of the machine, can cost.
const flushEvery, syncEvery = 200 * time.Millisecond, time.Second

// firstLine reads the line that heads a log, which is short.
func firstLine(in *bufio.Reader) ([]byte, error) {
	line, err := in.ReadSlice('\n') // ends with an error where the reader's space does not hold it
	return bytes.Clone(line), err
}

// growing is a log that runs are added to, by one goroutine, and may be read by another one.
type growing struct {
	file            *os.File
	sum             hash.Hash // of all frames, where the log is to be whole; nil: not
	head            LogHead
	flushed, synced time.Time
	frame           []byte
	reader          frameReader

	mu   sync.Mutex
	out  *bufio.Writer
	at   []int64 // where the frame of each run begins
	end  int64
	came sync.Cond // at has grown, or no more runs come
	over bool      // no more runs come
}

// openGrowing opens or begins a growing log. lost is the number of bytes of a torn or damaged tail
// that was cut off; a log of something else is begun anew.
func openGrowing(path string, head LogHead) (g *growing, lost int64, err error) {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		if err := os.RemoveAll(path); err != nil { // it holds no runs
			return nil, 0, err
		}
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, 0, err
	}
	defer func() {
		if err != nil {
			f.Close()
		}
	}()
	g = &growing{file: f, head: head, flushed: time.Now(), synced: time.Now()}
	g.came.L = &g.mu
	line, err := json.Marshal(head)
	if err != nil {
		return nil, 0, err
	}
	line = append(line, '\n')
	info, err := f.Stat()
	if err != nil {
		return nil, 0, err
	}
	in := bufio.NewReaderSize(f, 1<<18)
	if first, err := firstLine(in); err == nil && bytes.Equal(first, line) {
		g.end = int64(len(line))
		var payload []byte
		for g.next() < head.To {
			payload, err = readFrame(in, info.Size()-g.end, payload)
			if err != nil || payload[8] != frameRun || binary.LittleEndian.Uint64(payload) != uint64(g.next()) {
				break
			}
			g.at = append(g.at, g.end)
			g.end += frameHead + int64(len(payload))
		}
		lost = info.Size() - g.end
	}
	if err := f.Truncate(g.end); err != nil {
		return nil, 0, err
	}
	if _, err := f.Seek(g.end, io.SeekStart); err != nil {
		return nil, 0, err
	}
	g.out = bufio.NewWriterSize(f, 1<<16)
	if g.end == 0 {
		g.end = int64(len(line))
		_, err = g.out.Write(line)
	}
	return g, lost, err
}

// next is the first run that the log does not hold.
func (g *growing) next() int { return g.head.From + len(g.at) }

func (g *growing) write(kind byte, number uint64, body func([]byte) []byte) error {
	b := append(g.frame[:0], make([]byte, frameHead)...)
	b = binary.LittleEndian.AppendUint64(b, number)
	b = body(append(b, kind))
	framed(b[:0], b[frameHead:])
	g.frame = b
	if g.sum != nil {
		g.sum.Write(b)
	}
	_, err := g.out.Write(b)
	return err
}

// add appends the next run.
func (g *growing) add(run int, r *result) error {
	if run != g.next() {
		return fmt.Errorf("run %d comes where run %d is due", run, g.next())
	}
	if flushed, err := g.append(run, r); err != nil || !flushed || g.flushed.Sub(g.synced) < syncEvery {
		return err
	}
	g.synced = g.flushed
	return g.file.Sync()
}

// append adds a run, and flushes what has waited long enough.
func (g *growing) append(run int, r *result) (flushed bool, err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if err := g.write(frameRun, uint64(run), r.appendTo); err != nil {
		return false, err
	}
	g.at = append(g.at, g.end)
	g.end += int64(len(g.frame))
	g.came.Broadcast()
	now := time.Now()
	if now.Sub(g.flushed) < flushEvery {
		return false, nil
	}
	g.flushed = now
	return true, g.out.Flush()
}

// read reads a run; false where the log does not hold it.
func (g *growing) read(run int, r *result) (there bool, err error) {
	at, end, err := g.find(run)
	if err != nil || at < 0 {
		return false, err
	}
	if err := g.reader.read(g.file, at, end, r); err != nil {
		return false, fmt.Errorf("%s: run %d: %w", g.file.Name(), run, err)
	}
	return true, nil
}

// find is where the frame of a run begins and the file ends; −1 where the log does not hold it.
func (g *growing) find(run int) (at, end int64, err error) {
	g.mu.Lock()
	defer g.mu.Unlock()
	i := run - g.head.From
	if i < 0 || i >= len(g.at) {
		return -1, 0, nil
	}
	if g.reader.reaches(g.at[i]) {
		return g.at[i], g.reader.end, nil
	}
	return g.at[i], g.end, g.out.Flush()
}

// finished tells those who wait that no more runs come.
func (g *growing) finished() {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.over = true
	g.came.Broadcast()
}

// addUp keeps the SHA-256 of the log from here on.
func (g *growing) addUp() error {
	if g.sum != nil {
		return nil
	}
	if err := g.out.Flush(); err != nil {
		return err
	}
	g.sum = sha256.New()
	_, err := io.Copy(g.sum, io.NewSectionReader(g.file, 0, g.end))
	return err
}

// finish writes the last frame and gives the file its name.
func (g *growing) finish(path string) error {
	if err := g.addUp(); err != nil {
		return err
	}
	sum := g.sum.Sum(nil)
	if err := g.write(frameEnd, uint64(len(g.at)), func(b []byte) []byte { return append(b, sum...) }); err != nil {
		return err
	}
	if err := g.close(); err != nil {
		return err
	}
	if err := aside.Folder(path); err != nil {
		return err
	}
	if err := os.Rename(g.file.Name(), path); err != nil {
		return err
	}
	wholefile.SyncFolder(filepath.Dir(path))
	return nil
}

// drop closes a log that is not needed any more.
func (g *growing) drop() error { return g.file.Close() }

// close keeps what there is for the next time.
func (g *growing) close() error {
	return errors.Join(g.out.Flush(), g.file.Sync(), g.file.Close())
}

// Shard is a whole log: all runs of a shard, read to their end once.
type Shard struct {
	Head   LogHead
	Failed int // runs that failed
	path   string
	at     []int64
	end    int64
}

// OpenShard reads a whole log to its end. Its error says what is wrong, os.ErrNotExist or where it
// is damaged; then Head is what could be read.
func OpenShard(path string) (*Shard, error) {
	s := &Shard{path: path}
	whole, err := s.scan()
	if err == nil && !whole {
		err = fmt.Errorf("a record is damaged or missing after run %d", s.Head.From+len(s.at)-1)
	}
	return s, err
}

// Grown counts the runs that a growing log holds.
func Grown(path string) (int, bool) {
	s := &Shard{path: path}
	_, err := s.scan()
	return len(s.at), err == nil
}

// scan finds the runs. It ends without an error where a growing log ends, whole false.
func (s *Shard) scan() (whole bool, err error) {
	f, err := os.Open(s.path)
	if err != nil {
		return false, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return false, err
	}
	in := bufio.NewReaderSize(f, 1<<18)
	line, err := firstLine(in)
	if err == nil {
		err = json.Unmarshal(line, &s.Head)
	}
	if err != nil || s.Head.Format != LogFormat {
		return false, fmt.Errorf("it does not begin as a shard does")
	}
	sum := sha256.New()
	sum.Write(line)
	s.end = int64(len(line))
	var payload []byte
	var r result
	for {
		damaged := func(what string) (bool, error) {
			return false, fmt.Errorf("%s after run %d", what, s.Head.From+len(s.at)-1)
		}
		if payload, err = readFrame(in, info.Size()-s.end, payload); err != nil {
			return false, nil
		}
		number, kind, body := binary.LittleEndian.Uint64(payload), payload[8], payload[runHead:]
		if kind == frameEnd {
			switch {
			case number != uint64(len(s.at)) || s.Head.From+len(s.at) != s.Head.To:
				return damaged("the shard ends early")
			case !bytes.Equal(body, sum.Sum(nil)):
				return damaged("the checksum " + hex.EncodeToString(body[:min(4, len(body))]) + " is not that of the file")
			case s.end+frameHead+int64(len(payload)) != info.Size():
				return damaged("something follows the end of the shard")
			}
			return true, nil
		}
		if number != uint64(s.Head.From+len(s.at)) || s.Head.From+len(s.at) >= s.Head.To {
			return damaged(fmt.Sprintf("run %d comes out of order", number))
		}
		if err := r.parse(body); err != nil {
			return damaged(err.Error())
		}
		if r.Failed != "" {
			s.Failed++
		}
		sum.Write(framed(nil, payload))
		sum.Write(payload)
		s.at = append(s.at, s.end)
		s.end += frameHead + int64(len(payload))
	}
}
