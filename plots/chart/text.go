package chart

import (
	"sort"
	"strings"
	"sync"
	"sync/atomic"

	xfont "golang.org/x/image/font"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Text is placed by its baseline, so that words of one line stand level whatever their descenders.

// WidthOf is the width of a line of text of a size in points.
func WidthOf(s string, size float64, weight xfont.Weight) vg.Length {
	key := line{s, size, weight}
	if known, there := widths.Load(key); there {
		return known.(vg.Length)
	}
	face := inter().Lookup(font.Font{Typeface: "Inter", Weight: weight}, vg.Points(size))
	width := face.Width(s)
	if held.Add(1) <= mostWidths {
		widths.Store(key, width)
	}
	return width
}

// line is a line of text whose width is asked for, mostly several times: to choose a layout, to
// break text and to place it.
type line struct {
	text   string
	size   float64
	weight xfont.Weight
}

const mostWidths = 1 << 14

var (
	widths sync.Map // by line, as long as there are few
	held   atomic.Int64
)

// LineHeight is the distance of two lines of text.
func LineHeight(size float64) vg.Length { return vg.Points(size * leading) }

// CapHeight is the height of capitals and figures in Inter.
func CapHeight(size float64) vg.Length { return vg.Points(size * .727) }

// aligner is a canvas that places text by its left end, middle or right end itself, since the
// reader's program may set it in widths of its own.
type aligner interface {
	fillAligned(face font.Face, pt vg.Point, s string, align float64)
}

// Write puts a line of text with its baseline at pt; align is 0 for left, .5 centred, 1 right.
func Write(c draw.Canvas, s string, sty draw.TextStyle, pt vg.Point, align float64) {
	if s == "" {
		return
	}
	face := inter().Lookup(sty.Font, sty.Font.Size)
	c.SetColor(sty.Color)
	if a, ok := c.Canvas.(aligner); ok {
		a.fillAligned(face, pt, s, align)
		return
	}
	pt.X -= face.Width(s) * vg.Length(align)
	c.FillString(face, pt, s)
}

// Space does not break: it keeps words of one line together.
const Space = "\u00a0"

// wrap breaks text at plain spaces into lines no wider than most. A single word that is wider is
// broken where it fits.
func wrap(s string, size float64, weight xfont.Weight, most vg.Length) []string {
	var lines []string
	line := ""
	for word := range strings.SplitSeq(s, " ") {
		if word == "" {
			continue
		}
		if line != "" && WidthOf(line+" "+word, size, weight) <= most {
			line += " " + word
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		pieces := broken(word, size, weight, most)
		lines = append(lines, pieces[:len(pieces)-1]...)
		line = pieces[len(pieces)-1]
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// broken is a word in pieces no wider than most: after a sign that joins names, or anywhere.
func broken(word string, size float64, weight xfont.Weight, most vg.Length) (pieces []string) {
	runes := []rune(word)
	for len(runes) > 1 && WidthOf(string(runes), size, weight) > most {
		n := max(1, fitting(runes[:len(runes)-1], size, weight, most))
		for k := n; k > n/2; k-- {
			if strings.ContainsRune("-+_/,."+Space, runes[k-1]) {
				n = k
				break
			}
		}
		pieces = append(pieces, strings.TrimRight(string(runes[:n]), Space))
		runes = runes[n:]
	}
	return append(pieces, string(runes))
}

// fitting is how many runes of a text are no wider than most, found by doubling and halving, since
// a name may be as long as a page.
func fitting(runes []rune, size float64, weight xfont.Weight, most vg.Length) int {
	wide := func(n int) bool { return WidthOf(string(runes[:n]), size, weight) > most }
	high := 16
	for high < len(runes) && !wide(high) {
		high *= 2
	}
	return sort.Search(min(high, len(runes)), func(n int) bool { return wide(n + 1) })
}

// wrapTo is wrap with at most n lines; what does not fit is cut with an ellipsis.
func wrapTo(s string, n int, size float64, weight xfont.Weight, most vg.Length) []string {
	lines := wrap(s, size, weight, most)
	if len(lines) <= n {
		return lines
	}
	rest := strings.Join(lines[n-1:], " ")
	return append(lines[:n-1:n-1], Cut(rest, size, weight, most))
}

// Cut shortens text to a width, ending it in an ellipsis.
func Cut(s string, size float64, weight xfont.Weight, most vg.Length) string {
	if WidthOf(s, size, weight) <= most {
		return s
	}
	const ends = " ,·–—" + Space
	runes := []rune(s)
	n := fitting(runes[:len(runes)-1], size, weight, most)
	for n < len(runes)-1 && strings.ContainsRune(ends, runes[n]) {
		n++
	}
	for ; n > 0; n-- {
		short := strings.TrimRight(string(runes[:n]), ends) + "…"
		if WidthOf(short, size, weight) <= most {
			return short
		}
	}
	return "…"
}

// fitTitle finds the size and lines of a title: shrunk before it wraps, never more than three
// lines.
func fitTitle(s string, most vg.Length) (size float64, lines []string) {
	for size = sizeTitle; size >= sizeSmallest; size -= .5 {
		if WidthOf(s, size, SemiBold) <= most {
			return size, []string{s}
		}
	}
	size = sizeTitle - 1
	return size, wrapTo(s, 3, size, SemiBold, most)
}
