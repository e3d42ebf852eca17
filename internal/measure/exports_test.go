package measure

import (
	"strings"
	"testing"
)

// Tables as spreadsheets, statistics offices and programs write them, each with one reading.
func TestExportsOfOthers(t *testing.T) {
	for _, test := range []struct {
		name, text string
		o          Options
		hhi        []float64 // by group
		says       string
	}{
		// Pivots in other languages.
		{"German", "Firma;Produkt;Umsatz\nOpenAI;ChatGPT;40\nOpenAI;API;15\nOpenAI Ergebnis;;55\nGoogle;Gemini;20\n" +
			"Google;Vertex;10\nGoogle Ergebnis;;30\nGesamtergebnis;;85\n", Options{Member: "Firma"}, []float64{5432.53},
			`"Gesamtergebnis", "OpenAI Ergebnis", "Google Ergebnis" are each the sum`},
		{"Dutch",
			"F;P;U\nOpenAI;a;40\nOpenAI;b;15\nTotaal OpenAI;;55\nGoogle;c;20\nGoogle;d;10\nTotaal Google;;30\n" +
				"Eindtotaal;;85\n",
			Options{Member: "F"}, []float64{5432.53}, `"Totaal OpenAI"`},
		{"Polish",
			"F;P;U\nOpenAI;a;40\nOpenAI;b;15\nOpenAI Suma;;55\nGoogle;c;20\nGoogle;d;10\nGoogle Suma;;30\n" +
				"Suma końcowa;;85\n",
			Options{Member: "F"}, []float64{5432.53}, `"OpenAI Suma"`},
		{"Russian",
			"F;P;U\nOpenAI;a;40\nOpenAI;b;15\nOpenAI Итог;;55\nGoogle;c;20\nGoogle;d;10\nGoogle Итог;;30\nОбщий итог;;85\n",
			Options{Member: "F"}, []float64{5432.53}, `"OpenAI Итог"`},
		{"Chinese", "F;P;U\nOpenAI;a;40\nOpenAI;b;15\nOpenAI 汇总;;55\nGoogle;c;20\nGoogle;d;10\nGoogle 汇总;;30\n总计;;85\n",
			Options{Member: "F"}, []float64{5432.53}, `"OpenAI 汇总"`},
		{"a language that is not known", "F;P;U\nOpenAI;a;40\nOpenAI;b;15\nOpenAI xyzzy;;55\nGoogle;c;20\nGoogle;d;10\n" +
			"Google xyzzy;;30\nplugh;;85\n", Options{Member: "F"}, []float64{5432.53}, `"plugh" is the sum of the others`},
		{"a rounded total of no known name", "F;U\nO;50\nG;30\nA;20\nplugh;99\n", Options{}, []float64{3800},
			`"plugh" is the sum of the others`},
		{"two totals",
			"firm,rev\nA,50\nB,30\nC,20\nSumme,100\nMarkt,100\n", Options{}, []float64{3800},
			`"Markt" is the total once more`},

		// Sums at the head of a block.
		{"outline form",
			"Firm,Product,Sales\nOpenAI,,55\n,ChatGPT,40\n,API,15\nGoogle,,30\n,Gemini,20\n,Vertex,10\nOther,,15\n",
			Options{Member: "Firm"}, []float64{3925}, `"OpenAI", "Google" are each the sum`},
		{"outline form by product",
			"Firm,Product,Sales\nOpenAI,,55\n,ChatGPT,40\n,API,15\nGoogle,,30\n,Gemini,20\n,Vertex,10\nOther,,15\n",
			Options{Member: "Product"}, []float64{2325}, `"Other" is taken for a remainder`},
		{"regions over countries",
			"Region,Land,Umsatz\nEuropa,,80\n,DE,60\n,AT,20\nAsien,,20\n,CN,15\n,JP,5\nGesamt,,100\n",
			Options{}, []float64{4250}, `"Gesamt" is the sum of the others`},
		{"a total per firm",
			"firm,segment,rev\nOpenAI,Total,60\nOpenAI,Ent,40\nOpenAI,Cons,20\nGoogle,Total,40\nGoogle,Ent,10\n" +
				"Google,Cons,30\n", Options{Member: "firm"}, []float64{5200},
			`"OpenAI, Total", "Google, Total" are each the sum`},
		{"a code for all",
			"sex,geo,val\nT,AT,60\nM,AT,40\nF,AT,20\nT,DE,140\nM,DE,110\nF,DE,30\n", Options{Member: "geo"},
			[]float64{5800}, `"AT, T", "DE, T"`},
		{"a label for all that is not known", "what,geo,val\nq,AT,60\nm,AT,40\nf,AT,20\nq,DE,140\nm,DE,110\nf,DE,30\n",
			Options{Member: "geo"}, []float64{5800}, `"AT, q", "DE, q"`},

		// Aggregates among their parts.
		{"unions of countries", "geo;2023;2024\nEU27_2020;100;100\nEA20;80;80\nAT;20;20\nDE;60;60\nSE;20;20\n", Options{},
			[]float64{4400, 4400}, `"EU27_2020", "EA20" are each the sum`},
		{"the world and its rich",
			"Country Name,Country Code,Indicator Name,2022,2023\nGermany,DEU,x,110,120\nFrance,FRA,x,70,80\n" +
				"India,IND,x,50,60\nWorld,WLD,x,230,260\nHigh income,HIC,x,180,200\n", Options{}, []float64{3686.2, 3609.47},
			`"High income" is the sum of other rows`},
		{"the total that the user names",
			"Country Name,2022\nGermany,110\nFrance,70\nIndia,50\nWorld,230\nHigh income,180\n",
			Options{Total: []string{"World"}, Value: []string{"2022"}}, []float64{3686.2}, `"High income" is the sum`},
		{"continents between countries, by the alphabet",
			"Entity,Code,Year,Emissions\nAfrica,,2023,30\nAsia,,2023,100\n" +
				"China,CHN,2023,60\nEgypt,EGY,2023,30\nEurope,,2023,50\nFrance,FRA,2023,20\nGermany,DEU,2023,30\n" +
				"High-income countries,,2023,50\nIndia,IND,2023,40\nWorld,OWID_WRL,2023,180\n", Options{}, []float64{2283.95},
			`"Africa", "Asia", "Europe" and 1 more are each the sum of other rows`},
		{"continents whose sum nothing shows",
			"Entity,Code,Year,Emissions\nAfrica,,2023,30\nChina,CHN,2023,60\nEgypt,EGY,2023,30\n",
			Options{}, []float64{3750}, `"Africa" is counted as a member`},
		{"a sum of the first three", "Firm,Share\nOpenAI,50\nGoogle,20\nAnthropic,10\nTop " +
			"3,80\nOthers,20\nTotal,100\n", Options{},
			[]float64{3000}, `"Top 3" is the sum of other rows`},
		{"an HHI below the shares", "Firm,Share\nOpenAI,50\nGoogle,30\nAnthropic,20\nHHI,3800\n", Options{},
			[]float64{3800},
			`"HHI" is taken for no member`},
		{"a sample below the shares", "Firm,Share\nOpenAI,50\nGoogle,30\nAnthropic,20\nN,600\n", Options{},
			[]float64{3800},
			`"N" is taken for no member`},
		{"a total of a part",
			"firm,revenue\nTotal,100\nTotal Europe,80\nAT,20\nDE,60\nSE,20\n", Options{}, []float64{4400},
			`"Total Europe" is the sum of other rows`},
		{"chance",
			"firm,sales\nA,40\nB,25\nC,15\nD,70\n", Options{}, []float64{3266.67},
			`"A" is also the sum of "B", "C" beside it`},

		// Dates as headings.
		{"a corner that names the columns",
			"Year,2023,2024\nOpenAI,50,60\nGoogle,50,40\n", Options{}, []float64{5000, 5200}, "periods"},
		{"quarters",
			"Quarter,Q1 2024,Q2 2024\nOpenAI,50,60\nGoogle,50,40\n", Options{}, []float64{5000, 5200}, "periods"},
		{"quarters without a year",
			"Firm,Q1,Q2\nOpenAI,50,60\nGoogle,50,40\n", Options{}, []float64{5000, 5200}, "periods"},
		{"World Bank",
			"Country Name,2022 [YR2022],2023 [YR2023]\nGermany,50,60\nFrance,50,40\n", Options{}, []float64{5000, 5200},
			"periods"},
		{"R", "firm,X2023,X2024\nA,50,60\nB,50,40\n", Options{}, []float64{5000, 5200}, "periods"},
		{"Stata", "firm,share2023,share2024\nA,50,60\nB,50,40\n", Options{}, []float64{5000, 5200}, "periods"},
		{"a stem", "firm,share_2023,share_2024\nA,50,60\nB,50,40\n", Options{}, []float64{5000, 5200}, "periods"},
		{"a unit",
			"firm,Revenue 2024 (USD m),Revenue 2023 (USD m)\nA,50,60\nB,50,40\n", Options{}, []float64{5000, 5200},
			"periods"},
		{"estimates and growth", "firm,2023,2024e,CAGR\nA,50,60,0.2\nB,50,40,-0.2\n", Options{}, []float64{5000, 5200},
			"column CAGR is taken for a change"},
		{"a German change",
			"Land;2023;2024;Veränderung\nDE;50;60;10\nFR;50;40;-10\n", Options{}, []float64{5000, 5200}, "change"},
		{"fiscal years", "firm,FY23,FY24E\nA,50,60\nB,50,40\n", Options{}, []float64{5000, 5200}, "periods"},
		{"a sum over years",
			"Row Labels,2023,2024,Grand Total\nA,40,50,90\nB,30,20,50\nGrand Total,70,70,140\n", Options{},
			[]float64{5102.04, 5918.37}, "column Grand Total stands beside dates"},

		{"pandas, with the name of the index below the header", "year,2023,2024\nfirm,,\nA,50,60\nB,50,40\n", Options{},
			[]float64{5000, 5200}, `line 2 is left out, for it names the column: "firm"`},
		{"years as decimals", "firm,2023.0,2024.0\nA,50,60\nB,50,40\n", Options{}, []float64{5000, 5200}, "periods"},
		{"Eurostat's own text", "freq,unit,geo\\TIME_PERIOD\t2022 \t2023 \nA,PC,AT\t50.0 \t60.0 b\nA,PC,DE\t50.0 " +
			"e\t40.0 p\n",
			Options{}, []float64{5000, 5200}, "letters behind numbers are flags and left off, 3 of them"},

		{"quantities in rows", "Firm,OpenAI,Google,Anthropic\nRevenue 2023,50,30,20\nRevenue 2024,40,40,20\n", Options{},
			[]float64{3800, 3600}, "a member each"},
		{"an empty column beside nameless names", ";Share;in percent\nChatGPT;60%;\nGemini;25%;\nClaude;15%;\n",
			Options{},
			[]float64{4450}, "taken for the names of rows"},
		{"SDMX of the OECD", "STRUCTURE,REF_AREA,Reference area,Measure,UNIT_MEASURE,TIME_PERIOD,Time period,OBS_VALUE," +
			"OBS_STATUS,UNIT_MULT,DECIMALS\nD,AUS,Australia,RD,USD,2022,,1000,A,6,1\nD,AUT,Austria,RD,USD,2022,,500,A,6,1\n" +
			"D,OECD,OECD,RD,USD,2022,,1500,A,6,1\n", Options{}, []float64{5555.56}, `"OECD" is the sum`},

		// Names of firms that mean something else elsewhere.
		{"firms called as quantities are", "Date,Delta,Base,Scale\n2024-01,50,30,20\n2024-02,40,40,20\n",
			Options{},
			[]float64{3800, 3600}, "columns Delta, Base, Scale are taken for a member each"},
		{"firms called by years, among others", "Date,Firm 1901,Firm " +
			"1902,Open,Close,Deep\n2024-01,50,30,10,5,5\n2024-02,40,40,10,5,5\n",
			Options{}, []float64{3550, 3350}, "a member each"},
		{"shares that look like months", "Date,A,B,C\n2024-01,0.1988,0.5,0.3012\n2024-02,0.2025,0.4,0.3975\n", Options{},
			[]float64{3802.44, 3590.12}, "columns A, B, C are taken for a member each"},
		{"newspapers", "Jahr;Zeit;Spiegel;Welt\n2023;45;35;20\n2024;40;40;20\n", Options{}, []float64{3650, 3600},
			"columns Zeit, Spiegel, Welt are taken for a member each"},
		{"a firm called as a month is", "Date,Mars,Nestle\n2024-01,60,40\n2024-02,50,50\n", Options{},
			[]float64{5200, 5000},
			"columns Mars, Nestle are taken for a member each"},
		{"shares that may be sums and add up", "firm,share\nA,40\nB,25\nC,15\nD,10\nE,6\nF,4\n", Options{},
			[]float64{2602}, ""},
		{"a nameless row of a region", "Region,Firm,Sales\nUS,A,10\nUS,B,20\nEU,,30\n", Options{Total: []string{NoTotal}},
			[]float64{3888.89}, "1 row without a name in column Firm counts as a member of its own, line 4"},

		{"parts of rows", "Segment;2023;2024\nA;50;60\nB;50;40\nSumme;100;100\ndavon A;50;60\n", Options{},
			[]float64{5000, 5200},
			`"davon A" is taken for parts of other rows`},
		{"of which", "Firm,Share\nof which: A1,30\nA,50\nof which: A2,20\nB,50\n", Options{}, []float64{5000},
			`"of which: A1", "of which: A2" are taken for parts`},
		{"a difference in Greek", "Firm;Anteil 2023;Anteil 2024;Δ\nA;50,0;60,0;+10\nB;50,0;40,0;-10\n", Options{},
			[]float64{5000, 5200}, "column Δ is taken for a change"},
		{"a count beside percentages", "Date,A,B,Answers\n2024-01,60%,20%,500\n", Options{}, []float64{6250},
			"column Answers is taken for no member"},

		{"brands and owners", "Brand,Owner,Share\nx,A,30\ny,A,20\nz,B,50\n", Options{}, []float64{3800},
			`"A" stands on several rows`},
		{"waves of a survey", "Wave,OpenAI,Google,Other,N=\n1,50,30,20,1200\n2,40,40,20,1250\n", Options{},
			[]float64{3400, 3200},
			"column N= is taken for no member"},

		{"a total with a remark", "Company,Revenue\nA,5\nB,3\nIndustry total (2 firms),8\n", Options{}, []float64{5312.5},
			`"Industry total (2 firms)" is the sum`},

		// Columns that are no members.
		{"a sample size",
			"Date,Chrome,Safari,Edge,Other,Sample size\n2024-01,65,18,6,11,120000\n2024-02,65,18,6,11,130000\n",
			Options{}, []float64{4585, 4585}, "column Sample size is taken for no member"},
		{"an HHI",
			"Year,OpenAI,Anthropic,Google,HHI\n2023,50,30,20,3800\n2024,40,40,20,3600\n", Options{}, []float64{3800, 3600},
			"column HHI is taken for no member"},
		{"a market size",
			"Year,Market size (USD bn),OpenAI,Anthropic,Google\n2023,7,50,30,20\n2024,14,40,40,20\n", Options{},
			[]float64{3800, 3600}, "column Market size (USD bn) is taken for no member"},
		{"a column that does not fit",
			"Year,Plugh,OpenAI,Anthropic,Google\n2023,7,50,30,20\n2024,14,40,40,20\n", Options{},
			[]float64{3800, 3600}, "the others add up to a whole without it"},
		{"a total by segment",
			"Segment,OpenAI,Anthropic,Total\nEnt,50,50,100\nCons,40,60,100\n", Options{}, []float64{5000, 5200},
			`"Total" is the sum of the others`},
		{"a row of totals",
			"Segment,OpenAI,Anthropic\nEnt,50,50\nCons,40,60\nTotal,90,110\n", Options{}, []float64{5000, 5200, 5050},
			"a member each"},

		// Markets and dates in one group are said.
		{"markets", "firm,segment,rev\nA,ent,50\nB,ent,50\nC,cons,60\nD,cons,40\n", Options{}, []float64{2550},
			"rows of 2 different values of segment make one group; --by segment"},
		{"dates, as the user wants",
			"date,firm,rev\n2023-12-31,A,50\n2023-12-31,B,50\n2024-12-31,C,60\n2024-12-31,D,40\n",
			Options{Value: []string{"rev"}}, []float64{2550},
			"rows of 2 different values of date make one group, all dates together"},

		// Remainders.
		{"two remainders", "firm,share\nMeta,40\nGoogle,30\nOther US,10\nOther EU,20\n", Options{}, []float64{2500},
			`"Other US", "Other EU" are taken for a remainder`},
		{"two that the user names",
			"firm,share\nMeta,40\nGoogle,30\nx,10\ny,20\n", Options{Rest: []string{"x", "y"}}, []float64{2500},
			""},
		{"one that the user does not name", "firm,share\nMeta,40\nGoogle,30\nOther,30\n", Options{Rest: []string{"Meta"}},
			[]float64{1800}, `"Other" counts as a member, for --rest names another`},
		{"a name that begins so", "firm,share\nOther World Computing,60\nB,40\n", Options{}, []float64{5200},
			`"Other World Computing" counts as a member; if it is a remainder`},
		{"a row without a name",
			"firm,share\nA,60\nn/a,40\n", Options{}, []float64{5200}, "1 row without a name in column firm"},
	} {
		r, notes, err := read(test.text, test.o)
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
			continue
		}
		if !alike(r, test.hhi) {
			t.Errorf("%s: %+v, want HHI %v; notes %q", test.name, r.Groups, test.hhi, notes)
		}
		if !strings.Contains(strings.Join(notes, "\n"), test.says) {
			t.Errorf("%s: notes %q, want %q", test.name, notes, test.says)
		}
	}
}

// Remainders of the languages of those who publish tables, and names of firms that begin alike.
func TestWordsOfLanguages(t *testing.T) {
	for w, names := range map[*word][]string{
		&restWord: {"Autres acteurs", "Autres éditeurs", "Otros proveedores", "Altri operatori", "die übrigen",
			"Restliche Anbieter", "Sonst.", "Everyone else", "Long tail", "ROW", "Unknown", "Diğer", "Inni", "Egyéb",
			"أخرى",
			"その他", "其他公司", "기타", "Other (12 firms)", "Other / Unknown", "Rest of the world", "Övriga företag"},
		&totalWord: {"Eindtotaal", "Gesamtergebnis", "Suma końcowa", "Totalsumma", "Общий итог", "总计", "汇总", "合計",
			"Totale complessivo", "Total général", "Genel Toplam", "Összesen", "Yhteensä", "Celkem", "Tổng cộng"},
		&aggregateWord: {"EU27_2020", "EA20", "Euro area", "OECD", "High income", "Latin America & Caribbean", "Top 5"},
	} {
		for _, name := range names {
			if !w.is(name) {
				t.Errorf("%q is not told", name)
			}
		}
	}
	for _, name := range []string{"Rowland", "Otherside", "Andersson", "Unknown Worlds", "Tailscale", "Sumup",
		"Alleanza",
		"Marketo", "Worldline", "Restaurant Brands", "Gesamtwerk", "Innetech", "Euronext", "Oecon", "Africa Data " +
			"Centres"} {
		if restWord.is(name) || totalWord.is(name) || aggregateWord.is(name) {
			t.Errorf("the firm %q is taken for a remainder or a sum", name)
		}
	}
}
