package sim

import (
	"encoding/binary"
	"fmt"
	"math"
)

// ReferenceSum adds up reference runs, one after the other in their order, to their mean.
type ReferenceSum struct {
	runs    int
	first   *Reference
	sum     *Reference
	defined [][]int32 // by path, then step: runs in which it is defined
}

// Add adds a run.
func (s *ReferenceSum) Add(r *Reference) {
	if s.runs++; s.runs == 1 {
		s.first = r
		return
	}
	if s.sum == nil {
		s.sum = newReference(len(r.logPrice), len(r.logProfit), len(r.logServing)-1)
		for _, path := range s.sum.paths() {
			clear(path)
			s.defined = append(s.defined, make([]int32, len(path)))
		}
		s.accumulate(s.first)
		s.first = nil
	}
	s.accumulate(r)
}

func (s *ReferenceSum) accumulate(r *Reference) {
	sum := s.sum.paths()
	for p, path := range r.paths() {
		for n, v := range path {
			if finite(v) {
				sum[p][n] += v
				s.defined[p][n]++
			}
		}
	}
}

// Runs is how many runs were added.
func (s *ReferenceSum) Runs() int { return s.runs }

// Mean is the mean of the logs over the runs in which they are defined; NaN where they are in none.
// Of one run it is the run.
func (s *ReferenceSum) Mean() *Reference {
	if s.runs == 1 {
		return s.first
	}
	out := newReference(len(s.sum.logPrice), len(s.sum.logProfit), len(s.sum.logServing)-1)
	mean := out.paths()
	for p, path := range s.sum.paths() {
		for n, v := range path {
			mean[p][n] = v / float64(s.defined[p][n])
		}
	}
	return out
}

// paths lists the paths of a reference: serving, then prices, then profits.
func (r *Reference) paths() [][]float64 {
	out := append([][]float64{r.logServing}, r.logPrice...)
	return append(out, r.logProfit...)
}

// FillFrom takes the values of another reference of the same case where its own are not finite and
// the other's are.
func (r *Reference) FillFrom(o *Reference) {
	from := o.paths()
	for p, path := range r.paths() {
		for n, v := range path {
			if !finite(v) && finite(from[p][n]) {
				path[n] = from[p][n]
			}
		}
	}
}

// Clone is a copy that shares nothing.
func (r *Reference) Clone() *Reference {
	out := newReference(len(r.logPrice), len(r.logProfit), len(r.logServing)-1)
	from := r.paths()
	for p, path := range out.paths() {
		copy(path, from[p])
	}
	return out
}

// Size is what a reference takes in memory, in bytes.
func (r *Reference) Size() int {
	const slice = 24 // a slice's own words
	n := 3 * slice
	for _, path := range r.paths() {
		n += slice + 8*cap(path)
	}
	return n
}

// AppendBinary appends the reference to a buffer, to the bit.
func (r *Reference) AppendBinary(b []byte) ([]byte, error) {
	for _, n := range []int{len(r.logPrice), len(r.logProfit), len(r.logServing)} {
		b = binary.LittleEndian.AppendUint32(b, uint32(n))
	}
	for _, path := range r.paths() {
		for _, v := range path {
			b = binary.LittleEndian.AppendUint64(b, math.Float64bits(v))
		}
	}
	return b, nil
}

// ParseReference reads a reference that AppendBinary wrote and returns what follows it.
func ParseReference(b []byte) (r *Reference, rest []byte, err error) {
	var n [3]int
	if len(b) < 12 {
		return nil, nil, fmt.Errorf("a reference of %d bytes", len(b))
	}
	for i := range n {
		n[i], b = int(binary.LittleEndian.Uint32(b)), b[4:]
	}
	if n[2] < 1 || int64(len(b)) < 8*int64(n[2])*int64(1+n[0]+n[1]) {
		return nil, nil, fmt.Errorf("a reference of %d prices, %d profits and %d dates is cut short", n[0], n[1], n[2])
	}
	r = newReference(n[0], n[1], n[2]-1)
	for _, path := range r.paths() {
		for i := range path {
			path[i], b = math.Float64frombits(binary.LittleEndian.Uint64(b)), b[8:]
		}
	}
	return r, b, nil
}

// Fits tells whether a reference has the segments, labs and dates of a configuration.
func (r *Reference) Fits(cfg *Config) bool {
	return len(r.logPrice) == len(cfg.Segments) && len(r.logProfit) == len(cfg.Labs) && len(r.logServing) == cfg.Steps+1
}

// Correct moves the mean of a few runs of a configuration by how much the mean of many differs from
// the same few at a centre, where the luck is the same: few + (many − few at the centre). Paths
// belong together by the names of segments and labs; one that the centre lacks, or a date at which
// either is undefined, stays as it is. The centre must have the configuration's clock.
func Correct(few *Reference, cfg *Config, centreMany, centreFew *Reference, centre *Config) *Reference {
	out := newReference(len(few.logPrice), len(few.logProfit), len(few.logServing)-1)
	move := func(dst, from, many, less []float64) {
		for n, v := range from {
			if dst[n] = v; n < len(many) && finite(v) && finite(many[n]) && finite(less[n]) {
				dst[n] = v + (many[n] - less[n])
			}
		}
	}
	move(out.logServing, few.logServing, centreMany.logServing, centreFew.logServing)
	for k := range out.logPrice {
		var many, less []float64
		for c := range centre.Segments {
			if centre.Segments[c].ID == cfg.Segments[k].ID {
				many, less = centreMany.logPrice[c], centreFew.logPrice[c]
			}
		}
		move(out.logPrice[k], few.logPrice[k], many, less)
	}
	where := make(map[string]int, len(centre.Labs))
	for c := range centre.Labs {
		where[centre.Labs[c].ID] = c
	}
	for i := range out.logProfit {
		var many, less []float64
		if c, known := where[cfg.Labs[i].ID]; known {
			many, less = centreMany.logProfit[c], centreFew.logProfit[c]
		}
		move(out.logProfit[i], few.logProfit[i], many, less)
	}
	return out
}
