package chart

import "gonum.org/v1/plot/vg"

// PageRoom is the height that a page of A4 has for a figure between its usual margins.
const PageRoom = 247 * vg.Millimeter

// High is a figure that no page takes at its printed width, and what makes it fit.
type High struct {
	Width, Height Length // as it is printed
	Scaled        Length // width at which the usual page, whose type is large enough for it, fits

	// what else fits, of the same width where there is one: its size, and whether without title and
	// notes; of no width where there is none, or the chart is the usual page
	Instead Size
	Bare    bool
}

// TooHigh tells whether the chart is higher than a page has room; a height that is stated is wanted
// so.
func (ch *Chart) TooHigh() (h High, high bool) {
	usual := *ch
	printed := func(size Size, bare bool) (width, height, least Length) {
		usual.Size, usual.Bare = size, bare
		l := usual.LayOut()
		return l.Width * Length(l.scale), l.Height * Length(l.scale), l.least * Length(l.scale)
	}
	h.Width, h.Height, _ = printed(ch.Size, ch.Bare)
	if ch.Size.Height > 0 || h.Height <= PageRoom {
		return h, false
	}
	width, height, _ := printed(Size{}, ch.Bare)
	h.Scaled = min(width, width*PageRoom/height)
	if ch.Size.Width == 0 {
		return h, true
	}
	for _, bare := range []bool{ch.Bare, true} {
		for _, size := range []Size{ch.Size, {Width: 160 * vg.Millimeter}} {
			_, height, least := printed(size, bare)
			switch {
			case height <= PageRoom:
				h.Instead, h.Bare = size, bare && !ch.Bare
				return h, true
			case least <= PageRoom:
				h.Instead, h.Bare = Size{size.Width, PageRoom}, bare && !ch.Bare
				return h, true
			}
		}
	}
	return h, true
}
