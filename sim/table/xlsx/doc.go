// Package xlsx reads tables out of workbooks of Excel, LibreOffice and others that write .xlsx, and
// writes a folder's tables as one. Numbers are taken as they are kept, not as they are shown, so
// that a column of percentages holds parts of 1; dates become 2024-01-31.
//
//	table.Register(xlsx.Codec) // package formats does
//	sheet, err := table.Open("shares.xlsx", nil, table.Options{})
//
// No formula is computed, and no cell that it writes is one.
package xlsx
