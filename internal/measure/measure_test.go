package measure

import (
	"math"
	"strings"
	"testing"

	"simulate/sim"
)

// of returns the value of a measure in a group.
func of(t *testing.T, g Group, name string) float64 {
	t.Helper()
	for i, m := range sim.Measures {
		if m.Name == name {
			return g.Values[i]
		}
	}
	t.Fatalf("no measure %q", name)
	return 0
}

func TestGroupsInOrderOfTheirFirstRow(t *testing.T) {
	// 2024 is the Department of Justice's example of 30, 30, 20, 20 with HHI 2,600; 2023 a monopoly with an idle rival.
	text := "year,firm,sales\n2024,a,30\n2023,a,7\n2024,b,30\n2024,c,20\n2023,b,0\n2024,d,20\n"
	got, err := File(strings.NewReader(text), Options{Name: "x.csv", By: []string{"year"}})
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 2 || got[0].Keys[0] != "2024" || got[0].Members != 4 || got[0].Total != 100 || got[1].Members != 2 {
		t.Fatalf("groups %+v", got)
	}
	if h := of(t, got[0], "hhi"); math.Abs(h-2600) > 1e-9 {
		t.Errorf("HHI %v, want 2600", h)
	}
	if h := of(t, got[1], "hhi"); h != 10000 {
		t.Errorf("HHI of a monopoly %v", h)
	}
	if g := of(t, got[1], "gini"); g != .5 {
		t.Errorf("Gini of all and nothing %v, want 0.5", g)
	}
}

func TestOthersAreAtomistic(t *testing.T) {
	text := "firm;share\na;30\nAll others;50\nb;20\n"
	got, err := File(strings.NewReader(text), Options{Name: "x.csv", Others: "All others"})
	if err != nil {
		t.Fatal(err)
	}
	if h := of(t, got[0], "hhi"); math.Abs(h-1300) > 1e-9 || got[0].Members != 2 || got[0].Total != 100 {
		t.Errorf("HHI %v of %+v, want 1300 of 2 members", h, got[0])
	}
}

func TestFilesAsSpreadsheetsWriteThem(t *testing.T) {
	for _, text := range []string{"\ufefffirm,x\r\na,1\r\nb,3\r\n", "firm\tx\na\t1\nb\t 3\n", "\"firm\", x\n\"a, inc\", 1e0\nb, 3\n"} {
		got, err := File(strings.NewReader(text), Options{Name: "x.csv"})
		if err != nil || len(got) != 1 || of(t, got[0], "cr1") != .75 {
			t.Errorf("%q: %+v, %v", text, got, err)
		}
	}
}

func TestMistakesAreNamed(t *testing.T) {
	tests := []struct {
		text string
		o    Options
		want string
	}{
		{"", Options{}, "x.csv: the file is empty"},
		{"firm,share\n", Options{}, "x.csv: a header without rows"},
		{"a,a\n1,2\n", Options{}, `x.csv:1:1: two columns are called "a"`},
		{"a,b\n1,2\n", Options{}, "x.csv: columns a, b hold numbers; choose the amounts with --value"},
		{"a,b\nx,y\n", Options{}, "x.csv: no column holds numbers"},
		{"a,b\nx,1\n", Options{Value: "c"}, `x.csv: no column "c"; it has a, b`},
		{"a,b\nx,1\n", Options{By: []string{"d"}}, `x.csv: no column "d"`},
		{"a,b\nx,1\n", Options{Value: "b", By: []string{"b"}}, `x.csv: "b" cannot be both`},
		{"a,b\nx,1\ny,-2\n", Options{}, "x.csv:3:3: column b: -2 is negative"},
		{"a,b\nx,1\ny,\nz,3\n", Options{}, "x.csv:3:3: column b: the cell is empty; write 0"},
		{"a,b\nx,\n", Options{}, "x.csv:2:3: column b: the cell is empty; write 0"},
		{"a,b\nx,50%\ny,50%\n", Options{}, `x.csv:2:3: column b: "50%" is not a number; write the percentages without the sign`},
		{"firm;share\nx;0,5\ny;0,5\n", Options{}, `x.csv:2:3: column share: "0,5" is not a number; write a point before decimals`},
		{"firm;share, %\nx;a\n", Options{}, "x.csv: no column holds numbers; part columns with"},
		{"firm,share\nx;5\n", Options{}, "x.csv:2:1: this row is parted by semicolons, the header is not"},
		{"a,b\nx,$5\n", Options{}, `x.csv:2:3: column b: "$5" is not a number; write it without the sign of the currency`},
		{"a,b\nx,12%\n", Options{Value: "b"}, `x.csv:2:3: column b: "12%" is not a number; write the percentages without the sign`},
		{"a;b\nx;1,5\n", Options{Value: "b"}, `x.csv:2:3: column b: "1,5" is not a number; write a point`},
		{"a,b\nx,\"1,500\"\n", Options{Value: "b"}, `x.csv:2:3: column b: "1,500" is not a number; write a point before decimals and nothing between thousands`},
		{"a,b\nx,NaN\n", Options{Value: "b"}, `"NaN" is not a finite number`},
		{"a,b\nx,two\n", Options{Value: "b"}, `x.csv:2:3: column b: "two" is not a number`},
		{"a,b\nx,1,2\n", Options{}, "x.csv:2:1: 3 cells where the header has 2"},
		{"a,b\nx,1\n", Options{Others: "rest"}, `x.csv: no cell says "rest"`},
		{"a,b\n\"x,1\n", Options{}, "write a quoted cell"},
	}
	for _, test := range tests {
		test.o.Name = "x.csv"
		_, err := File(strings.NewReader(test.text), test.o)
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%q: error %v, want %q", test.text, err, test.want)
		}
	}
}

func TestAllBadCellsAtOnceUpToTwenty(t *testing.T) {
	_, err := File(strings.NewReader("a,b\n"+strings.Repeat("x,-1\n", 30)), Options{Name: "x.csv", Value: "b"})
	lines := strings.Split(err.Error(), "\n")
	if len(lines) != 21 || lines[1] != "x.csv:3:3: column b: -1 is negative; shares of a total are 0 or more" || lines[20] != "x.csv: more of the same follows" {
		t.Errorf("%d lines: %s", len(lines), err)
	}
}
