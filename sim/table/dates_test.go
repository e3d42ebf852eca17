package table

import (
	"slices"
	"strings"
	"testing"
)

// Dates in other orders are read where they can be nothing else, which is said; one that may be two
// is refused by its cell with both, and so is a day number of Excel.
func TestDatesInOtherOrders(t *testing.T) {
	for _, c := range []struct {
		cells []string
		want  []string // nil: refused
		says  string
	}{
		{[]string{"2025-07-31", "2025-07", "2025"}, []string{"2025-07-31", "2025-07", "2025"}, ""},
		{[]string{"31.07.2025", "03.07.2025", "3.7.2025"}, []string{"2025-07-31", "2025-07-03", "2025-07-03"},
			"dates are read in another order, as 2025-07-31 for 31.07.2025"},
		{[]string{"03/07/2025", "31/07/2025"}, []string{"2025-07-03", "2025-07-31"}, "2025-07-03 for 03/07/2025"},
		{[]string{"03/07/2025", "07/31/2025"}, []string{"2025-03-07", "2025-07-31"}, "2025-03-07 for 03/07/2025"},
		{[]string{"03-07-2025", "31-07-2025"}, []string{"2025-07-03", "2025-07-31"}, ""},
		{[]string{"2025/07/31", "2025.07.31"}, []string{"2025-07-31", "2025-07-31"}, ""},
		{[]string{"05/05/2025"}, []string{"2025-05-05"}, ""},
		{[]string{"07/2025", "07.2025", "2025/07"}, []string{"2025-07", "2025-07", "2025-07"}, "2025-07 for 07/2025"},
		{[]string{"31 July 2025", "31. Juli 2025", "31-Jul-2025", "July 31, 2025", "31 juillet 2025",
			"31 de julio de 2025"},
			slices.Repeat([]string{"2025-07-31"}, 6), ""},
		{[]string{"Juli 2025", "août 2025", "Dez. 2025", "März 2025"},
			[]string{"2025-07", "2025-08", "2025-12", "2025-03"}, ""},
		{[]string{"", "never", "32.07.2025", "31.02.2025", "31.07.25"},
			[]string{"", "never", "32.07.2025", "31.02.2025", "31.07.25"}, ""},
		{[]string{"03/07/2025", "04/07/2025"}, nil,
			`"03/07/2025" may be 2025-07-03 or 2025-03-07; write dates as 2025-07-03`},
		{[]string{"31/07/2025", "07/31/2025"}, nil,
			`"31/07/2025" (line 2) has its day first and "07/31/2025" (line 3) its month`},
		{[]string{"45869", "31.07.2025"}, nil, `"45869" is how Excel counts the day 2025-07-31`},
	} {
		s, err := Decode("t.csv", []byte("date,x\n\""+strings.Join(c.cells, "\",1\n\"")+"\",1\n"), Options{})
		if err != nil {
			t.Fatal(err)
		}
		column, err := s.Column("date")
		if err != nil {
			t.Fatal(err)
		}
		got, err := column.Dates()
		switch notes := strings.Join(s.Notes(), "\n"); {
		case c.want == nil && (err == nil || !strings.Contains(err.Error(), c.says)):
			t.Errorf("%q: %v, want %q", c.cells, err, c.says)
		case c.want != nil && (err != nil || !slices.Equal(got, c.want)):
			t.Errorf("%q are %q, want %q (%v)", c.cells, got, c.want, err)
		case c.want != nil && !strings.Contains(notes, c.says):
			t.Errorf("%q: %q does not say %q", c.cells, notes, c.says)
		case slices.Equal(c.want, c.cells) && strings.Contains(notes, "dates"):
			t.Errorf("%q: %q is said of nothing", c.cells, notes)
		}
	}
}
