package report

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// everyKind has a folder of every kind that has a page.
func everyKind(t *testing.T) map[string]string {
	return map[string]string{
		"run without an event": runFolder(t, "base"), "run without a base": runFolder(t, "levers"),
		"several runs": runFolder(t, "base", "levers"), "comparison": compareFolder(t), "futures": futuresFolder(t),
		"sweep": sweepFolder(t), "sweep of a policy": grantSweep(t, "$0/yr,$2B/yr"),
		"sweep of a policy without its neutral value": grantSweep(t, "$2B/yr,$5B/yr"),
		"back-test": backtestFolder(t), "calibration": calibrateFolder(t),
	}
}

var (
	frontSection = regexp.MustCompile(`(?s)<section id="(\w+)"[^>]*>\s*<h2[^>]*>([^<]*)</h2>(.*?)</section>`)
	markup       = regexp.MustCompile(`<[^>]*>`)
)

// TestEveryPageAnswersFirst: the page of every kind of folder has all sections of the front, in
// their order, none of them empty; it begins with a question and answers in a sentence.
func TestEveryPageAnswersFirst(t *testing.T) {
	order := []string{"question", "answer", "sure", "anyway", "depends", "trust", "glossary"}
	for kind, dir := range everyKind(t) {
		page := build(t, dir)
		front, _, found := strings.Cut(page, `<p class="appendix">`)
		if !found {
			t.Errorf("%s: no front", kind)
			continue
		}
		var ids []string
		body := map[string]string{}
		for _, m := range frontSection.FindAllStringSubmatch(front, -1) {
			if m[1] != "costs" {
				ids = append(ids, m[1])
			}
			if body[m[1]] = m[3]; strings.TrimSpace(markup.ReplaceAllString(m[3], "")) == "" {
				t.Errorf("%s: %s is empty", kind, m[2])
			}
		}
		if !slices.Equal(ids, order) {
			t.Errorf("%s: the front has %v", kind, ids)
		}
		if q := regexp.MustCompile(`<b>([^<]*)</b>`).FindStringSubmatch(body["question"]); q == nil ||
			!strings.HasSuffix(q[1], "?") {
			t.Errorf("%s: no question in %.200q", kind, body["question"])
		}
		answers := regexp.MustCompile(`<p class="answer">([^<]*)</p>`).FindAllStringSubmatch(body["answer"], -1)
		if len(answers) == 0 || len(answers) > mostSentences {
			t.Errorf("%s: %d answers", kind, len(answers))
		}
		for _, a := range answers {
			if n := len([]rune(a[1])); n > 700 {
				t.Errorf("%s: an answer of %d letters: %s", kind, n, a[1])
			}
		}
		if kind != "calibration" && !strings.Contains(body["answer"], "<svg") {
			t.Errorf("%s: no picture", kind)
		}
	}
}

// What nothing was held against is described: the page says that the base was not run and how to
// run it, or that nothing happens that could be taken away.
func TestPagesWithoutABaseSaySo(t *testing.T) {
	page := build(t, runFolder(t, "levers"))
	tells(t, page, "What happens to sales concentration (HHI) in a world with", "These runs do not tell it",
		"simulate run scenario.yaml")
	tells(t, build(t, runFolder(t, "base")), "nothing happens here that could be taken away, no event and no policy")
}

// A sweep without a policy says how the metric differs between the ends of its input, in words, and
// that no difference is the effect of what happens at every point.
func TestASweepSaysHowTheMetricDiffers(t *testing.T) {
	page := build(t, sweepFolder(t))
	tells(t, page, "How does sales concentration (HHI) depend on outer elasticity η (market.eta)?",
		"where outer elasticity η is 0.6 and", "so that no difference between points is the effect of",
		"simulate compare without_both scenario.yaml --vary")
}

// Policies are called what the scenario calls them.
func TestASweepNamesItsPolicies(t *testing.T) {
	page := build(t, grantSweep(t, "$0/yr,$2B/yr"))
	tells(t, page, "What does the grant amount of money (policies.money.grant.amount) change, and does that depend on "+
		"outer elasticity η (market.eta)?", `scope="col">outer elasticity η</th>`, `scope="col">grant amount of money</th>`)
}

// TestManyPoliciesInOneSentence: more than three combinations are told in one sentence, which names
// those at both ends.
func TestManyPoliciesInOneSentence(t *testing.T) {
	page := build(t, grantSweep(t, "$0/yr,$1B/yr,$2B/yr,$5B/yr,$9B/yr"))
	tells(t, page, "Of 4 combinations of policies, each against the same futures without them")
}

// A comparison over futures speaks of the date that it asked for.
func TestFuturesAnswerForTheDateAskedFor(t *testing.T) {
	dates := []string{"2024-12-31", "2025-12-31", "2026-12-31"}
	for _, c := range []struct {
		command []string
		want    string
	}{
		{[]string{"simulate", "compare", "a", "b", "--at", "2025"}, "2025-12-31"},
		{[]string{"simulate", "compare", "--at=2024,2025-12", "a", "b"}, "2025-12-31"},
		{[]string{"simulate", "compare", "a", "b"}, "2026-12-31"},
		{[]string{"simulate", "compare", "a", "b", "--at", "2044"}, "2026-12-31"},
	} {
		got := askedDates(c.command, dates)
		if got[len(got)-1] != c.want {
			t.Errorf("%v: %v", c.command, got)
		}
	}
}

// TestSentencesAreSplit keeps abbreviations and numbers whole.
func TestSentencesAreSplit(t *testing.T) {
	got := splitSentences("It beats no change (CRPS 0.50 of its). 23 of the 31 lie within. The end")
	if want := []string{"It beats no change (CRPS 0.50 of its).", "23 of the 31 lie within.", "The " +
		"end"}; !slices.Equal(got,
		want) {
		t.Errorf("%q", got)
	}
}

// tells fails unless the page has all texts.
func tells(t *testing.T, page string, texts ...string) {
	t.Helper()
	for _, text := range texts {
		says(t, page, text)
	}
}
