// Package paper writes small tables as papers have them: Markdown, or LaTeX with booktabs. Cells
// are text that somebody else has formatted; escaping is done here, and nothing is rounded.
//
//	t := paper.Table{Header: []string{"metric", "effect"}, Rows: [][]string{{"HHI", "−226"}}, Text: 1}
//	err := t.Write(os.Stdout, "latex")
package paper
