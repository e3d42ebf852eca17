package export

import (
	"fmt"
	"strings"

	"simulate/internal/quantity"
	"simulate/internal/shell"
)

// Citation is how a results folder is cited.
type Citation struct {
	Sentence string `json:"sentence"`
	BibTeX   string `json:"bibtex"`
	Identity string `json:"identity"` // SHA-256 of scenarios, seed, replications and model version
	Command  string `json:"command"`  // that repeats the folder
}

// Cite names the program, its version and commit, the scenarios, seed and replications, and the
// hash by which whoever repeats the experiment sees that it is the same.
func (f *Folder) Cite() Citation {
	m := f.Manifest
	version := m.Version
	if m.Program.Commit != "" {
		version += ", commit " + m.Program.Commit[:min(12, len(m.Program.Commit))]
	}
	what := fmt.Sprintf("%s (%s)", f.title(), strings.Join(f.cases(), ", "))
	runs := ""
	if m.Replications > 0 {
		runs = fmt.Sprintf(", %s", quantity.Plural(m.Replications, "replication"))
	}
	sentence := fmt.Sprintf("%s: results of simulate %s, seed %d%s, experiment %s, %s.", what, version, m.Seed, runs,
		m.Identity[:16], f.day())
	year := f.day()[:4]
	bib := fmt.Sprintf(`@misc{simulate-%s,
  author       = {{The simulate authors}},
  title        = {simulate: an agent-based model of {AI} labs, compute and market concentration},
  howpublished = {Computer program, version %s},
  year         = {%s},
  note         = {%s. Seed %d%s. Experiment SHA-256 %s}
}
`, m.Identity[:8], escapeTeX(version), year, escapeTeX(what), m.Seed, runs, m.Identity)
	return Citation{sentence, bib, m.Identity, "simulate reproduce " + shell.Path(f.Dir)}
}

// cases are the names of the folder's cases, at most five of them.
func (f *Folder) cases() (out []string) {
	for i, c := range f.Manifest.Cases {
		if i == 5 {
			return append(out, fmt.Sprintf("%d more", len(f.Manifest.Cases)-5))
		}
		out = append(out, c.Name)
	}
	if len(out) == 0 {
		out = append(out, f.Manifest.Name)
	}
	return out
}

// escapeTeX writes text so that TeX prints it.
var escapeTeX = strings.NewReplacer(`\`, `\textbackslash{}`, "&", `\&`, "%", `\%`, "$", `\$`, "#", `\#`, "_", `\_`,
	"{", `\{`, "}", `\}`, "~", `\textasciitilde{}`, "^", `\textasciicircum{}`).Replace
