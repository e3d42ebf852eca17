package plots

import (
	"image/color"
	"strings"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Chart is a finished figure: a page with header, panels in a grid, notes and source line.
type Chart struct {
	Suffix   string // set apart the charts of one figure in file names, e.g. by case; may be empty
	Title    string // the finding's subject
	Subtitle string // what is drawn, its unit, what bands mean

	key     []keyItem
	panels  []*panel
	columns int
	sharedY bool // panels of a row have one y axis
	notes   []string
	source  string
	extra   vg.Length // added to the page's usual height
}

// keyItem explains a colour where lines cannot be named at their ends.
type keyItem struct {
	name   string
	colour color.NRGBA
	shape  shape
}

type shape int

const (
	shapeLine shape = iota
	shapeDot
	shapeRing
)

const (
	margin      = 12 // points around the page
	accentWidth = 27
	columnGap   = 14
	rowGap      = 10
	rowLeast    = 125 // points of height a row of panels needs
	usualNotes  = 3   // lines of notes for which the usual page has room
)

// layout is where the parts of a page go, top down.
type layout struct {
	width, height vg.Length
	titleSize     float64
	title         []string
	subtitle      []string
	keyLines      [][]keyItem
	notes         []string
	source        []string
	header        vg.Length // height from the page's top to the panels
	footer        vg.Length // height from the page's bottom to the panels
	rows, columns int
}

func (ch *Chart) layOut() layout {
	l := layout{width: pageWidth, columns: max(1, min(ch.columns, len(ch.panels)))}
	l.rows = (len(ch.panels) + l.columns - 1) / l.columns
	most := l.width - 2*margin
	l.titleSize, l.title = fitTitle(ch.Title, most)
	l.subtitle = wrapTo(ch.Subtitle, 5, sizeSubtitle, regular, most)
	l.keyLines = ch.keyLines(most)
	for _, n := range ch.notes {
		l.notes = append(l.notes, wrap(n, sizeSource, regular, most)...)
	}
	l.source = wrapTo(ch.source, 2, sizeSource, regular, most)
	for _, lines := range [][]string{l.title, l.source} {
		for i, s := range lines {
			lines[i] = strings.TrimRight(s, "·"+space)
		}
	}

	l.header = vg.Points(7) + vg.Points(9) + vg.Length(len(l.title))*lineHeight(l.titleSize) +
		vg.Length(len(l.subtitle))*lineHeight(sizeSubtitle) + vg.Length(len(l.keyLines))*(lineHeight(sizeLabel)+vg.Points(2)) + vg.Points(8)
	l.footer = vg.Points(6) + vg.Length(len(l.notes)+len(l.source))*lineHeight(sizeSource) + vg.Points(5)

	l.height = pageHeight + ch.extra + vg.Length(l.rows-1)*vg.Points(rowLeast-10)
	l.height += vg.Length(max(0, len(l.notes)-usualNotes)) * lineHeight(sizeSource)
	least := max(rowLeast, ch.labelHeight(l)) + ch.markerHeight(l)
	l.height = max(l.height, l.header+l.footer+vg.Length(l.rows)*(least+rowGap)-rowGap)
	return l
}

// labelHeight is the height a row of panels needs for the labels at the right of its data.
func (ch *Chart) labelHeight(l layout) vg.Length {
	wide := (l.width - 2*margin - vg.Length(l.columns-1)*columnGap) / vg.Length(l.columns)
	var most vg.Length
	for _, p := range ch.panels {
		r := p.measure(wide)
		ends := p.allEnds()
		gutter(ends, max(wide*.25, vg.Points(60)))
		total := r.bottom + r.top
		for _, e := range ends {
			total += e.height()
		}
		most = max(most, total)
	}
	return most
}

// markerHeight is the height a row of panels needs for bars and labels above the data besides one row of labels.
func (ch *Chart) markerHeight(l layout) vg.Length {
	var most vg.Length
	body := vg.Rectangle{Min: vg.Point{X: margin}, Max: vg.Point{X: l.width - margin, Y: pageHeight}}
	for i, at := range ch.cells(l, body) {
		most = max(most, ch.panels[i].markerRoom(at.data, at.whole.Min.X)-lineHeight(sizeMarker))
	}
	return most
}

// render paints the chart on a canvas of the layout's size.
func (ch *Chart) render(canvas vg.Canvas) {
	l := ch.layOut()
	c := draw.NewCanvas(canvas, l.width, l.height)
	fillBox(c, paper, 0, 0, l.width, l.height)
	ch.drawHeader(c, l)
	ch.drawFooter(c, l)
	body := vg.Rectangle{Min: vg.Point{X: margin, Y: l.footer}, Max: vg.Point{X: l.width - margin, Y: l.height - l.header}}
	ch.drawPanels(c, l, body)
}

func (ch *Chart) drawHeader(c draw.Canvas, l layout) {
	y := l.height - vg.Points(7)
	fillBox(c, vermilion, margin, y-vg.Points(2.2), margin+vg.Points(accentWidth), y)
	y -= vg.Points(9)
	for _, s := range l.title {
		y -= lineHeight(l.titleSize)
		write(c, s, textStyle(l.titleSize, semiBold, ink), vg.Point{X: margin, Y: y + vg.Points(l.titleSize*.24)}, 0)
	}
	for _, s := range l.subtitle {
		y -= lineHeight(sizeSubtitle)
		write(c, s, textStyle(sizeSubtitle, regular, grey), vg.Point{X: margin, Y: y + vg.Points(sizeSubtitle*.24)}, 0)
	}
	for _, items := range l.keyLines {
		y -= lineHeight(sizeLabel) + vg.Points(2)
		x := vg.Length(margin)
		for _, item := range items {
			x = item.draw(c, x, y+vg.Points(sizeLabel*.24))
		}
	}
}

func (ch *Chart) drawFooter(c draw.Canvas, l layout) {
	y := vg.Points(5)
	style := textStyle(sizeSource, regular, grey)
	both := append(append([]string(nil), l.notes...), l.source...)
	for i := len(both) - 1; i >= 0; i-- {
		write(c, both[i], style, vg.Point{X: margin, Y: y + vg.Points(sizeSource*.24)}, 0)
		y += lineHeight(sizeSource)
	}
}

const keySample = 16 // points

func (k keyItem) width() vg.Length {
	return vg.Points(keySample+4) + widthOf(k.name, sizeLabel, regular) + vg.Points(12)
}

func (k keyItem) draw(c draw.Canvas, x, base vg.Length) vg.Length {
	middle := vg.Point{X: x + vg.Points(keySample)/2, Y: base + capHeight(sizeLabel)/2}
	switch k.shape {
	case shapeLine:
		c.StrokeLines(draw.LineStyle{Color: k.colour, Width: vg.Points(2)}, []vg.Point{{X: x, Y: middle.Y}, {X: x + vg.Points(keySample), Y: middle.Y}})
	case shapeDot:
		dot(c, middle, vg.Points(3.2), k.colour, true)
	case shapeRing:
		dot(c, middle, vg.Points(3.2), k.colour, false)
	}
	write(c, k.name, textStyle(sizeLabel, regular, readable(k.colour)), vg.Point{X: x + vg.Points(keySample+4), Y: base}, 0)
	return x + k.width()
}

// keyLines breaks the key into lines.
func (ch *Chart) keyLines(most vg.Length) [][]keyItem {
	var lines [][]keyItem
	var used vg.Length
	for _, item := range ch.key {
		item.name = cut(item.name, sizeLabel, regular, most*.45)
		if len(lines) == 0 || used+item.width() > most {
			lines, used = append(lines, nil), 0
		}
		lines[len(lines)-1] = append(lines[len(lines)-1], item)
		used += item.width()
	}
	return lines
}

// cell is a panel's place on the page and that of its data area.
type cell struct{ whole, data vg.Rectangle }

// drawPanels puts the panels into a grid of equal data areas. The labels above the data take as much room
// in every panel of a row.
func (ch *Chart) drawPanels(c draw.Canvas, l layout, body vg.Rectangle) {
	cells := ch.cells(l, body)
	markers := make([]vg.Length, l.rows)
	for i, p := range ch.panels {
		row := &markers[i/l.columns]
		*row = max(*row, p.markerRoom(cells[i].data, cells[i].whole.Min.X))
	}
	for i, p := range ch.panels {
		at := cells[i]
		at.data.Max.Y -= markers[i/l.columns]
		if p.x.time {
			wide := widthOf("2024", sizeTick, regular) + vg.Points(9)
			p.x.fitYears(max(2, int((at.data.Max.X-at.data.Min.X)/wide)))
		}
		p.draw(draw.Canvas{Canvas: c.Canvas, Rectangle: at.whole}, at.data)
	}
}

// cells gives panels of a column the same left and right edges, panels of a row the same bottom and top.
func (ch *Chart) cells(l layout, body vg.Rectangle) []cell {
	wide := (body.Max.X - body.Min.X - vg.Length(l.columns-1)*columnGap) / vg.Length(l.columns)
	tall := (body.Max.Y - body.Min.Y - vg.Length(l.rows-1)*rowGap) / vg.Length(l.rows)
	columns, rows := make([]room, l.columns), make([]room, l.rows)
	for i, p := range ch.panels {
		p.bare = ch.sharedY && i%l.columns > 0
		r := p.measure(wide)
		column, row := &columns[i%l.columns], &rows[i/l.columns]
		column.left, column.right = max(column.left, r.left), max(column.right, r.right)
		row.bottom, row.top = max(row.bottom, r.bottom), max(row.top, r.top)
	}
	dataWide := wide
	for _, column := range columns {
		dataWide -= (column.left + column.right) / vg.Length(l.columns)
	}
	cells := make([]cell, len(ch.panels))
	left := body.Min.X
	for i := range cells {
		if i%l.columns == 0 {
			left = body.Min.X
		}
		column, row := columns[i%l.columns], rows[i/l.columns]
		top := body.Max.Y - vg.Length(i/l.columns)*(tall+rowGap)
		right := left + column.left + dataWide + column.right
		cells[i] = cell{
			whole: vg.Rectangle{Min: vg.Point{X: left, Y: top - tall}, Max: vg.Point{X: right, Y: top}},
			data: vg.Rectangle{Min: vg.Point{X: left + column.left, Y: top - tall + row.bottom},
				Max: vg.Point{X: right - column.right, Y: top - row.top}},
		}
		left = right + columnGap
	}
	return cells
}

// markerRoom is the height of the labels above the data area.
func (p *panel) markerRoom(data vg.Rectangle, left vg.Length) vg.Length {
	toX := func(date float64) vg.Length {
		return data.Min.X + (data.Max.X-data.Min.X)*vg.Length(p.x.normalizer().Normalize(p.x.min, p.x.max, date))
	}
	placed, rows := placeMarkers(p.markers, toX, data.Min.X, data.Max.X)
	_, rows = p.unitRow(placed, rows, toX, left)
	return p.barRoom() + vg.Length(rows)*lineHeight(sizeMarker)
}

// Words are what a chart says beside its panels, each without the spaces that keep words together: title, subtitle, notes such as
// an attribution, and the source line.
func (ch *Chart) Words() (title, subtitle, notes, source string) {
	return breakable(ch.Title), breakable(ch.Subtitle), breakable(strings.Join(ch.notes, " ")), strings.TrimRight(breakable(ch.source), " ·")
}
