package chart

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

	Key     []KeyItem
	Panels  []*Panel
	Columns int
	SharedY bool // panels of a row have one y axis
	Notes   []string
	Source  string
	Extra   vg.Length // added to the page's usual height

	Size Size // as it is printed; zero for the usual page
	Bare bool // panels and key alone: title, subtitle, notes and source stand in the caption
}

// KeyItem explains a colour where lines cannot be named at their ends.
type KeyItem struct {
	Name   string
	Colour color.NRGBA
	Shape  Shape
	Dashes []vg.Length // of a line
}

// Shape is how a key shows a colour.
type Shape int

const (
	ShapeLine Shape = iota
	ShapeDot
	ShapeRing
)

const (
	margin      = 12 // points around the page
	accentWidth = 27
	columnGap   = 14
	leastColumn = 124 // points of width a column of panels needs
	leastData   = 55  // points of width that data need beside their labels
	rowGap      = 10
	rowLeast    = 125 // points of height a row of panels needs
	usualNotes  = 3   // lines of notes for which the usual page has room
	usualHeader = 95  // points of title, subtitle and key for which it has room
)

// layout is where the parts of a page go, top down.
type layout struct {
	Width, Height vg.Length
	scale         float64   // printed length over length of the layout
	least         vg.Length // height below which parts would cover each other
	titleSize     float64
	Title         []string
	subtitle      []string
	keyLines      [][]KeyItem
	Notes         []string
	source        []string
	header        vg.Length // height from the page's top to the panels
	footer        vg.Length // height from the page's bottom to the panels
	rows, columns int
}

func (ch *Chart) LayOut() layout {
	l := layout{scale: ch.Size.scale()}
	l.Width = ch.Size.width(l.scale)
	l.columns = max(1, min(ch.Columns, len(ch.Panels), int((l.Width-2*margin+columnGap)/(leastColumn+columnGap))))
	for l.columns > 1 && !ch.roomFor(l) {
		l.columns--
	}
	l.rows = (len(ch.Panels) + l.columns - 1) / l.columns
	most := l.Width - 2*margin
	l.keyLines = ch.keyLines(most)
	if !ch.Bare {
		l.addWords(ch, most)
	}
	l.header = vg.Length(len(l.keyLines))*(LineHeight(sizeLabel)+vg.Points(2)) + vg.Points(8)
	if !ch.Bare {
		l.header += vg.Points(16) + vg.Length(len(l.Title))*LineHeight(l.titleSize) +
			vg.Length(len(l.subtitle))*LineHeight(sizeSubtitle)
	}
	l.footer = vg.Points(6) + vg.Length(len(l.Notes)+len(l.source))*LineHeight(sizeSource) + vg.Points(5)

	usual := usualHeight(l.Width)
	if ch.Bare {
		usual -= bareLess
	}
	l.Height = usual + ch.Extra + vg.Length(l.rows-1)*vg.Points(rowLeast-10)
	l.Height += vg.Length(max(0, len(l.Notes)-usualNotes))*LineHeight(sizeSource) + ch.crowd(l.Width)
	l.Height += max(0, l.header-usualHeader)
	row := max(rowLeast, ch.labelHeight(l)) + ch.markerHeight(l)
	l.least = l.header + l.footer + vg.Length(l.rows)*(row+rowGap) - rowGap
	l.Height = max(l.Height, l.least)
	if h := ch.Size.Height; h > 0 {
		l.Height = h / vg.Length(l.scale)
	}
	return l
}

// roomFor tells whether columns hold the titles of their panels and leave room to the data.
func (ch *Chart) roomFor(l layout) bool {
	body := vg.Rectangle{Max: vg.Point{X: l.Width - 2*margin, Y: usualHeight(l.Width)}}
	wide := (body.Max.X - vg.Length(l.columns-1)*columnGap) / vg.Length(l.columns)
	l.rows = (len(ch.Panels) + l.columns - 1) / l.columns
	cells := ch.cells(l, body)
	for i, p := range ch.Panels {
		p.bare = false
		r := p.measure(wide)
		own := min(wide, cells[i].whole.Max.X-cells[i].whole.Min.X) // with a shared y axis the first has more
		if !p.titleFits(own) || wide-r.left-r.right < max(leastData, p.Least.X) {
			return false
		}
	}
	return true
}

// crowd is what a narrow page is higher by for names inside its data areas, which need the room
// that they lack across.
func (ch *Chart) crowd(width vg.Length) (most vg.Length) {
	const few, each = 8, 20 // labels, and points of height for each more if the page had no width
	for _, p := range ch.Panels {
		most = max(most, vg.Length(len(p.Points)-few)*each*(1-width/pageWidth))
	}
	return max(0, most)
}

// addWords breaks the texts around the panels into lines.
func (l *layout) addWords(ch *Chart, most vg.Length) {
	l.titleSize, l.Title = fitTitle(ch.Title, most)
	l.subtitle = wrapTo(ch.Subtitle, mostSubtitle(l.Width), sizeSubtitle, Regular, most)
	for _, n := range ch.Notes {
		l.Notes = append(l.Notes, wrap(n, sizeSource, Regular, most)...)
	}
	l.source = wrap(ch.Source, sizeSource, Regular, most)
	for _, lines := range [][]string{l.Title, l.source} {
		for i, s := range lines {
			lines[i] = strings.TrimRight(s, "·"+Space)
		}
	}
}

// labelHeight is the height a row of panels needs for the labels at the right of its data and at
// its y axis.
func (ch *Chart) labelHeight(l layout) vg.Length {
	wide := (l.Width - 2*margin - vg.Length(l.columns-1)*columnGap) / vg.Length(l.columns)
	var most vg.Length
	for _, p := range ch.Panels {
		r := p.measure(wide)
		ends := p.allEnds()
		gutter(ends, endWidth(ends, wide))
		total := r.bottom + r.top
		for _, e := range ends {
			total += e.height()
		}
		most = max(most, total, r.bottom+r.top+max(p.tickHeight(wide), p.Least.Y))
	}
	return most
}

// markerHeight is the height a row of panels needs for bars and labels above the data besides one
// row of labels.
func (ch *Chart) markerHeight(l layout) vg.Length {
	var most vg.Length
	body := vg.Rectangle{Min: vg.Point{X: margin}, Max: vg.Point{X: l.Width - margin, Y: usualHeight(l.Width)}}
	for i, at := range ch.cells(l, body) {
		most = max(most, ch.Panels[i].markerRoom(at.data, at.whole.Min.X)-LineHeight(SizeMarker))
	}
	return most
}

// lay fills a canvas that is transparent with Paper.
func (l layout) lay(canvas vg.Canvas) {
	FillBox(draw.NewCanvas(canvas, l.Width, l.Height), Paper, 0, 0, l.Width, l.Height)
}

// Render paints the chart on a canvas of the layout's size whose ground is Paper.
func (ch *Chart) Render(canvas vg.Canvas) {
	l := ch.LayOut()
	c := draw.NewCanvas(canvas, l.Width, l.Height)
	ch.drawHeader(c, l)
	ch.drawFooter(c, l)
	body := vg.Rectangle{Min: vg.Point{X: margin, Y: l.footer}, Max: vg.Point{X: l.Width - margin, Y: l.Height - l.header}}
	ch.drawPanels(c, l, body)
}

func (ch *Chart) drawHeader(c draw.Canvas, l layout) {
	y := l.Height
	if !ch.Bare {
		y -= vg.Points(7)
		FillBox(c, Vermilion, margin, y-vg.Points(2.2), margin+vg.Points(accentWidth), y)
		y -= vg.Points(9)
	}
	for _, s := range l.Title {
		y -= LineHeight(l.titleSize)
		Write(c, s, TextStyle(l.titleSize, SemiBold, Ink), vg.Point{X: margin, Y: y + vg.Points(l.titleSize*.24)}, 0)
	}
	for _, s := range l.subtitle {
		y -= LineHeight(sizeSubtitle)
		Write(c, s, TextStyle(sizeSubtitle, Regular, Grey), vg.Point{X: margin, Y: y + vg.Points(sizeSubtitle*.24)}, 0)
	}
	for _, items := range l.keyLines {
		y -= LineHeight(sizeLabel) + vg.Points(2)
		x := vg.Length(margin)
		for _, item := range items {
			x = item.draw(c, x, y+vg.Points(sizeLabel*.24))
		}
	}
}

func (ch *Chart) drawFooter(c draw.Canvas, l layout) {
	y := vg.Points(5)
	style := TextStyle(sizeSource, Regular, Grey)
	both := append(append([]string(nil), l.Notes...), l.source...)
	for i := len(both) - 1; i >= 0; i-- {
		Write(c, both[i], style, vg.Point{X: margin, Y: y + vg.Points(sizeSource*.24)}, 0)
		y += LineHeight(sizeSource)
	}
}

const keySample = 16 // points

// sample is the width of the item's line or dot; a dashed line has room for its pattern.
func (k KeyItem) sample() vg.Length {
	if len(k.Dashes) > 0 {
		return vg.Points(keySample + 5)
	}
	return vg.Points(keySample)
}

func (k KeyItem) width() vg.Length {
	return k.sample() + vg.Points(4) + WidthOf(k.Name, sizeLabel, Regular) + vg.Points(9)
}

func (k KeyItem) draw(c draw.Canvas, x, base vg.Length) vg.Length {
	middle := vg.Point{X: x + k.sample()/2, Y: base + CapHeight(sizeLabel)/2}
	switch k.Shape {
	case ShapeLine:
		c.StrokeLines(draw.LineStyle{Color: k.Colour, Width: vg.Points(2), Dashes: k.Dashes}, []vg.Point{
			{X: x, Y: middle.Y}, {X: x + k.sample(), Y: middle.Y}})
	case ShapeDot:
		dot(c, middle, vg.Points(3.2), k.Colour, true)
	case ShapeRing:
		dot(c, middle, vg.Points(3.2), k.Colour, false)
	}
	at := vg.Point{X: x + k.sample() + vg.Points(4), Y: base}
	Write(c, k.Name, TextStyle(sizeLabel, Regular, readable(k.Colour)), at, 0)
	return x + k.width()
}

// keyLines breaks the key into lines.
func (ch *Chart) keyLines(most vg.Length) [][]KeyItem {
	var lines [][]KeyItem
	var used vg.Length
	for _, item := range ch.Key {
		item.Name = Cut(item.Name, sizeLabel, Regular, most-(item.width()-WidthOf(item.Name, sizeLabel, Regular)))
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

// drawPanels puts the panels into a grid of equal data areas. The labels above the data take as
// much room in every panel of a row.
func (ch *Chart) drawPanels(c draw.Canvas, l layout, body vg.Rectangle) {
	cells := ch.cells(l, body)
	markers := make([]vg.Length, l.rows)
	for i, p := range ch.Panels {
		row := &markers[i/l.columns]
		*row = max(*row, p.markerRoom(cells[i].data, cells[i].whole.Min.X))
	}
	for i, p := range ch.Panels {
		at := cells[i]
		at.data.Max.Y -= markers[i/l.columns]
		if p.X.time {
			p.X.fitWidth(at.data.Max.X - at.data.Min.X)
		}
		p.draw(draw.Canvas{Canvas: c.Canvas, Rectangle: at.whole}, at.data)
	}
}

// cells gives panels of a column the same left and right edges, panels of a row the same bottom and
// top.
func (ch *Chart) cells(l layout, body vg.Rectangle) []cell {
	wide := (body.Max.X - body.Min.X - vg.Length(l.columns-1)*columnGap) / vg.Length(l.columns)
	tall := (body.Max.Y - body.Min.Y - vg.Length(l.rows-1)*rowGap) / vg.Length(l.rows)
	columns, rows := make([]room, l.columns), make([]room, l.rows)
	for i, p := range ch.Panels {
		p.bare = ch.SharedY && i%l.columns > 0
		r := p.measure(wide)
		column, row := &columns[i%l.columns], &rows[i/l.columns]
		column.left, column.right = max(column.left, r.left), max(column.right, r.right)
		row.bottom, row.top = max(row.bottom, r.bottom), max(row.top, r.top)
	}
	dataWide := wide
	for _, column := range columns {
		dataWide -= (column.left + column.right) / vg.Length(l.columns)
	}
	cells := make([]cell, len(ch.Panels))
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
func (p *Panel) markerRoom(data vg.Rectangle, left vg.Length) vg.Length {
	toX := func(date float64) vg.Length {
		return data.Min.X + (data.Max.X-data.Min.X)*vg.Length(p.X.Normalizer().Normalize(p.X.Min, p.X.Max, date))
	}
	placed, rows := PlaceMarkers(p.Markers, toX, data.Min.X, data.Max.X)
	_, rows = p.unitRow(placed, rows, toX, left)
	return p.barRoom() + vg.Length(rows)*LineHeight(SizeMarker)
}

// Words are what a chart says beside its panels, each without the spaces that keep words together:
// title, subtitle, notes such as an attribution, and the source line.
func (ch *Chart) Words() (title, subtitle, notes, source string) {
	return Breakable(ch.Title), Breakable(ch.Subtitle), Breakable(strings.Join(ch.Notes, " ")),
		strings.TrimRight(Breakable(ch.Source), " ·")
}

// Source are the lines of the source.
func (l layout) Source() []string { return l.source }
