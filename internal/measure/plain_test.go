package measure

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
)

// Tables of members alone, whose amounts are sums of one another by chance as those of small whole
// numbers often are, are read as they stand or refused: nothing is taken out of them.
func TestPlainTablesKeepTheirMembers(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	refused, n := 0, 0
	for range 1500 {
		members, shares, wide := 3+rng.IntN(9), rng.IntN(2) == 0, rng.IntN(3) == 0
		amounts := make([]int, members)
		for i := range amounts {
			amounts[i] = 1 + rng.IntN(60)
		}
		if shares { // of 100, in whole numbers
			amounts = make([]int, members)
			for range 100 {
				amounts[int(rng.Float64()*rng.Float64()*float64(members))]++
			}
		}
		var text strings.Builder
		text.WriteString("firm,sales\n")
		if wide {
			text.Reset()
			text.WriteString("Year")
			for i := range amounts {
				fmt.Fprintf(&text, ",Acme %c", 'A'+i)
			}
			text.WriteString("\n2024")
		}
		sum, squares := 0.0, 0.0
		for i, v := range amounts {
			sum += float64(v)
			squares += float64(v * v)
			if wide {
				fmt.Fprintf(&text, ",%d", v)
			} else {
				fmt.Fprintf(&text, "Acme %c,%d\n", 'A'+i, v)
			}
		}
		if v := float64(amounts[0]); !shares && 2*v == sum {
			continue // it may as well be a total
		}
		if v := float64(amounts[members-1]); !shares && 2*v == sum {
			continue
		}
		n++
		r, notes, err := read(text.String(), Options{})
		switch want := 1e4 * squares / (sum * sum); {
		case err != nil:
			refused++
		case !alike(r, []float64{want}):
			t.Errorf("%q: %+v, want %v; notes %q", text.String(), r.Groups, want, notes)
		}
	}
	t.Logf("%d of %d refused", refused, n)
	if refused*50 > n {
		t.Errorf("%d of %d plain tables are refused", refused, n)
	}
}

// Tables with sums in them, of any words and in any place, give the number of their members or are
// refused; a sum never counts as one.
func TestSumsNeverCountAsMembers(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	words := []string{"%s Total", "Total %s", "%s Ergebnis", "%s xyzzy", "Suma %s", "%s 汇总"}
	totals := []string{"Grand Total", "Gesamtergebnis", "Eindtotaal", "plugh", "合計", "Итого"}
	refused, n := 0, 0
	for range 1000 {
		word, total := words[rng.IntN(len(words))], totals[rng.IntN(len(totals))]
		first, withTotal := rng.IntN(2) == 0, rng.IntN(2) == 0
		form := rng.IntN(3)
		text, o := "Firm,Part,Sales\n", Options{Member: "Firm"}
		sum, squares := 0, 0.0
		for f := range 2 + rng.IntN(4) {
			firm, block, all := fmt.Sprintf("Firm%c", 'A'+f), "", 0
			for p := range 2 + rng.IntN(3) {
				v := 1 + rng.IntN(500)
				all += v
				name := firm
				if form == 1 { // outline: the firm's name on the first line alone
					name = ""
				}
				block += fmt.Sprintf("%s,p%d,%d\n", name, p, v)
			}
			switch {
			case form == 1:
				block = fmt.Sprintf("%s,,%d\n", firm, all) + block
			case form == 2: // a part that is all of them
				block += fmt.Sprintf("%s,Total,%d\n", firm, all)
			case first:
				block = fmt.Sprintf("%s,,%d\n", fmt.Sprintf(word, firm), all) + block
			default:
				block += fmt.Sprintf("%s,,%d\n", fmt.Sprintf(word, firm), all)
			}
			text += block
			sum += all
			squares += float64(all * all)
		}
		if withTotal {
			text += fmt.Sprintf("%s,,%d\n", total, sum)
		}
		n++
		r, notes, err := read(text, o)
		switch want := 1e4 * squares / float64(sum*sum); {
		case err != nil:
			refused++
		case !alike(r, []float64{want}):
			t.Errorf("%q: %+v, want %v; notes %q", text, r.Groups, want, notes)
		}
	}
	t.Logf("%d of %d refused", refused, n)
	if refused*20 > n {
		t.Errorf("%d of %d are refused", refused, n)
	}
}
