package measure

import (
	"math"
	"regexp"
	"strings"
	"testing"

	"simulate/sim/table"
)

// option is an option of a message with its value, quoted for a shell or bare.
var option = regexp.MustCompile(`--(value|by|members|member|total|rest|sums-are|skip-missing)(?: ('[^']*'|` +
	`"[^"]*"|[^\s;]+))?`)

// offered are the options that a message offers, a set for each remedy: options that follow one
// another with spaces alone between them are one.
func offered(message string, base Options) (sets []Options) {
	end := -1
	for _, m := range option.FindAllStringSubmatchIndex(message, -1) {
		if end >= 0 && strings.TrimSpace(message[end:m[0]]) != "" {
			end = -1
		}
		if end < 0 {
			sets = append(sets, base)
		}
		o := &sets[len(sets)-1]
		end = m[1]
		value := ""
		if m[4] >= 0 {
			value = message[m[4]:m[5]]
			if quoted := strings.Trim(value, `'"`); quoted != value {
				value = quoted
			} else if value = strings.TrimRight(value, ",.:"); len(value) < m[5]-m[4] {
				end -= m[5] - m[4] - len(value)
			}
		}
		switch message[m[2]:m[3]] {
		case "value":
			o.Value = table.SplitNames(value)
		case "by":
			o.By = table.SplitNames(value)
		case "member":
			o.Member = value
		case "members":
			o.Members = table.SplitNames(value)
		case "total":
			o.Total = []string{value}
		case "rest":
			o.Rest = []string{value}
		case "sums-are":
			o.SumsAre = value
		case "skip-missing":
			o.SkipMissing = true
		}
	}
	return sets
}

// Tables that can be read in two ways are refused, and every remedy of the refusal gives one of the
// readings that its words name, or a refusal; none gives another number. What is not of two minds
// has its number at once.
func TestRemediesGiveTheirReading(t *testing.T) {
	for _, test := range []struct {
		name, text string
		o          Options
		says       string      // of the refusal
		right      [][]float64 // HHI by group, of each reading
	}{
		{"sums above their parts", "Region,Umsatz\nEuropa,80\nDE,60\nAT,20\nAsien,20\nCN,15\nJP,5\n", Options{},
			`2:8: column Umsatz: "Europa" of 80 is the sum of "DE", "AT"`, [][]float64{{4250}, {6800}, {2762.5}}},
		{"sums above their parts, and a total",
			"Region;Umsatz\nEuropa;80\nDE;60\nAT;20\nAsien;20\nCN;15\nJP;5\nGesamt;100\n", Options{},
			`"Europa" of 80 is the sum`, [][]float64{{4250}, {6800}}},
		{"a pivot of two levels in one column",
			"Zeilenbeschriftungen;Summe\nOpenAI;55\nChatGPT;40\nAPI;15\nGoogle;30\nGemini;20\nVertex;10\n" +
				"Gesamtergebnis;85\n",
			Options{}, "--sums-are members", [][]float64{{3217.99}, {5432.53}}},
		{"an aggregate without a telling name beside a total",
			"firm,sales\nA,55\nB,40\nC,15\nD,30\nTotal,85\n", Options{}, `"A" of 55 is the sum of "B", "C"`,
			[][]float64{{1e4 * (1600 + 225 + 900) / 7225.}, {1e4 * (3025 + 900) / 7225.}}},
		{"dates in a column", "date,firm,rev\n31.12.2023,A,50\n31.12.2023,B,50\n31.12.2024,C,60\n31.12.2024,D,40\n",
			Options{}, "2:1: column date: the rows are of 2 dates", [][]float64{{5000, 5200}, {2550}}},
		{"years, and a member that is named",
			"Year,firm,seg,rev\n2023,A,x,30\n2023,A,y,20\n2023,B,x,50\n2024,A,x,60\n2024,B,y,40\n",
			Options{Member: "firm"}, "--value rev --member firm", [][]float64{{5000, 5200}, {5050}}},
		{"two currencies", "firm,currency,rev\nA,USD,4500\nB,EUR,320\nC,USD,4500\nD,EUR,320\n", Options{},
			`3:3: column currency: "EUR" stands beside "USD"`, [][]float64{{5000, 5000}}},
		{"two units",
			"Kunde;Betrag;Währung\nAlpha;1.234.567,89;EUR\nBeta;987.654,32;USD\n", Options{}, `"USD" stands beside "EUR"`,
			[][]float64{{10000, 10000}}},
		{"units in a wide table",
			"unit,geo,2022,2023\nMIO_EUR,AT,100,100\nMIO_EUR,DE,300,100\nPC_GDP,AT,3,3\nPC_GDP,DE,3,1\n",
			Options{}, `"PC_GDP" stands beside "MIO_EUR"`, [][]float64{{6250, 5000, 5000, 6250}}},
		{"indicators",
			"Country Name,Series Name,2023\nGermany,GDP,100\nFrance,GDP,100\nGermany,People,80\nFrance,People,20\n",
			Options{}, `"People" stands beside "GDP"`, [][]float64{{5000, 6800}}},
		{"firms in rows, markets in columns", "firm,rev_enterprise,rev_consumer\nOpenAI,50,50\nGoogle,40,60\n", Options{},
			"the rows of column firm are the members", [][]float64{{5061.73}, {5061.73, 5041.32}}},
		{"rows and columns add up", "Market,A,B\nx,60,40\ny,40,60\n", Options{}, "both the rows and the columns",
			[][]float64{{5200, 5200}}},
		{"a total that differs", "firm,share\nA,50\nB,30\nC,18\nTotal,100\n", Options{}, `"Total" of 100 is not the sum`,
			[][]float64{{1e4 * (2500 + 900 + 324) / 9604.}, {1e4 * (2500 + 900 + 324 + 1e4) / (198. * 198)}}},
		{"a total per firm that differs", "firm,segment,rev\nA,Total,60\nA,x,40\nA,y,10\nB,Total,40\nB,x,10\nB,y,30\n",
			Options{Member: "firm"}, `2:3: column segment: "Total" of 60 is not the sum of the other rows of A, 50`,
			[][]float64{{1e4 * (2500 + 1600) / 8100.}}},
		{"a head that is not the sum of its block",
			"Region,Land,Umsatz\nEuropa,,90\n,DE,60\n,AT,20\nAsien,,20\n,CN,15\n,JP,5\n",
			Options{}, `2:9: column Umsatz: "Europa" of 90 heads rows that add up to 80`,
			[][]float64{{4250}}},
		{"lines that head blocks", "firm,share\n2023,\nA,45\nB,55\n2024,\nA,40\nB,60\n", Options{},
			`2:1: column firm: "2023" stands above rows without an amount`, nil},
		{"lines that head blocks, missing amounts left out",
			"firm,share\nEnterprise,\nA,45\nB,55\nConsumer,\nA,40\nB,60\n",
			Options{SkipMissing: true}, `"Enterprise" stands above rows`, nil},
		{"a code beside the amounts", "BuKr,Kunde,Betrag\n1000,A,60\n1000,B,40\n", Options{}, "--value Betrag",
			[][]float64{{5200}, {5000, 5200}}},
		{"long form", "country,variable,value\nUS,OpenAI,60\nUS,Google,40\nDE,OpenAI,50\nDE,Google,50\n", Options{},
			`"Google" stands beside "OpenAI"`, [][]float64{{5041.32, 5061.73}, {5200, 5000}}},
		{"long form of years",
			"firm,name,value\nA,share_2023,50\nA,share_2024,60\nB,share_2023,50\nB,share_2024,40\n", Options{},
			"2:3: column name: the rows are of 2 dates", [][]float64{{5000, 5200}, {2550}}},
		{"powers of ten", "REF_AREA,TIME_PERIOD,OBS_VALUE,UNIT_MULT\nAUS,2022,1000,6\nAUT,2022,0.5,9\n", Options{},
			`"9" stands beside "6"`, [][]float64{{10000, 10000}}},
		{"firms across", "Firm,OpenAI,Google,Anthropic\nEnterprise,50,30,20\nConsumer,40,40,20\n", Options{}, "if " +
			"each column is",
			[][]float64{{3800, 3600}, {5061.73}, {5061.73, 5102.04, 5000}}},
		{"quantities of firms across", "Firm,OpenAI,Google\nRevenue,50,30\nEmployees,400,300\n", Options{},
			"--members OpenAI,Google",
			[][]float64{{5312.5, 5102.04}, {8024.69}, {8024.69, 8347.11}}},
		{"a press table", "Company,2023 Revenue,2023 Market Share (%),2024 Revenue,2024 Market Share (%),2023-2024 " +
			"Growth (%)\n" +
			"Amazon,60,60.0,65,54.2,8.3\nMicrosoft,30,30.0,40,33.3,33.3\nOthers,10,10.0,15,12.5,50.0\n" +
			"Total,100,100.0,120,100.0,20.0\n",
			Options{}, "are amounts of different things", [][]float64{{4500, 4045.14}, {4500, 4046.53}}},
		{"items below their firm", "Firm,Share\nA,50\n- A1,30\n- A2,20\nB,50\n", Options{},
			`"A" of 50 is the sum of "- A1", "- A2"`,
			[][]float64{{5000}, {3800}, {2800}}},
		{"percentages beside amounts", "Year,A,A share,B,B share\n2023,5,50%,5,50%\n2024,6,60%,4,40%\n", Options{},
			"hold percentages and columns", [][]float64{{5000, 5200}}},
		{"a sum over quarters", "Firm,Q1,Q2,Year\nA,20,30,50\nB,30,20,50\n", Options{}, "--value Q1,Q2, or --value Year",
			[][]float64{{5200, 5200}, {5000}}},
		{"amounts of two things by year",
			"firm,sales 2023,sales 2024,staff 2023,staff 2024\nA,50,60,10,30\nB,50,40,10,10\n",
			Options{}, "are amounts of different things", [][]float64{{5000, 5200}, {5000, 6250}}},
	} {
		_, _, err := read(test.text, test.o)
		if err == nil || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: error %v, want %q", test.name, err, test.says)
			continue
		}
		used := make([]bool, len(test.right))
		for _, o := range offered(err.Error(), test.o) {
			r, _, err := read(test.text, o)
			if err != nil {
				t.Logf("%s: %+v is refused: %v", test.name, o, err)
				continue
			}
			found := false
			for k, want := range test.right {
				if alike(r, want) {
					found, used[k] = true, true
				}
			}
			if !found {
				t.Errorf("%s: the remedy %+v gives %+v, none of %v", test.name, o, r.Groups, test.right)
			}
		}
		for k, is := range used {
			if !is {
				t.Errorf("%s: no remedy gives %v: %v", test.name, test.right[k], err)
			}
		}
	}
}

func alike(r *Result, hhi []float64) bool {
	if len(r.Groups) != len(hhi) {
		return false
	}
	for i, g := range r.Groups {
		if math.Abs(g.Values[0]-hhi[i]) > .05 {
			return false
		}
	}
	return true
}
