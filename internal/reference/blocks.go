package reference

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// A block is generated text between the lines
//
//	<!-- generated: NAME -->
//	<!-- end -->
//
// of a hand-written page.
var blockStart = regexp.MustCompile(`^<!-- generated: ([a-z_]+) -->$`)

const blockEnd = "<!-- end -->"

// Rewrite fills the blocks of a page and leaves the rest as it is. It refuses names without a block
// and blocks without an end.
func Rewrite(page string, blocks map[string]string) (string, error) {
	var out []string
	open := ""
	for i, line := range strings.Split(page, "\n") {
		start := blockStart.FindStringSubmatch(strings.TrimRight(line, " \r"))
		switch {
		case start != nil && open != "":
			return "", fmt.Errorf("line %d: block %s begins inside block %s", i+1, start[1], open)
		case start != nil:
			text, ok := blocks[start[1]]
			if !ok {
				return "", fmt.Errorf("line %d: no block %q; there are %s", i+1, start[1], strings.Join(sortedKeys(blocks), ", "))
			}
			open = start[1]
			out = append(out, line, "", strings.TrimSpace(text), "")
		case open != "" && strings.TrimSpace(line) == blockEnd:
			open = ""
			out = append(out, line)
		case open == "":
			out = append(out, line)
		}
	}
	if open != "" {
		return "", fmt.Errorf("block %s has no line %q", open, blockEnd)
	}
	return strings.Join(out, "\n"), nil
}

func sortedKeys(m map[string]string) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// Markdown is a table with a header row. Cells are one line each.
func Markdown(header []string, rows [][]string) string {
	var b strings.Builder
	line := func(cells []string) {
		for _, c := range cells {
			b.WriteString("| " + strings.ReplaceAll(c, "|", `\|`) + " ")
		}
		b.WriteString("|\n")
	}
	line(header)
	b.WriteString(strings.Repeat("|---", len(header)) + "|\n")
	for _, r := range rows {
		line(r)
	}
	return b.String()
}
