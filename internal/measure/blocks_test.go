package measure

import (
	"slices"
	"strings"
	"testing"
)

// Blank labels of a pivot or of merged cells are the label above, which is said; others are
// refused.
func TestBlankLabelsOfGroups(t *testing.T) {
	for _, test := range []struct {
		text, note string
		by         []string
		hhi        []float64
	}{
		{"Year,Firm,Sales\n2023,A,450\n,B,550\n,C,300\n2024,A,400\n,D,600\n",
			`blank cells of Year, 3 of them, are taken as the label above them, first "2023" in line 3`, []string{"Year"},
			[]float64{3520.71, 5200}},
		{"Year,Quarter,Firm,Sales\n2023,Q1,A,50\n,,B,50\n,Q2,A,40\n,,B,60\n2024,Q1,A,100\n,,B,0\n",
			`blank cells of Quarter, 3 of them, are taken as the label above them, first "Q1" in line 3`,
			[]string{"Quarter", "Year"}, []float64{5000, 5200, 10000}},
		{"Firm,Year,Sales\nA,2023,50\n,2024,40\nB,2023,50\n,2024,60\n",
			`blank cells of Firm, 2 of them, are taken as the label above them, first "A" in line 3`, []string{"Firm"},
			[]float64{5061.73, 5041.32}},
		{"Year,Market,Firm,Sales\n2023,x,A,50\n2023,,B,50\n2024,x,A,40\n2024,,B,60\n",
			`blank cells of Market, 2 of them, are taken as the label above them, first "x" in line 3`,
			[]string{"Year", "Market"}, []float64{5000, 5200}},
	} {
		out, notes, err := read(test.text, Options{Value: []string{"Sales"}, By: test.by})
		if err != nil {
			t.Errorf("%q: %v", test.text, err)
			continue
		}
		if all := strings.Join(notes, "\n"); !strings.Contains(all, test.note) || strings.Contains(all, "of  ") {
			t.Errorf("%q: notes %q, want %q", test.text, all, test.note)
		}
		if len(out.Groups) != len(test.hhi) {
			t.Errorf("%q: groups %+v", test.text, out.Groups)
			continue
		}
		for i, g := range out.Groups {
			if v := g.Values[0]; v < test.hhi[i]-0.01 || v > test.hhi[i]+0.01 {
				t.Errorf("%q: HHI of %q is %.2f, want %.2f", test.text, g.Keys, v, test.hhi[i])
			}
		}
	}
	for _, test := range []struct{ text, want string }{
		{"Year,Firm,Sales\n,A,450\n2023,B,550\n", ":2:1: column Year: the cell is blank, and no label stands above it"},
		{"Year,Firm,Sales\n2023,A,450\n2023,B,550\n,C,1\n2024,C,1\n",
			`:4:1: column Year: the cell is blank, and the label "2023" stands on several rows`},
		{"Year,Firm,Sales\n2023,A,4\n,B,5\n2024,A,4\n,B,6\n,,19\n",
			":6:1: column Year: the cell is blank, and its row has no name either; write the label of --by \"Year\""},
	} {
		_, _, err := read(test.text, Options{Value: []string{"Sales"}, By: []string{"Year"}})
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%q: error %v, want %q", test.text, err, test.want)
		}
	}
}

// A total of nothing is not said to differ from the nothing of the others.
func TestTotalOfNothing(t *testing.T) {
	_, _, err := read("firm,sales\na,0\nb,0\nTotal,0\n", Options{})
	if err == nil || !strings.Contains(err.Error(), `"Total" and all others are 0; leave the row out`) {
		t.Errorf("error %v", err)
	}
}

// Blank names below a member's are that member's, which is said; a row that nothing names stays
// without a name, and is said to count as a member of its own, or is a sum of others.
func TestBlankNamesOfMembers(t *testing.T) {
	const filled, nameless = `blank cells of Company, `, " without a name in column Company "
	for _, test := range []struct {
		text   string
		o      Options
		hhi    float64 // of the first group
		says   []string
		silent []string
	}{
		{"Company,Product,Sales\nA,x,10\n,y,25\nB,z,25\n,w,40\n", Options{Member: "Company"}, 5450,
			[]string{filled + `2 of them, are taken as the name above them, first "A" in line 3`}, []string{nameless}},
		{"Company,Product,Sales\nA,x,10\n,y,25\nB,z,25\n,w,40\n", Options{}, 2950,
			[]string{filled + "2 of them", `"A" stands on several rows`}, []string{nameless}},
		{"Company,Product,Sales\nA,x,10\n,y,25\nB,z,25\n,,60\n", Options{Member: "Company"}, 5138.89,
			[]string{filled + "1 of them", "line 5, 60 without a name, is the sum of the others"}, []string{nameless}},
		{"Company,Product,Sales\nA,x,10\n,y,25\nB,z,25\n,Total,60\n", Options{Member: "Company"}, 5138.89,
			[]string{filled + "1 of them", "is the sum of the others"}, []string{nameless}},
		{"Company,Product,Sales\nA,x,10\n,y,25\nB,z,25\n,Other,40\n", Options{Member: "Company"}, 3450,
			[]string{filled + "1 of them", "1 row" + nameless + "counts as a member of its own, line 5"}, nil},
		{"Company,Sales\nA,10\n,25\nB,25\n", Options{Member: "Company"}, 3750,
			[]string{"1 row" + nameless + "counts as a member of its own, line 3"}, []string{filled}},
		{"Company,Product,Sales\nA,x,10\nA,y,25\n,v,5\n,u,60\nB,z,25\n", Options{Member: "Company"}, 3504,
			[]string{"2 rows" + nameless + "count as a member each, first line 4"}, []string{filled}},
		{"Year,Company,Product,Sales\n2023,A,x,10\n,,y,20\n,B,z,30\n2024,A,x,1\n,,y,2\n,B,z,3\n",
			Options{Member: "Company", By: []string{"Year"}, Value: []string{"Sales"}}, 5000,
			[]string{filled + "2 of them", "blank cells of Year, 4 of them"}, []string{nameless, "sum of the others"}},
		{"Year,Company,Product,Sales\n2023,A,x,10\n2023,B,z,30\n2024,,x,10\n2024,C,y,30\n",
			Options{Member: "Company", By: []string{"Year"}, Value: []string{"Sales"}}, 6250,
			[]string{"1 row" + nameless}, []string{filled}}, // the name above is of another year
	} {
		out, notes, err := read(test.text, test.o)
		if err != nil {
			t.Errorf("%q: %v", test.text, err)
			continue
		}
		if v := out.Groups[0].Values[0]; v < test.hhi-0.01 || v > test.hhi+0.01 {
			t.Errorf("%q: HHI %.2f, want %.2f", test.text, v, test.hhi)
		}
		all := strings.Join(notes, "\n")
		for _, want := range test.says {
			if !strings.Contains(all, want) {
				t.Errorf("%q: %q does not say %q", test.text, all, want)
			}
		}
		for _, other := range test.silent {
			if strings.Contains(all, other) {
				t.Errorf("%q: %q says %q", test.text, all, other)
			}
		}
	}
}

// A first column without a name is that of the members, or of dates, where it holds words and no
// other column does; numbers of rows are left out.
func TestColumnOfNamesWithoutAName(t *testing.T) {
	const taken, leftOut = "column 1 has no name and is taken for the names of rows", "is left out"
	for _, test := range []struct {
		text, says, not string
		keys            []string
		members         int
		hhi             float64 // of the last group
	}{
		{";Anteil\nChatGPT;80,5\nPerplexity;11,1\nCopilot;4,8\nGemini;2,3\nSonstige;1,3\n", taken, leftOut, nil, 4,
			6631.79},
		{"\"\",\"share\"\n\"OpenAI\",0.5\n\"Google\",0.4\n\"Mistral\",0.1\n", taken, leftOut, nil, 3, 4200},
		{"Unnamed: 0,2023,2024\nA,50,60\nB,50,40\n", taken, leftOut, []string{"2024"}, 2, 5200},
		{",OpenAI,Google\n2024-01,60,40\n2024-02,50,50\n", taken, leftOut, []string{"2024-02"}, 2, 5000},
		{"\"\",\"firm\",\"share\"\n\"1\",\"A\",60\n\"2\",\"B\",40\n", leftOut, taken, nil, 2, 5200},
		{",share\n0,60\n1,40\n", leftOut, taken, nil, 2, 5200},
		{",firm,share\nx,A,60\ny,B,40\n", leftOut, taken, nil, 2, 5200},
	} {
		out, notes, err := read(test.text, Options{})
		if err != nil {
			t.Errorf("%q: %v", test.text, err)
			continue
		}
		all := strings.Join(notes, "\n")
		if !strings.Contains(all, test.says) || strings.Contains(all, test.not) {
			t.Errorf("%q: notes %q", test.text, all)
		}
		g := out.Groups[len(out.Groups)-1]
		if g.Members != test.members || g.Values[0] < test.hhi-0.01 || g.Values[0] > test.hhi+0.01 ||
			!slices.Equal(g.Keys, test.keys) {
			t.Errorf("%q: %+v", test.text, g)
		}
	}
}
