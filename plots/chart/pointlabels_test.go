package chart

import (
	"fmt"
	"math"
	"testing"

	"gonum.org/v1/plot/vg"
)

// Labs crowd at the top of their figure. Where there is room every point has its name, and no
// leader passes below another name or over the point of another.
func TestLeadersKeepClear(t *testing.T) {
	xs := []float64{10, 70, 92, 97, 150, 152, 185, 190, 200, 232, 236, 246, 280, 300, 304, 309, 311}
	var labels []PointLabel
	var o obstacles
	for i, x := range xs {
		y := 172 + float64(i*7%11)
		labels = append(labels, PointLabel{Text: fmt.Sprintf("Lab %d 90%%", i), X: x, Y: y, Rank: i})
		o.points = append(o.points, vg.Point{X: vg.Length(x), Y: vg.Length(y)})
		o.lines = append(o.lines, [2]vg.Point{{X: vg.Length(x), Y: vg.Length(y)}, {X: vg.Length(x - 30), Y: 60}})
	}
	same := func(v float64) vg.Length { return vg.Length(v) }
	placed := placePointLabels(labels, o, same, same, vg.Rectangle{Max: vg.Point{X: 380, Y: 230}})
	if len(placed) != len(labels) {
		t.Errorf("%d of %d labels", len(placed), len(labels))
	}
	tied := 0
	for i, l := range placed {
		if !l.far {
			for _, other := range placed {
				away := func(p vg.Point) vg.Length {
					end := leaderEnd(p, l.box)
					return vg.Length(math.Hypot(float64(p.X-end.X), float64(p.Y-end.Y)))
				}
				if other.at != l.at && away(other.at) < away(l.at) {
					t.Errorf("%s has no leader and stands nearer to the point of %s", l.Text, other.Text)
				}
			}
			continue
		}
		tied++
		leader := [2]vg.Point{l.at, l.end}
		for j, other := range placed {
			if i != j && crosses(leader, other.box) {
				t.Errorf("the leader of %s passes below %s", l.Text, other.Text)
			}
		}
		if cost := (obstacles{points: o.points}).under(leader); cost > 0 {
			t.Errorf("the leader of %s passes over another point", l.Text)
		}
	}
	if tied < 3 {
		t.Errorf("%d leaders: the points are no crowd", tied)
	}
}
