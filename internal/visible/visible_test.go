package visible_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"testing"

	"simulate/internal/visible"
)

func TestHiddenCharacters(t *testing.T) {
	for text, want := range map[string]string{
		"Société 8×, 30 % – η":            "",
		"two\nlines\tand a tab":           "",
		"مختبر":                           "",
		"\x1b]0;owned\aX":                 "\uFFFD]0;owned\uFFFDX",
		"\x00":                            "\uFFFD",
		"a\rb":                            "a\uFFFDb",
		"\x7f":                            "\uFFFD",
		"\u009b31m":                       "\uFFFD31m",
		"abc\u202edef":                    "abc\uFFFDdef",
		"\u2066x\u2069":                   "\uFFFDx\uFFFD",
		"page\u2028break":                 "page\uFFFDbreak",
		"mark \ufeff inside":              "mark \uFFFD inside",
		string([]byte{'a', 0xff, 0x1b}):   "a\uFFFD\uFFFD",
		"\ufffd stays what it was before": "",
	} {
		if _, found := visible.Hidden(text); found != (want != "") {
			t.Errorf("%q: hidden %v", text, found)
		}
		if want == "" {
			want = text
		}
		if got := visible.Text(text); got != want {
			t.Errorf("%q is shown as %q, want %q", text, got, want)
		}
		var b bytes.Buffer
		if n, err := visible.Writer(&b).Write([]byte(text)); n != len(text) || err != nil || b.String() != want {
			t.Errorf("%q is written as %q (%d, %v), want %q", text, b.String(), n, err, want)
		}
	}
}

func TestFormulas(t *testing.T) {
	for _, text := range []string{"=cmd|X", "+1 a", "-1 a", "@sum", "＝1"} {
		if !visible.Formula(text) {
			t.Errorf("%q is a formula to a spreadsheet", text)
		}
	}
	for _, text := range []string{"", "a=b", "8x", "−1", "(1)", "'=1"} {
		if visible.Formula(text) {
			t.Errorf("%q is no formula", text)
		}
	}
}

func ExampleText() {
	fmt.Println(visible.Text("a label with \x1b[1ma command to the terminal"))
	// Output: a label with �[1ma command to the terminal
}

func TestJSONKeepsWhatItEscapes(t *testing.T) {
	const text = "a\u009bb\u202ec\x7f"
	coded, err := json.Marshal(text)
	if err != nil {
		t.Fatal(err)
	}
	safe := visible.JSON(coded)
	var back string
	if _, found := visible.Hidden(string(safe)); found || json.Unmarshal(safe, &back) != nil || back != text {
		t.Errorf("%s reads as %q", safe, back)
	}
}

func TestRawIsTheWriterBehind(t *testing.T) {
	var b bytes.Buffer
	for _, w := range []io.Writer{&b, visible.Writer(&b)} {
		if visible.Raw(w) != io.Writer(&b) {
			t.Error("another writer")
		}
	}
}
