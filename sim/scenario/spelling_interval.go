package scenario

import (
	"fmt"
	"slices"
	"strings"

	"simulate/internal/pattern"
)

// spannedMoney is two numbers with a dash, dots or a word between them, whatever stands around.
var spannedMoney = pattern.Late(`(?i)^([^0-9]*)([0-9][0-9.,_]*)([^0-9–—…]*?)\s*` +
	`(?:-|–|—|…|\.\.+|\b(?:to|bis|à|a|hasta|and|und)\b)\s*([^0-9]*)([0-9][0-9.,_]*)([^0-9]*)$`)

// respeltInterval writes both ends of an interval of money as scenarios do, where its second end
// says what the first leaves out, or the first its currency: €40–60M/yr. Both are "" where that is
// not certain.
func respeltInterval(text string) (code, low, high string) {
	m := spannedMoney().FindStringSubmatch(strings.TrimSpace(text))
	if m == nil {
		return "", "", ""
	}
	sign, first, behind, signHigh, second, end := m[1], m[2], m[3], m[4], m[5], m[6]
	if strings.TrimSpace(behind) == "" {
		behind = end
	}
	if _, _, timed := spelledEnd(sign + first + behind); !timed { // a period may stand behind the second alone
		if _, after, found := strings.Cut(end, "/"); found && !strings.Contains(behind, "/") {
			behind += "/" + after
		}
	}
	if strings.TrimSpace(signHigh) == "" {
		signHigh = sign
	}
	code, low, timed := spelledEnd(sign + first + behind)
	if code == "" { // its currency stands behind the second end
		return "", "", ""
	}
	highCode, high, timedHigh := spelledEnd(signHigh + second + end)
	if highCode == "" {
		highCode, high, timedHigh = spelledEnd(signHigh + second + end + " " + code)
	}
	if highCode != code || !timed || !timedHigh {
		return "", "", ""
	}
	return code, low, high
}

// spelledEnd is respelt for a text that may be what scenarios read already.
func spelledEnd(text string) (code, out string, timed bool) {
	if code, out, timed = respelt(text); code != "" {
		return code, out, timed
	}
	code, _ = currencyOf(strings.ToLower(text))
	if code == "" {
		return "", "", false
	}
	inDollars := text
	if code != "USD" {
		inDollars = newRate(code, 1, "").dollars(text)
	}
	if _, bad := unitOf("USD/yr").parse(strings.TrimSpace(inDollars)); bad != nil {
		return "", "", false
	}
	return code, strings.TrimSpace(text), true
}

// intervalOfMoney replaces what has been said, from the known-th problem on, of an interval of
// money that is not written as one by how it is.
func (b *binder) intervalOfMoney(known int, n *node, l *leaf) {
	if len(b.list) == known || l.unit.tag != "USD/yr" {
		return
	}
	written := n.written
	if written == "" {
		written = n.text
	}
	code, low, high := respeltInterval(written)
	if low == "" {
		return
	}
	remedy := fmt.Sprintf("write %s to %s, a 90 %% interval, or {dist: uniform, low: %s, high: %s}", low, high, low, high)
	if code != "USD" && !slices.ContainsFunc(b.rates, func(r *rate) bool { return r.code == code }) {
		remedy += worth(code)
	}
	b.list = b.list[:known]
	b.addf(n.at, remedy, "%s: %q is not how intervals are written", l.path, clip(written))
}

// worth asks for the rate of a currency.
func worth(code string) string {
	return fmt.Sprintf(", and what one %s is worth, as in %s", code, exampleOf(code))
}
