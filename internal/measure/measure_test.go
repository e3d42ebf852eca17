package measure

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"simulate/sim/concentration"
	"simulate/sim/table"
)

// read measures a text called x.csv.
func read(text string, o Options) (*Result, []string, error) {
	s, err := table.Decode("x.csv", []byte(text), table.Options{})
	if err != nil {
		return nil, nil, err
	}
	r, err := Of(s, o)
	return r, s.Notes(), err
}

// of returns the value of a measure in a group.
func of(t *testing.T, g Group, name string) float64 {
	t.Helper()
	for i, m := range concentration.Measures {
		if m.Name == name {
			return g.Values[i]
		}
	}
	t.Fatalf("no measure %q", name)
	return 0
}

func TestGroupsInOrderOfTheirFirstRow(t *testing.T) {
	// 2024 is the Department of Justice's example of 30, 30, 20, 20 with HHI 2,600; 2023 a monopoly
	// with an idle rival.
	text := "year,firm,sales\n2024,a,30\n2023,a,7\n2024,b,30\n2024,c,20\n2023,b,0\n2024,d,20\n"
	r, _, err := read(text, Options{By: []string{"year"}})
	if err != nil {
		t.Fatal(err)
	}
	got := r.Groups
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

// Each table has one reading, whose HHI of the first group is worked out beside it; note is what
// must be said of it, "" for nothing at all.
func TestReadings(t *testing.T) {
	hhi := func(parts ...float64) float64 { // the first is the total
		sum := 0.0
		for _, p := range parts[1:] {
			sum += p * p
		}
		return 1e4 * sum / (parts[0] * parts[0])
	}
	for _, test := range []struct {
		name, text string
		o          Options
		want       float64
		note       string
	}{
		{"plain", "firm,share\na,60\nb,40\n", Options{}, 5200, ""},
		{"amounts", "firm,sales\na,30\nb,50\nc,120\n", Options{}, hhi(200, 30, 50, 120), ""},
		{"a total", "firm,share\na,30\nb,30\nc,40\nTotal,100\n", Options{}, 3400,
			`"Total" is the sum of the others and is left out`},
		{"a total first", "firm,share\nAll firms,100\na,30\nb,30\nc,40\n", Options{}, 3400, "is the sum"},
		{"a German total", "Firma;Umsatz\na;30\nb;30\nc;40,0\nInsgesamt;100\n", Options{}, 3400,
			`"Insgesamt" is the sum`},
		{"a French total", "entreprise,ventes\na,3\nb,3\nc,4\nEnsemble,10\n", Options{}, 3400, `"Ensemble" is the sum`},
		{"a total of another name", "firm,share\na,30\nb,30\nc,40\nDeutschland,100\n", Options{}, 3400,
			`"Deutschland" is the sum`},
		{"a total of amounts of another name", "firm,sales\na,12\nb,17\nc,40\nEU-27,69\n", Options{}, hhi(69, 12, 17, 40),
			`"EU-27" is the sum`},
		{"a total without a name", "firm,share\na,30\nb,30\nc,40\n,100\n", Options{}, 3400, `is the sum`},
		{"a total of rounded shares", "firm,share\na,33.3\nb,33.3\nc,33.3\nTotal,100\n", Options{}, 1e4 / 3.0, "is " +
			"the sum"},
		{"a total of two", "firm,share\na,60\nb,40\nSum,100\n", Options{}, 5200, "is the sum"},
		{"half the market is no total", "firm,share\na,10\nb,20\nc,20\nd,50\n", Options{}, 3400,
			`"d" is also the sum of the others`},
		{"half the market in each month is no total", "m,Chrome,A,B\n2024-01,50,30,20\n2024-02,50,25,25\n",
			Options{}, 3800,
			`"Chrome" is also the sum of the others`},
		{"half the market in each year is no total", "y,firm,s\n1990,a,.5\n1990,b,.2\n1990,c,.3\n" +
			"1991,a,.5\n1991,b,.1\n1991,c,.4\n",
			Options{By: []string{"y"}}, 3800, `"a" is also the sum of the others`},
		{"a nameless total of shares in each month", "m,A,B,EU\n2024-01,60,40,100\n2024-02,50,50,100\n", Options{}, 5200,
			`"EU" is the sum`},
		{"two halves are no total", "firm,share\na,50\nb,50\n", Options{}, 5000, ""},
		{"a total that the user names", "firm,sales\na,30\nb,50\nx,85\n", Options{Total: []string{"x"}}, hhi(80, 30, 50),
			`the members add up to 80 of the 85 that "x" says`},
		{"no total", "firm,share\na,30\nb,30\nc,40\nTotal,100\n", Options{Total: []string{NoTotal}},
			hhi(200, 30, 30, 40, 100), "200"},
		{"totals of groups", "y,firm,sales\n1990,a,3\n1990,b,7\n1990,T,10\n1991,a,4\n1991,b,4\n1991,T,8\n",
			Options{By: []string{"y"}}, 5800, `"T" is the sum`},
		{"a remainder", "firm,share\na,60\nOthers,40\n", Options{}, 3600,
			`"Others" is taken for a remainder of many small members`},
		{"a remainder that is one", "firm,share\na,60\nOther,40\n", Options{RestIsOne: true}, 5200, ""},
		{"a remainder that the user names", "firm,share\na,60\nlong tail,40\n", Options{Rest: []string{"Long " +
			"tail"}}, 3600, ""},
		{"a German remainder", "Firma;Anteil\na;60\nSonstige;40\n", Options{}, 3600, `"Sonstige"`},
		{"a French remainder", "firme;part\na;60\nAutres entreprises;40\n", Options{}, 3600, `"Autres entreprises"`},
		{"a remainder with a number", "firm,share\na,60\nOther (12 firms),40\n", Options{}, 3600, `"Other (12 firms)"`},
		{"the rest of the market and a total", "firm,share\na,50\nb,30\nRest of the market,20\nTotal,100\n", Options{},
			3400, "is the sum"},
		{"a firm that begins like a remainder", "firm,share\nOtherside,60\nb,40\n", Options{}, 5200, ""},
		{"a firm on several rows", "segment,firm,sales\napi,a,30\nchat,a,30\napi,b,40\n", Options{}, 3400,
			`"a" stands on several rows`},
		{"a firm on several rows, added up", "segment,firm,sales\napi,a,30\nchat,a,30\napi,b,40\n",
			Options{Member: "firm"},
			5200, ""},
		{"a column per firm", "Date,Alpha,Beta,Gamma,Other\n2024-01,60.5,20.2,10.1,9.2\n2024-02,59.5,21.2,10.1,9.2\n",
			Options{},
			hhi(100, 60.5, 20.2, 10.1), "columns Alpha, Beta, Gamma, Other are taken for a member each"},
		{"a column per firm and a total", "year,A,B,C,Total\n2023,30,30,40,100\n2024,1,2,3,6\n", Options{}, 3400,
			`"Total" is the sum`},
		{"a column per firm in one row", "A,B\n60,40\n", Options{}, 5200, "a member each"},
		{"a column per firm by country", "country,A,B\nde,60,40\nfr,50,50\n", Options{}, 5200, "a member each"},
		{"a column per year", "firm,2022,2023\na,60,50\nb,40,50\n", Options{}, 5200, "columns 2022, 2023 are taken for " +
			"periods"},
		{"a column per quarter", "firm,Q1 2024,Q2 2024\na,60,50\nb,40,50\nTotal,100,100\n", Options{}, 5200, "is " +
			"the sum"},
		{"columns that the user names", "firm,x,y\na,60,1\nb,40,3\n", Options{Value: []string{"x", "y"}}, 5200, ""},
		{"members that the user names", "id,x,y,z\nq,60,40,7\n", Options{Members: []string{"x", "y"}}, 5200, ""},
		{"shares above 100", "firm,share\nA,60\nB,40\nC,20\n", Options{}, hhi(120, 60, 40, 20),
			"add up to 120, neither 1 nor 100"},
		{"shares below 100", "firm,share\nA,60\nB,20\n", Options{}, hhi(80, 60, 20), "add up to 80, neither 1 nor 100: " +
			"what is missing"},
		{"fractions", "firm,share\nA,0.6\nB,0.4\n", Options{}, 5200, ""},
		{"percent signs", "firm,x\nA,60%\nB,40%\n", Options{}, 5200, ""},
		{"a fraction among percentages", "firm,share\nA,45\nB,0.30\nC,25\n", Options{}, hhi(70.3, 45, .3, 25),
			"0.3 stands beside 45"},
		{"a percentage among fractions", "firm,share\nA,0.45\nB,0.30\nC,20\n", Options{}, hhi(20.75, .45, .3, 20),
			"0.3 stands beside 20"},
		{"a fraction among percentages, no word", "firm,v\nA,45\nB,0.30\nC,25\n", Options{}, hhi(70.3, 45, .3, 25),
			"0.3 stands beside 45"},
		{"a percentage among fractions, no word", "firm,v\nA,0.45\nB,0.30\nC,20\n", Options{}, hhi(20.75, .45, .3, 20),
			"0.3 stands beside 20"},
		{"ranks", "rank,firm,share\n1,a,60\n2,b,40\n", Options{}, 5200, "column rank is taken for numbers of rows"},
		{"months in a column of their own", "Year,Month,A,B\n2024,1,60,40\n2024,2,50,50\n", Options{}, 5200, "a " +
			"member each"},
		{"quarters without a year", "Quarter,A,B\nQ1,6,4\nQ2,5,5\n", Options{}, 5200, "a member each"},
		{"months in words", "Mois;A;B\njanvier;60;40\nfévrier;5;5\n", Options{}, 5200, "a member each"},
		{"amounts of different size", "firm,revenue\nA,45\nB,0.30\nC,2\n", Options{}, hhi(47.3, 45, .3, 2), ""},
		{"missing amounts left out", "firm,share\na,60\nb,40\nc,NA\n", Options{SkipMissing: true}, 5200, "1 without an " +
			"amount left out, first in line 4"},
		{"groups of one", "d,A,B\n2024-01,60,40\n2024-02,50,50\n", Options{Value: []string{"A"},
			By: []string{"d"}}, 10000,
			"every group has one row alone"},
		{"subtotals", "firm,sales\na,30\nb,30\nUS subtotal,60\nc,25\nd,15\nEU subtotal,40\nTotal,100\n", Options{}, 2650,
			`"US subtotal", "EU subtotal" are each the sum of the rows beside`},
		{"subtotals above their rows", "firm,sales\nTotal US,60\na,30\nb,30\nTotal EU,40\nc,25\nd,15\nTotal,100\n",
			Options{}, 2650, `"Total US", "Total EU" are each`},
		{"a German subtotal, no total", "Firma;Umsatz\na;30\nb;30\nZwischensumme;60\nc;25\nd;15\n", Options{}, 2650,
			`"Zwischensumme" is the sum of the rows beside`},
		{"a subtotal and a named total", "firm,sales\na,30\nb,30\nSubtotal,60\nc,40\nsigma,99\n",
			Options{Total: []string{"sigma"}}, 3400, `"Subtotal" is the sum of the rows beside`},
		{"two sums that the user names", "firm,sales\na,30\nb,50\nx,85\ny,86\n", Options{Total: []string{"x", "y"}},
			hhi(80, 30, 50), `the members add up to 80 of the 85`},
		{"a firm called as sums are", "firm,sales\nTotal Energies,60\na,30\nb,30\nc,7\n", Options{},
			hhi(127, 60, 30, 30, 7), `"Total Energies" is counted as a member`},
		{"a firm called as sums are beside one as large", "firm,sales\na,30\nTotal Energies,30\nb,7\n", Options{},
			hhi(67, 30, 30, 7), `"Total Energies" is counted as a member`},
		{"columns of one country", "Entity,Code,Year,A,B\nWorld,OWID_WRL,2023,600,400\nWorld,OWID_WRL,2024,5,5\n",
			Options{}, 5200, "columns A, B are taken for a member each"},
		{"a row per nameless group", "A,B,C\n60,30,10\n50,20,30\n", Options{}, 4600, "a row for a group"},
		{"members of nameless rows", "A,B,C\n60,40,10\n50,20,30\n", Options{Members: []string{"A", "B"}}, 5200, ""},
		{"one name in two spellings", "firm,share\nOpenAI,60\nopenai ,40\n", Options{}, 5200,
			`"OpenAI" and "openai" count as two members`},
		{"one name in two forms of Unicode", "firm,share\nSoci\u00e9t\u00e9,60\nSocie\u0301te\u0301,40\n",
			Options{}, 5200,
			"count as two members"},
		{"one year in all rows", "year,firm,share\n2024,a,60\n2024,b,40\n", Options{}, 5200, ""},
	} {
		r, notes, err := read(test.text, test.o)
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
			continue
		}
		if h := of(t, r.Groups[0], "hhi"); !(math.Abs(h-test.want) < 1e-6*test.want) {
			t.Errorf("%s: HHI %v, want %v; notes %q", test.name, h, test.want, notes)
		}
		notes = slices.DeleteFunc(notes, func(n string) bool {
			return strings.Contains(n,
				"parted by") || strings.Contains(n, "decimal comma")
		})
		if said := strings.Join(notes, "\n"); !strings.Contains(said, test.note) || test.note == "" && said != "" {
			t.Errorf("%s: notes %q, want %q", test.name, notes, test.note)
		}
	}
}

func TestRemainderHasNoSquare(t *testing.T) {
	r, _, err := read("firm;share\nOpenAI;30\nAnthropic;20\nAll others;50\n", Options{Rest: []string{"All others"}})
	if err != nil {
		t.Fatal(err)
	}
	if g := r.Groups[0]; g.Members != 2 || g.Total != 100 || math.Abs(of(t, g, "hhi")-1300) > 1e-9 || !math.IsNaN(of(t,
		g, "entropy")) {
		t.Errorf("group %+v", g)
	}
}

func TestRefusals(t *testing.T) {
	for _, test := range []struct {
		text string
		o    Options
		want string
	}{
		{"a,b\n", Options{}, "x.csv: a header without rows"},
		{"a,b\nx,\n", Options{Value: []string{"b"}},
			`x.csv:2:3: column b: the cell is empty; write 0 for none, or leave such rows out with --skip-missing`},
		{"a,b\nx,NaN\n", Options{Value: []string{"b"}}, `"NaN" says that there is no value`},
		{"a,b\nx,Inf\n", Options{Value: []string{"b"}}, `"Inf" is not a finite number`},
		{"a,b\nx,two\ny,1\n", Options{Value: []string{"b"}}, `x.csv:2:3: column b: "two" is not a number`},
		{"a,b\nx,1,2\n", Options{}, "3 cells where the header has 2"},
		{"a,b\nx,1\n", Options{Rest: []string{"rest"}}, `x.csv: no cell says "rest"`},
		{"a,b\nx,1\n", Options{Total: []string{"all"}}, `x.csv: no cell says "all"`},
		{"a,b\nx,1\n", Options{Value: []string{"c"}}, `there is no column "c"; it has a, b`},
		{"a,b,c\nx,1,2\n", Options{}, "columns b, c hold numbers; choose the amounts with --value"},
		{"year,firm,share\n2023,a,1\n2024,a,2\n", Options{}, "x.csv:2:1: column year: the rows are of 2 dates; for a " +
			"group of each say --value share --by year, for one group of all --value share"},
		{"Entity,Year,a,b c\nx,2023,1,2\ny,2023,3,4\nx,2024,3,4\n", Options{}, "if the rows of column Entity are the " +
			"members, choose the amounts, as in --value a --by Year; if each column is a member, say --members 'a,b " +
			"c' --by " +
			"Entity,Year"},
		{"a,b\nx,y\n", Options{}, "no column holds numbers"},
		{"a,b\nx,1e309\n", Options{}, "too large for a number"},
		{"a,b\nx,$1.2B\n", Options{}, `:2:3: column b: "$1.2B" is not a number`},
		{"a,b\nx,99\ny,<1\n", Options{}, `:3:3: column b: "<1" is not a number`},
		{"a,b\nx,1\n", Options{Value: []string{"b"}, By: []string{"b"}}, "cannot be both"},
		{"a,b\nx,1\n", Options{Value: []string{"b"}, Members: []string{"b"}}, "exclude each other"},
		{"firm,share\nA,0.45\nB,0.30\nC,20%\n", Options{}, "write 0.2, as a fraction"},
		{"a,b\nx,1e308\ny,1e308\n", Options{}, "add up to more than a number can hold"},
		{"Month,OpenAI,Claude\n2024-01,90,<1\n2024-02,100,3\n", Options{},
			`x.csv:2:12: column Claude: "<1" is not a number; it is a bound or an estimate; write the value`},
		{"Month,OpenAI,Claude\n2024-01,90,<1\n2024-02,100,<1\n", Options{}, `x.csv:3:13: column Claude: "<1" is not`},
		{"Month,OpenAI,Claude\n2024-01,90,unknown\n2024-02,100,3\n2024-03,100,unknown\n", Options{},
			`x.csv:2:12: column Claude: "unknown" is not a number`},
		{"Month,A,B,C\n2024-01,90,<1,5\n2024-02,100,3,6\n", Options{}, `x.csv:2:12: column B: "<1" is not a number`},
		{"Month,A,B,C\n2024-01,90,?,5\n2024-02,100,?,6\n2024-03,1,2,3\n", Options{},
			`2:12: column B: "?" is not a number`},
		{"firm,share,revenue\na,~45,6\nb,~55,7\n", Options{}, "columns share, revenue hold numbers"},
		{"firm,2023,2024\na,40,~40\nb,60,~60\n", Options{}, `x.csv:2:6: column 2024: "~40" is not a number`},
		{"firm,2023,2024\na,40,secret\nb,60,60\n", Options{}, `x.csv:2:6: column 2024: "secret" is not a number`},
		{"Year,OpenAI\n2023,90\n2024,100\n", Options{}, "column Year holds dates and no column names members"},
		{"y,A,B,Total\n2023-01,30,70,100\n2023-02,30,70,120\n2023-03,30,70,130\n", Options{},
			`x.csv:3:15: column Total: "Total" of 120 is not the sum`},
		{"Month,OpenAI\n2024-01,90\n2024-02,100\n", Options{}, "column Month holds dates and no column names members"},
		{"firm,share\na,30\nb,30\nTotal,100\n", Options{}, `"Total" of 100 is not the sum of the others, 60`},
	} {
		_, _, err := read(test.text, test.o)
		var problems table.Problems
		if err == nil || !strings.Contains(err.Error(), test.want) || !errors.As(err, &problems) {
			t.Errorf("%q: error %v, want %q", test.text, err, test.want)
		}
	}
}

func TestAllBadCellsAtOnceUpToTwenty(t *testing.T) {
	_, _, err := read("a,b\n"+strings.Repeat("x,-1\n", 30), Options{Value: []string{"b"}})
	lines := strings.Split(err.Error(), "\n")
	if len(lines) != 21 || lines[1] != "x.csv:3:3: column b: -1 is negative; shares of a total are 0 or more" ||
		lines[20] != "x.csv: more of the same follows" {
		t.Errorf("%d lines: %s", len(lines), err)
	}
}

// Names of remainders and sums in the languages of those who publish them.
func TestWordsOfTables(t *testing.T) {
	for _, w := range []string{"Other", "others", "All others", "Rest", "Sonstige", "Andere Anbieter", "Übrige",
		"Autres", "Otros", "Altri", "Overige", "Övriga", "Rest of the world", "Other vendors*"} {
		if !restWord.matches().MatchString(w) {
			t.Errorf("%s is no remainder", w)
		}
	}
	for _, w := range []string{"Total", "TOTAL", "Sum", "Insgesamt", "Gesamt", "Summe", "Ensemble", "Totale", "Suma",
		"Totaal", "Grand total", "World", "All firms", "合計", "Total:", "Total market"} {
		if !totalWord.matches().MatchString(w) {
			t.Errorf("%s is no sum", w)
		}
	}
	for _, w := range []string{"OpenAI", "Anthropic", "Restaurant Brands", "Otherside", "Summit", "Allianz",
		"TotalEnergies", "Totalplay", "Alphabet", "Allen Institute", "Marktplaats"} {
		if restWord.matches().MatchString(w) || totalWord.matches().MatchString(w) {
			t.Errorf("%s is taken for a remainder or a sum", w)
		}
	}
	for _, w := range []string{"2024", "2024-01", "2024-01-31", "31.01.2024", "01/31/2024", "Q1 2024", "2024Q1",
		"2024-Q1", "FY2024", "Jan 2024", "January 2024", "2023/24", "2024M01", "2024-01-31 00:00:00", "Jan-24"} {
		if !isPeriod(w) {
			t.Errorf("%s is no period", w)
		}
	}
	for _, w := range []string{"60.5", "12", "a", "GPT-4", "1234", "3,000"} {
		if isPeriod(w) {
			t.Errorf("%s is a period", w)
		}
	}
}

func BenchmarkMeasure(b *testing.B) {
	var text strings.Builder
	text.WriteString("year,firm,share\n")
	for i := range 200_000 {
		fmt.Fprintf(&text, "%d,firm %d,%.3f\n", 2000+i%20, i/20, 1+float64(i%997)/31)
	}
	for b.Loop() {
		if _, _, err := read(text.String(), Options{Value: []string{"share"}, By: []string{"year"}}); err != nil {
			b.Fatal(err)
		}
	}
}

// What is passed over without its expression is no word of it: names made of the words and of what
// is near them.
func TestNamesPassedOverAreNoWords(t *testing.T) {
	parts := []string{"Others", "other", "Misc.", "n.e.c.", "all", "all the ", "Übrige", "その他", "Total", "sum", "SUMME",
		"i alt", "Σ", "World", "grand ", "sub", "Zwischensumme", "小計", "Gesamt", "suma częściowa", "ſum", "Kombined",
		" ", " firms", " (12 firms)", "*3", "²", "†1", ": ", "-", "firm", "Company", "17", "a", "O", "s", "of " +
			"market", "Q1"}
	rng, words := rand.New(rand.NewPCG(1, 2)), 0
	for range 20_000 {
		name := ""
		for range 1 + rng.IntN(3) {
			name += parts[rng.IntN(len(parts))]
		}
		for what, w := range map[string]word{"rest": restWord, "total": totalWord, "subtotal": subtotalWord,
			"sum": sumOf} {
			matches := w.matches().MatchString(name)
			if matches && !w.may(name) {
				t.Fatalf("%q is passed over as no word of a %s", name, what)
			}
			if matches {
				words++
			}
		}
	}
	if words < 1_000 {
		t.Errorf("%d words alone were tried", words)
	}
	for _, name := range []string{"firm 17", "Company 3", "a3f9", "Lab-2", "Acme Holdings"} {
		if restWord.may(name) || totalWord.may(name) || subtotalWord.may(name) || sumOf.may(name) {
			t.Errorf("%q is not passed over", name)
		}
	}
}

// A digit in front hides no subtotal.
func TestSubtotalsOfQuarters(t *testing.T) {
	out, notes, err := read("firm,sales\na,10\nb,5\nQ1 total,15\nc,7\nd,8\n2-Subtotal,15\n", Options{})
	if err != nil || out.Groups[0].Members != 4 || out.Groups[0].Total != 30 ||
		!strings.Contains(strings.Join(notes, "\n"), `"Q1 total", "2-Subtotal" are each the sum of the rows beside`) {
		t.Errorf("groups %+v, notes %q, error %v", out, notes, err)
	}
}
