package report

import (
	"slices"
	"strings"

	"simulate/sim/experiment/compare"
	"simulate/sim/experiment/history"
	"simulate/sim/table"
)

// Findings are the sentences with which the page of the results folder dir begins, read in the
// given way; of a comparison over futures those with which the command ends. Errors are as of
// Build.
func Findings(dir string, how *table.Reading) (lines []string, err error) {
	defer table.Misfit(&err)
	f, of, err := open(dir, how)
	if err != nil {
		return nil, err
	}
	switch {
	case of != nil:
		return plainText(historyFindings(of)), nil
	case f.manifest.Futures != nil:
		return f.futuresFindings()
	case f.manifest.Sweep != nil:
		return plainText(f.sweepFindings()), nil
	}
	o, err := compare.LoadAs(dir, how)
	if err != nil {
		return nil, damaged(dir, err)
	}
	return plainText([]part{listOrText(f.findings(o))}), nil
}

// plainText is the text of parts, line by line, without what points to a command.
func plainText(parts []part) (out []string) {
	for _, p := range parts {
		for _, t := range slices.Concat(p.Text, p.List) {
			line := t.Text
			if t.Lead != "" {
				line = strings.TrimSuffix(t.Lead, ".") + ": " + line
			}
			if line = strings.TrimSpace(line); line != "" && t.Code == "" {
				out = append(out, line)
			}
		}
		if p.Missing != "" {
			out = append(out, p.Missing)
		}
	}
	return out
}

// historyFindings are the verdict of a back-test or calibration, its remarks and whose data it
// uses.
func historyFindings(of *history.Folder) []part {
	found := []text{{Text: of.Verdict}}
	for _, r := range of.Remarks {
		found = append(found, text{Text: r})
	}
	return []part{{List: found}, {Text: []text{{Text: of.Attribution}}}}
}

// futuresFindings say what each alternative changes in the main metrics at the last date, over all
// futures.
func (f *folder) futuresFindings() (out []string, err error) {
	m, effects, err := compare.ReadFutures(f.dir, f.how)
	if err != nil {
		return nil, damaged(f.dir, err)
	}
	metrics := slices.DeleteFunc(slices.Clone(compare.MainMetrics), func(name string) bool {
		return !slices.Contains(m.Futures.Metrics, name)
	})
	if len(metrics) == 0 {
		metrics = m.Futures.Metrics[:1]
	}
	last, dates := f.askedDate(effects), datesOf(effects)
	for _, alternative := range m.Futures.Alternatives {
		for _, metric := range metrics {
			group := slices.DeleteFunc(slices.Clone(effects), func(e compare.Effect) bool {
				return e.Case != alternative || e.Metric != metric || e.Date != last || e.Segment != ""
			})
			if len(group) > 0 {
				out = append(out, exponents.ReplaceAllStringFunc(compare.TellFutures(group, f.pointWords()), powerOf))
				if last != dates[len(dates)-1] { // the table runs holds the last date
					continue
				}
				tail, err := compare.TailsOverFutures(f.dir, m, alternative, metric)
				if err != nil {
					return nil, damaged(f.dir, err)
				}
				if tail != "" {
					out = append(out, tail)
				}
			}
		}
	}
	return append(out, m.Notes...), nil
}
