// Package xlsx reads tables out of workbooks of Excel, LibreOffice and others that write .xlsx.
// Numbers are taken as they are kept, not as they are shown, so that a column of percentages holds
// parts of 1; dates are written as 2024-01-31.
package xlsx
