package paper

import (
	"strings"
	"testing"
)

var sample = Table{Header: []string{"Metric", "Case", "end of 2034"}, Text: 2, Caption: "Mean & 95 % interval",
	Label: "x",
	Rows:  [][]string{{"HHI|sales", "a_b", "−3 (−4 to −2)"}}}

func TestMarkdown(t *testing.T) {
	var b strings.Builder
	if err := sample.Write(&b, "md"); err != nil {
		t.Fatal(err)
	}
	want := `| Metric | Case | end of 2034 |
| --- | --- | ---: |
| HHI\|sales | a_b | −3 (−4 to −2) |

Table: Mean & 95 % interval
`
	if b.String() != want {
		t.Errorf("%s", b.String())
	}
}

func TestLaTeX(t *testing.T) {
	var b strings.Builder
	if err := sample.Write(&b, "latex"); err != nil {
		t.Fatal(err)
	}
	want := `% needs \usepackage{booktabs}
\begin{table}
\centering
\caption{Mean \& 95 \% interval}
\label{tab:x}
\begin{tabular}{llr}
\toprule
Metric & Case & end of 2034 \\
\midrule
HHI\textbar{}sales & a\_b & $-$3 ($-$4 to $-$2) \\
\bottomrule
\end{tabular}
\end{table}
`
	if b.String() != want {
		t.Errorf("%s", b.String())
	}
}
