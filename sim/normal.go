package sim

import (
	"math"

	"simulate/sim/portable"
)

// Normal numbers come by the Ziggurat of Marsaglia & Tsang (2000): the area under the bell is cut
// into 128 strips of equal area, each a rectangle but for its end, and a point of a random strip
// nearly always lies in the rectangle. They are those of NormFloat64 of x/exp/rand, which takes
// logs and sums of products as the machine rounds them; here they are the same on all.

const (
	zigguratStrips = 128
	zigguratTail   = 3.442619855899      // where the lowest strip becomes the tail
	zigguratArea   = 9.91256303526217e-3 // of a strip under e^(−x²/2)
)

// ziggurat has for each strip the least of 2³¹ whole numbers that lies beyond its rectangle, the
// width of one of these numbers, and the height of the bell at its end.
var ziggurat = func() (strips [zigguratStrips]struct {
	inside        uint32
	width, height float32
}) {
	const whole = 1 << 31
	bell := func(x float64) float64 { return portable.Exp(float64(-0.5 * float64(x*x))) }
	x := float64(zigguratTail)
	lowest := zigguratArea / bell(x) // width of a rectangle with the area of the strip and its tail
	last := zigguratStrips - 1
	strips[0].inside, strips[0].width, strips[0].height = uint32(x/lowest*whole), float32(lowest/whole), 1
	strips[last].width, strips[last].height = float32(x/whole), float32(bell(x))
	for i := last - 1; i > 0; i-- {
		inner := math.Sqrt(float64(-2 * portable.Log(zigguratArea/x+bell(x))))
		strips[i+1].inside = uint32(inner / x * whole)
		x = inner
		strips[i].width, strips[i].height = float32(x/whole), float32(bell(x))
	}
	return strips
}()

// normal returns a standard normal number.
func (s *stream) normal() float64 {
	for {
		j := int32(s.Uint32())
		i := j & (zigguratStrips - 1)
		x := float64(float64(j) * float64(ziggurat[i].width))
		if uint32(max(j, -j)) < ziggurat[i].inside {
			return x
		}
		if i == 0 {
			return math.Copysign(zigguratTail+s.beyond(), float64(j))
		}
		low, high := ziggurat[i].height, ziggurat[i-1].height
		at := low + float32(float32(s.Float64())*float32(high-low))
		if at < float32(portable.Exp(float64(-0.5*x*x))) {
			return x
		}
	}
}

// beyond is how far beyond zigguratTail a number of the tail lies (Marsaglia 1964).
func (s *stream) beyond() float64 {
	for {
		x := float64(-portable.Log(s.Float64()) * (1.0 / zigguratTail))
		y := -portable.Log(s.Float64())
		if y+y >= float64(x*x) {
			return x
		}
	}
}
