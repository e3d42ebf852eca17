package xlsx

import (
	"archive/zip"
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"simulate/sim/table"
)

// Codec is what a program registers with the package table.
var Codec = table.Codec{Name: "workbook", Extension: ".xlsx", Is: isWorkbook, Sheet: sheet}

// mostBytes bounds what a workbook unpacks to.
const mostBytes = 512 << 20

// isWorkbook tells .xlsx, and other archives that a workbook may be mistaken for.
func isWorkbook(data []byte) bool {
	if !bytes.HasPrefix(data, []byte("PK\x03\x04")) {
		return false
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return bytes.Contains(data, []byte("[Content_Types].xml")) // cut short; said when it is read
	}
	return slices.ContainsFunc(z.File, func(f *zip.File) bool {
		return f.Name == "[Content_Types].xml" ||
			f.Name == "content.xml"
	})
}

// sheet reads the named sheet, or the first with numbers, or the first that holds anything.
func sheet(path string, data []byte, o table.Options) (s *table.Sheet, err error) {
	wrong := func(format string, args ...any) error {
		return table.Problems{path + ": " + fmt.Sprintf(format, args...)}
	}
	defer func() {
		if broken := recover(); broken != nil {
			err = wrong("the workbook is damaged (%v); open it and save it again", broken)
		}
	}()
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{UnzipSizeLimit: mostBytes,
		UnzipXMLSizeLimit: 64 << 20, RawCellValue: true})
	if err != nil {
		if bytes.Contains(data[:min(len(data), 200)], []byte("opendocument")) {
			return nil, wrong("this is a sheet of OpenDocument (.ods); save it as .xlsx or as CSV UTF-8")
		}
		return nil, wrong("the workbook cannot be read (%v); open it and save it again as .xlsx", err)
	}
	defer f.Close()
	names := f.GetSheetList()
	if o.Sheet != "" && !slices.Contains(names, o.Sheet) {
		return nil, wrong("there is no sheet %q; it has %s", o.Sheet, strings.Join(names, ", "))
	}
	var held, others []string
	used, refused := "", error(nil)
	for _, name := range names {
		if o.Sheet != "" && name != o.Sheet {
			continue
		}
		g, filled, err := rows(f, name, len(data) <= mostForFormulas)
		if err != nil {
			return nil, wrong("sheet %s: %v", name, err)
		}
		if filled == 0 {
			continue
		}
		held = append(held, name)
		if s != nil && hasNumbers(s) {
			continue
		}
		t, bad := table.FromGrid(path, g, o, func(row, column int) string {
			at, _ := excelize.CoordinatesToCellName(column, row)
			return fmt.Sprintf("%s: %s!%s", path, name, at)
		})
		if first := used == ""; first || bad == nil && hasNumbers(t) {
			s, refused, used = t, bad, name
		}
	}
	if used == "" {
		return nil, wrong("the workbook holds no table")
	}
	for _, name := range held {
		if name != used {
			others = append(others, name)
		}
	}
	if refused == nil && len(others) > 0 {
		s.Note(fmt.Sprintf("the table of sheet %s is read; others are in %s, chosen by --sheet", used,
			strings.Join(others, ", ")))
	}
	return s, refused
}

// hasNumbers tells the sheet with a table from those with words about it that stand before it.
func hasNumbers(s *table.Sheet) bool {
	return slices.ContainsFunc(s.Columns(), (*table.SheetColumn).IsNumeric)
}

// mostForFormulas bounds the bytes of a workbook whose empty cells are looked at for formulas,
// since that takes the whole sheet into memory; mostFormulas bounds how many cells are.
const mostForFormulas, mostFormulas = 4 << 20, 1000

// rows reads the cells of a sheet and counts those with something in them. A formula whose value
// was never computed is refused where formulas are looked for.
func rows(f *excelize.File, name string, formulas bool) (*table.Grid, int, error) {
	kept, err := f.Rows(name)
	if err != nil {
		return nil, 0, err
	}
	defer kept.Close()
	shown, err := f.Rows(name)
	if err != nil {
		return nil, 0, err
	}
	defer shown.Close()
	since1904 := false
	if p, err := f.GetWorkbookProps(); err == nil && p.Date1904 != nil {
		since1904 = *p.Date1904
	}
	g, filled, looked := new(table.Grid), 0, 0
	below := merged(f, name)
	for line := 1; kept.Next(); line++ {
		cells, err := kept.Columns(excelize.Options{RawCellValue: true})
		if err != nil {
			return nil, 0, err
		}
		var looks []string
		if shown.Next() {
			if looks, err = shown.Columns(excelize.Options{RawCellValue: false}); err != nil {
				return nil, 0, err
			}
		}
		for j := range cells {
			if j < len(looks) && looks[j] != cells[j] {
				cells[j] = written(cells[j], looks[j], since1904)
			}
			if v, ok := below[[2]int{line, j + 1}]; ok && cells[j] == "" {
				cells[j] = v
			}
			if cells[j] != "" {
				filled++
			} else if looked++; formulas && looked <= mostFormulas {
				at, _ := excelize.CoordinatesToCellName(j+1, line)
				if formula, err := f.GetCellFormula(name, at); err == nil && formula != "" {
					return nil, 0, fmt.Errorf("cell %s has the formula =%s without a value, as programs write it; open the "+
						"workbook in "+
						"Excel or LibreOffice and save it, which computes it", at, strings.TrimPrefix(formula, "="))
				}
			}
		}
		if len(cells) == 0 {
			continue
		}
		if err := g.Row(line, cells); err != nil {
			return nil, 0, err
		}
	}
	return g, filled, kept.Error()
}

// merged are the words of cells that are joined over several rows, by row and column, for the rows
// below the first.
func merged(f *excelize.File, name string) map[[2]int]string {
	out := map[[2]int]string{}
	cells, err := f.GetMergeCells(name)
	if err != nil {
		return out
	}
	const most = 100_000
	for _, m := range cells {
		v := m.GetCellValue()
		c, r, wrong := excelize.CellNameToCoordinates(m.GetStartAxis())
		_, last, wrong2 := excelize.CellNameToCoordinates(m.GetEndAxis())
		if _, number := strconv.ParseFloat(v, 64); wrong != nil || wrong2 != nil || number == nil && len(v) != 4 {
			continue // an amount must not count twice
		}
		for row := r + 1; row <= last && len(out) < most; row++ {
			out[[2]int{row, c}] = v
		}
	}
	return out
}

// date is how dates and times look, in whatever order.
var (
	date = regexp.MustCompile(
		`^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}\b|\d:\d\d|\pL{3,}[- .,]+'?\d{2,4}\b|^\d{1,2}[- ]\pL{3,}|年`,
	)
	clock = regexp.MustCompile(`\d:\d\d`)
)

// written is a cell as text: a number as it is kept, a date in the order of ISO 8601.
func written(kept, shown string, since1904 bool) string {
	v, err := strconv.ParseFloat(kept, 64)
	if err != nil || !date.MatchString(shown) || v < 1 || v > 2_958_465 || v != float64(int(v)) &&
		!clock.MatchString(shown) {
		if kept == "1" && shown == "TRUE" || kept == "0" && shown == "FALSE" {
			return shown
		}
		return kept
	}
	at, err := excelize.ExcelDateToTime(v, since1904)
	if err != nil {
		return kept
	}
	if at = at.Round(time.Second); at.Truncate(24 * time.Hour).Equal(at) {
		return at.Format(time.DateOnly)
	}
	return at.Format(time.DateTime)
}
