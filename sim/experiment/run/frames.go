package run

import (
	"bufio"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"io"
)

// Kinds of frames.
const (
	frameRun byte = iota
	frameEnd
)

// frameHead is length and checksum; runHead is number and kind.
const frameHead, runHead = 8, 9

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

var errTorn = errors.New("damaged record")

// readFrame reads the payload of a frame of which at most left bytes exist, into the space of b.
func readFrame(in io.Reader, left int64, b []byte) ([]byte, error) {
	var head [frameHead]byte
	if _, err := io.ReadFull(in, head[:]); err != nil {
		return nil, err
	}
	length := int64(binary.LittleEndian.Uint32(head[:4]))
	if length < runHead || length > left-frameHead {
		return nil, errTorn
	}
	if int64(cap(b)) < length {
		b = make([]byte, length)
	}
	b = b[:length]
	if _, err := io.ReadFull(in, b); err != nil {
		return nil, err
	}
	if crc32.Checksum(b, castagnoli) != binary.LittleEndian.Uint32(head[4:]) {
		return nil, errTorn
	}
	return b, nil
}

// framed appends length and checksum of a payload to b.
func framed(b, payload []byte) []byte {
	b = binary.LittleEndian.AppendUint32(b, uint32(len(payload)))
	return binary.LittleEndian.AppendUint32(b, crc32.Checksum(payload, castagnoli))
}

// frameReader reads frames anywhere in a file, and ahead where they are read in order.
type frameReader struct {
	in      *bufio.Reader
	ahead   bool  // in stands before next
	end     int64 // of what in reads: that of a frame, for the file may have grown since
	next    int64 // where the frame after the one read last begins
	payload []byte
}

// readAhead is what frames in order are read by.
const readAhead = 1 << 18

// reaches tells whether a frame lies in what is read ahead.
func (f *frameReader) reaches(at int64) bool { return f.ahead && f.next == at && at < f.end }

func (f *frameReader) read(file io.ReaderAt, at, end int64, r *result) error {
	var in io.Reader
	section := io.NewSectionReader(file, at, end-at)
	switch {
	case f.reaches(at):
		in = f.in
	case f.next == at: // for the second time in order
		if f.in == nil {
			f.in = bufio.NewReaderSize(section, readAhead)
		} else {
			f.in.Reset(section)
		}
		in, f.ahead, f.end = f.in, true, end
	default:
		in, f.ahead = section, false
	}
	payload, err := readFrame(in, end-at, f.payload)
	if err != nil {
		f.ahead, f.next = false, 0
		return err
	}
	f.payload, f.next = payload, at+frameHead+int64(len(payload))
	return r.parse(payload[runHead:])
}
