package chart

import (
	"bytes"
	"encoding/binary"
	"hash/adler32"
	"image"
	"sync"

	"github.com/klauspost/compress/flate"
	"golang.org/x/sync/errgroup"

	"simulate/internal/fault"
)

// bandRows is how many rows of a picture are packed by themselves, so that several processors pack
// the last picture. It decides the bytes, the processors do not.
const bandRows = 256

// band is rows of a picture, packed: a part of a zlib stream (RFC 1950) that begins anew.
type band struct {
	packed []byte
	sum    uint32 // Adler-32 of the rows
	length int
}

// pack is the data of a picture without transparency, each row behind the number of its filter,
// none, as a zlib stream in parts.
func pack(img *image.RGBA) ([][]byte, error) {
	bands := make([]band, (img.Rect.Dy()+bandRows-1)/bandRows)
	var group errgroup.Group
	for i := range bands {
		group.Go(func() (err error) {
			defer fault.Catch(&err)
			p := packers.Get().(*packer)
			defer packers.Put(p)
			bands[i], err = p.pack(img, i*bandRows, min((i+1)*bandRows, img.Rect.Dy()))
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return nil, err
	}
	out, sum := [][]byte{{0x78, 0x01}}, uint32(1) // deflate with a window of 32 kB, fastest
	for _, b := range bands {
		out, sum = append(out, b.packed), joined(sum, b.sum, b.length)
	}
	return append(out, binary.BigEndian.AppendUint32(nil, sum)), nil
}

// packer packs a band. It takes a megabyte, which the next band uses again.
type packer struct {
	rows []byte
	to   bytes.Buffer
	zip  *flate.Writer
}

var packers = sync.Pool{New: func() any {
	p := &packer{}
	p.zip, _ = flate.NewWriter(&p.to, flate.BestSpeed) // an error is of another level
	return p
}}

// pack packs the rows from up to, not including, to.
func (p *packer) pack(img *image.RGBA, from, to int) (band, error) {
	wide := img.Rect.Dx()
	if length := (to - from) * (1 + 3*wide); cap(p.rows) < length {
		p.rows = make([]byte, length)
	} else {
		p.rows = p.rows[:length]
	}
	for y := from; y < to; y++ {
		pixels, row := img.Pix[y*img.Stride:], p.rows[(y-from)*(1+3*wide):]
		row[0] = 0
		for x := range wide {
			dot, colour := row[1+3*x:4+3*x], pixels[4*x:4*x+3]
			dot[0], dot[1], dot[2] = colour[0], colour[1], colour[2]
		}
	}
	p.to.Reset()
	p.zip.Reset(&p.to)
	if _, err := p.zip.Write(p.rows); err != nil {
		return band{}, err
	}
	end := p.zip.Flush
	if to == img.Rect.Dy() {
		end = p.zip.Close
	}
	err := end()
	return band{bytes.Clone(p.to.Bytes()), adler32.Checksum(p.rows), len(p.rows)}, err
}

// joined is the Adler-32 of two texts one after the other, from that of each and the length of the
// second: a is 1 and the sum of all bytes, b the sum of a after each byte, both modulo 65,521.
func joined(first, second uint32, length int) uint32 {
	const base = 65521
	firstA, firstB := uint64(first&0xffff), uint64(first>>16)
	secondA, secondB := uint64(second&0xffff), uint64(second>>16)
	before := firstA + base - 1 // what the first adds to a at each byte of the second
	a := (before + secondA) % base
	b := (firstB + secondB + uint64(length%base)*(before%base)) % base
	return uint32(b<<16 | a)
}
