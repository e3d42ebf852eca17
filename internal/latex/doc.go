// Package latex writes text for LaTeX sources: what has a meaning there is escaped, and signs that
// pdfLaTeX's fonts lack are written as commands.
//
//	latex.Escape("95 % of sales") // 95 \% of sales
//
// It knows nothing of figures and tables.
package latex
