package report

import (
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"html/template"
	"io"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// A page holds its figures as elements of its own, once, and not as files within links: what the
// elements of all figures have in common, colours and fonts, stands once in the style of the page,
// and places are written to the tenth of a point, a fifth of a pixel on the screen.

// looks are the styles of the elements of figures, each with the name of its class.
type looks struct {
	class map[string]string
	sheet strings.Builder
}

// fontOfFigures is the face of all words in figures.
var fontOfFigures = regexp.MustCompile(`font-family="([^"]*)"`)

// rules are the styles of all figures.
func (l *looks) rules() string {
	if l == nil {
		return ""
	}
	return l.sheet.String()
}

// named is the class of a style.
func (l *looks) named(style string) string {
	if name, known := l.class[style]; known {
		return name
	}
	if l.class == nil {
		l.class = map[string]string{}
	}
	name := "f" + strconv.FormatInt(int64(len(l.class)), 36)
	l.class[style] = name
	fmt.Fprintf(&l.sheet, ".%s{%s}\n", name, style)
	return name
}

// vector turns a drawing of the package plots into an element of the page that is read out as alt.
// It knows the elements that such drawings consist of and refuses others.
func (l *looks) vector(drawing []byte, alt string) (template.HTML, error) {
	var out strings.Builder
	font := ""
	if m := fontOfFigures.FindSubmatch(drawing); m != nil {
		font = "font-family:" + html.UnescapeString(string(m[1])) + ";"
	}
	from := xml.NewDecoder(strings.NewReader(string(drawing)))
	line := "" // the class of the line that is open, to which others of the same look are added
	for {
		token, err := from.Token()
		if errors.Is(err, io.EOF) {
			return template.HTML(out.String()), nil
		}
		if err != nil {
			return "", err
		}
		at := map[string]string{}
		if start, is := token.(xml.StartElement); is {
			for _, a := range start.Attr {
				at[a.Name.Local] = a.Value
			}
			if line != "" && (start.Name.Local != "path" || l.named(at["style"]) != line) {
				out.WriteString(`"/>`)
				line = ""
			}
		}
		switch t := token.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "svg":
				fmt.Fprintf(&out, `<svg viewBox="%s" role="img" aria-label="%s">`, html.EscapeString(at["viewBox"]),
					html.EscapeString(alt))
			case "title", "desc": // alt says it
				if err := from.Skip(); err != nil {
					return "", err
				}
			case "g":
				out.WriteString("<g")
				if move := at["transform"]; move != "" {
					fmt.Fprintf(&out, ` transform="%s"`, html.EscapeString(move))
				}
				out.WriteString(">")
			case "path":
				d, err := shortPath(at["d"])
				if err != nil {
					return "", err
				}
				if line == "" {
					fmt.Fprintf(&out, `<path class="%s" d="`, l.named(at["style"]))
				}
				out.WriteString(d)
				if line = ""; strings.Contains(at["style"], "fill:none") && !strings.Contains(at["style"], "opacity") {
					line = l.named(at["style"])
				} else {
					out.WriteString(`"/>`)
				}
			case "text":
				if err := l.words(&out, at, font); err != nil {
					return "", err
				}
			default:
				return "", fmt.Errorf("a figure has an element <%s>", t.Name.Local)
			}
		case xml.EndElement:
			if line != "" && t.Name.Local != "path" {
				out.WriteString(`"/>`)
				line = ""
			}
			if slices.Contains([]string{"svg", "g", "text"}, t.Name.Local) {
				fmt.Fprintf(&out, "</%s>", t.Name.Local)
			}
		case xml.CharData:
			if s := string(t); strings.TrimSpace(s) != "" {
				out.WriteString(html.EscapeString(s))
			}
		}
	}
}

// shortText is the width in points up to which words are shown as wide as the reader's font makes
// them.
const shortText = 24

// words opens an element of text. Longer ones keep the width that they were laid out for, whatever
// the font.
func (l *looks) words(out *strings.Builder, at map[string]string, font string) error {
	style := font + "font-size:" + at["font-size"] + "px;fill:" + at["fill"]
	if weight := at["font-weight"]; weight != "" {
		style += ";font-weight:" + weight
	}
	if anchor := at["text-anchor"]; anchor != "" {
		style += ";text-anchor:" + anchor
	}
	x, errX := tenths(at["x"])
	y, errY := tenths(at["y"])
	width, errWidth := tenths(at["textLength"])
	if err := errors.Join(errX, errY, errWidth); err != nil {
		return err
	}
	fmt.Fprintf(out, `<text class="%s" x="%s" y="%s"`, l.named(style), decimal(x), decimal(y))
	if width > 10*shortText {
		fmt.Fprintf(out, ` textLength="%s" lengthAdjust="spacingAndGlyphs"`, decimal(width))
	}
	out.WriteString(">")
	return nil
}

// steps are the commands of a path with the numbers that follow.
var steps = regexp.MustCompile(`([MLHVQCAZmlhvqcaz])([^MLHVQCAZmlhvqcaz]*)`)

// numbers are those of a path.
var numbers = regexp.MustCompile(`[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?`)

// shortPath writes the data of a path with its straight lines as differences in tenths.
func shortPath(d string) (string, error) {
	var out strings.Builder
	x, y, last := 0, 0, "" // in tenths
	if rest := steps.ReplaceAllString(d, ""); strings.TrimSpace(rest) != "" {
		return "", fmt.Errorf("a figure has a path with %q", rest)
	}
	for _, step := range steps.FindAllStringSubmatch(d, -1) {
		values := numbers.FindAllString(step[2], -1)
		switch n := len(values); {
		case step[1] == "Z":
			out.WriteString("z")
		case step[1] == "M" && n == 2, step[1] == "L" && n == 2:
			toX, errX := tenths(values[0])
			toY, errY := tenths(values[1])
			if err := errors.Join(errX, errY); err != nil {
				return "", err
			}
			switch {
			case step[1] == "M":
				out.WriteString("M" + pair(toX, toY))
			case last == "L":
				out.WriteString(apart(pair(toX-x, toY-y)))
			default:
				out.WriteString("l" + pair(toX-x, toY-y))
			}
			x, y = toX, toY
		case slices.Contains([]string{"Q", "C", "A"}, step[1]) && n >= 4:
			out.WriteString(step[1])
			for i, v := range values {
				t, err := tenths(v)
				if err != nil {
					return "", err
				}
				short := decimal(t)
				if step[1] == "A" && i < n-2 { // radii are small, flags are one digit
					f, err := strconv.ParseFloat(v, 64)
					if err != nil {
						return "", err
					}
					short = strconv.FormatFloat(math.Round(f*100)/100, 'f', -1, 64)
				}
				if i > 0 {
					out.WriteString(" ")
				}
				out.WriteString(short)
				x, y = y, t // the last two are where it ends
			}
		default:
			return "", fmt.Errorf("a figure has a path with the step %q", step[0])
		}
		last = step[1]
	}
	return out.String(), nil
}

// tenths is a length in tenths of its unit.
func tenths(s string) (int, error) {
	v, err := strconv.ParseFloat(s, 64)
	return int(math.Round(v * 10)), err
}

// decimal writes tenths, without a zero before the point.
func decimal(tenths int) string {
	s := strconv.FormatFloat(float64(tenths)/10, 'f', -1, 64)
	if tenths > -10 && tenths < 10 && tenths != 0 {
		return strings.Replace(s, "0", "", 1)
	}
	return s
}

// pair writes two numbers, apart by a sign where there is one.
func pair(x, y int) string { return decimal(x) + apart(decimal(y)) }

// apart puts a space before a number that has no sign.
func apart(s string) string {
	if strings.HasPrefix(s, "-") {
		return s
	}
	return " " + s
}
