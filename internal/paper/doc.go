// Package paper writes small tables as papers have them: Markdown, or LaTeX with booktabs. Cells are
// text that somebody else has formatted; escaping is done here.
package paper
