package run

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"encoding/gob"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"sync"
	"time"
)

// journal is the file in which finished runs wait for their tables, in the order in which they finished. A run is one
// frame: length and CRC-32C of the payload, then the payload, which begins with case and replication. A process that is
// killed leaves at most one torn frame at the end; opening the journal again cuts it off.
type journal struct {
	mu     sync.Mutex
	file   *os.File
	end    int64
	synced time.Time
	at     map[runKey]int64 // offset of each run's frame
}

// journalName is its file among the parts of a folder.
const journalName = "runs.journal"

// runKey names a run within its experiment.
type runKey struct {
	Case        int // index
	Replication int // from 1
}

const frameHead, payloadHead = 8, 8

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// openJournal opens or creates the journal and finds the runs in it. lost is the number of bytes of a torn or damaged
// tail that it cut off.
func openJournal(path string) (j *journal, lost int64, err error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, 0, err
	}
	defer func() {
		if err != nil {
			f.Close()
		}
	}()
	j = &journal{file: f, at: map[runKey]int64{}, synced: time.Now()}
	info, err := f.Stat()
	if err != nil {
		return nil, 0, err
	}
	in := bufio.NewReaderSize(f, 1<<16)
	for {
		payload, err := readFrame(in, info.Size()-j.end)
		if err != nil {
			break
		}
		j.at[keyOf(payload)] = j.end
		j.end += frameHead + int64(len(payload))
	}
	if lost = info.Size() - j.end; lost > 0 {
		if err := f.Truncate(j.end); err != nil {
			return nil, 0, err
		}
	}
	return j, lost, nil
}

var errTorn = errors.New("damaged record")

// readFrame reads one frame of which at most left bytes exist.
func readFrame(in io.Reader, left int64) ([]byte, error) {
	var head [frameHead]byte
	if _, err := io.ReadFull(in, head[:]); err != nil {
		return nil, err
	}
	length := int64(binary.LittleEndian.Uint32(head[:4]))
	if length < payloadHead || length > left-frameHead {
		return nil, errTorn
	}
	payload := make([]byte, length)
	if _, err := io.ReadFull(in, payload); err != nil {
		return nil, err
	}
	if crc32.Checksum(payload, castagnoli) != binary.LittleEndian.Uint32(head[4:]) {
		return nil, errTorn
	}
	return payload, nil
}

func keyOf(payload []byte) runKey {
	return runKey{int(binary.LittleEndian.Uint32(payload)), int(binary.LittleEndian.Uint32(payload[4:]))}
}

// has tells whether a run is in the journal.
func (j *journal) has(k runKey) bool {
	j.mu.Lock()
	defer j.mu.Unlock()
	_, ok := j.at[k]
	return ok
}

// add appends a run. Frames reach the disk at least every second, so that a power cut costs no more.
func (j *journal) add(k runKey, r *run) error {
	var b bytes.Buffer
	b.Write(make([]byte, frameHead+payloadHead))
	if err := gob.NewEncoder(&b).Encode(r); err != nil {
		return err
	}
	frame := b.Bytes()
	payload := frame[frameHead:]
	binary.LittleEndian.PutUint32(payload, uint32(k.Case))
	binary.LittleEndian.PutUint32(payload[4:], uint32(k.Replication))
	binary.LittleEndian.PutUint32(frame, uint32(len(payload)))
	binary.LittleEndian.PutUint32(frame[4:], crc32.Checksum(payload, castagnoli))

	j.mu.Lock()
	defer j.mu.Unlock()
	if _, err := j.file.WriteAt(frame, j.end); err != nil {
		return err
	}
	j.at[k] = j.end
	j.end += int64(len(frame))
	if time.Since(j.synced) > time.Second {
		j.synced = time.Now()
		return j.file.Sync()
	}
	return nil
}

// read returns a run that is in the journal.
func (j *journal) read(k runKey) (*run, error) {
	j.mu.Lock()
	at, ok := j.at[k]
	j.mu.Unlock()
	if !ok {
		return nil, fmt.Errorf("case %d replication %d is not in the journal", k.Case, k.Replication)
	}
	payload, err := readFrame(io.NewSectionReader(j.file, at, j.end-at), j.end-at)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", j.file.Name(), err)
	}
	r := new(run)
	if err := gob.NewDecoder(bytes.NewReader(payload[payloadHead:])).Decode(r); err != nil {
		return nil, fmt.Errorf("%s: %w", j.file.Name(), err)
	}
	return r, nil
}

// close syncs and closes the file.
func (j *journal) close() error { return errors.Join(j.file.Sync(), j.file.Close()) }
