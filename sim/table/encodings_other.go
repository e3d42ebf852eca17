//go:build !js

package table

import (
	"unicode"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// others are those in which letters of other scripts than the Latin stand side by side.
var others = []other{
	{"GB18030", simplifiedchinese.GB18030, []*unicode.RangeTable{unicode.Han}},
	{"SHIFT_JIS", japanese.ShiftJIS, []*unicode.RangeTable{unicode.Han, unicode.Hiragana, unicode.Katakana}},
	{"EUC-KR", korean.EUCKR, []*unicode.RangeTable{unicode.Hangul}},
	{"BIG5", traditionalchinese.Big5, []*unicode.RangeTable{unicode.Han}},
	{"WINDOWS-1251", charmap.Windows1251, []*unicode.RangeTable{unicode.Cyrillic}},
	{"WINDOWS-1253", charmap.Windows1253, []*unicode.RangeTable{unicode.Greek}},
}
