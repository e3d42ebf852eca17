package chart

import (
	"embed"
	"fmt"
	"image/color"
	"math"
	"sync"

	xfont "golang.org/x/image/font"
	"golang.org/x/image/font/opentype"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Sizes in points of the usual page of 16 cm, which a journal may scale to a column of 8.9 cm
// (× 0.56): the smallest text of the data area then prints at 5 pt, the source line at 4.7 pt. A
// page of a stated width has its own scale, see [Size].
const (
	pageWidth  = 16 * vg.Centimeter
	PageHeight = 10 * vg.Centimeter

	sizeTitle    = 14
	sizeSmallest = 11.5 // to which a long title shrinks before it wraps
	sizeSubtitle = 9.8
	sizePanel    = 10
	sizeLabel    = 9.8
	SizeTick     = 9.5
	SizeMarker   = 9
	sizeSource   = 8.4

	leading = 1.25 // line height over font size
)

// The colours of Okabe and Ito (2008), which colour-blind readers can tell apart, but for yellow,
// which is too light for lines.
var (
	Blue      = color.NRGBA{0x00, 0x72, 0xB2, 0xFF}
	Vermilion = color.NRGBA{0xD5, 0x5E, 0x00, 0xFF}
	Green     = color.NRGBA{0x00, 0x9E, 0x73, 0xFF}
	Purple    = color.NRGBA{0xCC, 0x79, 0xA7, 0xFF}
	Orange    = color.NRGBA{0xE6, 0x9F, 0x00, 0xFF}
	sky       = color.NRGBA{0x56, 0xB4, 0xE9, 0xFF}

	// Distinct are colours for cases and labs in the order of use: the palette, then darker relatives.
	Distinct = []color.NRGBA{Blue, Vermilion, Green, Purple, Orange, sky, Blend(Blue, Ink, .55), Blend(Vermilion, Ink,
		.5), Blend(Green, Ink, .35)}

	// LabPalette adds hues for rosters of more labs, indigo, wine, olive, magenta, sand, steel and
	// lime.
	LabPalette = append(Distinct[:len(Distinct):len(Distinct)],
		color.NRGBA{0x5B, 0x4B, 0xC4, 0xFF}, color.NRGBA{0x88, 0x22, 0x55, 0xFF}, color.NRGBA{0x8A, 0x8A, 0x2B, 0xFF},
		color.NRGBA{0xB0, 0x3A, 0xA8, 0xFF},
		color.NRGBA{0xB9, 0x9A, 0x6B, 0xFF}, color.NRGBA{0x6E, 0x8C, 0xB0, 0xFF}, color.NRGBA{0x8F, 0xB9, 0x2E, 0xFF})
)

// Highlight is the colour of the labs that a reader wants to see, and of nothing else.
var Highlight = color.NRGBA{0xE0, 0x00, 0x5A, 0xFF}

// Highlighted is the colour of the k-th lab that a reader wants to see: each has its own, the first
// Highlight; where hues do not last, darker and paler ones follow.
func Highlighted(k int) color.NRGBA {
	hues := []color.NRGBA{Highlight, {0x7A, 0x1F, 0xFF, 0xFF}, {0x00, 0x8C, 0x9E, 0xFF}}
	switch c := hues[k%len(hues)]; k / len(hues) {
	case 0:
		return c
	case 1:
		return Blend(c, Ink, .4)
	default:
		return Blend(c, Paper, .4)
	}
}

var (
	Ink       = color.NRGBA{0x20, 0x24, 0x2B, 0xFF} // title, axis
	Grey      = color.NRGBA{0x5F, 0x67, 0x74, 0xFF} // subtitle, ticks, base
	LightGrey = color.NRGBA{0xA9, 0xAF, 0xB9, 0xFF} // lines of minor labs
	Hairline  = color.NRGBA{0xE3, 0xE6, 0xEA, 0xFF}
	Paper     = color.NRGBA{0xFF, 0xFF, 0xFF, 0xFF}
)

const (
	AlphaInner = 70 // 50 % band, of 255
	AlphaOuter = 40 // 90 % band
)

// Faint makes a colour see-through; alpha is its weight of 255.
func Faint(c color.NRGBA, alpha uint8) color.NRGBA {
	c.A = alpha
	return c
}

// Blend mixes two colours; share is that of the second.
func Blend(a, b color.NRGBA, share float64) color.NRGBA {
	mix := func(x, y uint8) uint8 { return uint8(float64(x)*(1-share) + float64(y)*share + .5) }
	return color.NRGBA{mix(a.R, b.R), mix(a.G, b.G), mix(a.B, b.B), 0xFF}
}

// readable darkens a colour until text in it has a contrast of 4.5:1 on white (WCAG 2.1, level AA).
func readable(c color.NRGBA) color.NRGBA {
	for range 40 {
		if 1.05/(Luminance(c)+.05) >= 4.5 {
			break
		}
		c.R, c.G, c.B = dim(c.R), dim(c.G), dim(c.B)
	}
	return c
}

func dim(v uint8) uint8 { return uint8(float64(v) * .95) }

// Luminance is the relative luminance of WCAG 2.1.
func Luminance(c color.NRGBA) float64 {
	linear := func(v uint8) float64 {
		x := float64(v) / 255
		if x <= .04045 {
			return x / 12.92
		}
		return math.Pow((x+.055)/1.055, 2.4)
	}
	return .2126*linear(c.R) + .7152*linear(c.G) + .0722*linear(c.B)
}

//go:embed fonts/Inter-Regular.ttf fonts/Inter-SemiBold.ttf fonts/OFL.txt
var fontFiles embed.FS

// Inter 3.19 with TrueType outlines, which PDF can embed in part.
const (
	regularFile  = "fonts/Inter-Regular.ttf"
	semiBoldFile = "fonts/Inter-SemiBold.ttf"
)

const (
	Regular  = xfont.WeightNormal
	SemiBold = xfont.WeightSemiBold
)

// inter is the typeface, read at its first use.
var inter = sync.OnceValue(func() *font.Cache {
	load := func(file string, weight xfont.Weight) font.Face {
		face, err := opentype.Parse(fontFile(file))
		if err != nil {
			panic(fmt.Sprintf("%s: %v", file, err))
		}
		return font.Face{Font: font.Font{Typeface: "Inter", Weight: weight}, Face: face}
	}
	return font.NewCache(font.Collection{
		load(regularFile, Regular),
		load(semiBoldFile, SemiBold),
	})
})

func fontFile(name string) []byte {
	b, err := fontFiles.ReadFile(name)
	if err != nil {
		panic(err)
	}
	return b
}

// TextStyle is Inter of a size in points and a weight.
func TextStyle(size float64, weight xfont.Weight, c color.Color) draw.TextStyle {
	return draw.TextStyle{
		Color:   c,
		Font:    font.Font{Typeface: "Inter", Weight: weight, Size: vg.Points(size)},
		XAlign:  draw.XLeft,
		YAlign:  draw.YBottom,
		Handler: text.Plain{Fonts: inter()},
	}
}

// Hex is the colour as pages write it: #rrggbb.
func Hex(c color.NRGBA) string { return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B) }
