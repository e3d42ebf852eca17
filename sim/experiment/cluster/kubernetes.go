package cluster

import (
	_ "embed"
	"fmt"
	"path"
	"regexp"
	"strings"

	"simulate/internal/pattern"
	"simulate/internal/quantity"
)

var (
	//go:embed jobs/job.yaml
	kubernetesJob string
	//go:embed jobs/merge.yaml
	kubernetesMerge string
)

// kubernetes runs an Indexed Job with an index per shard, and a Job that merges when all are whole.
// Image and claim are the user's: where they are not given no line submits the job.
var kubernetes = &Engine{
	Name: "Kubernetes", Option: "kubernetes", Meaning: "write job.yaml, an Indexed Job, and merge.yaml",
	variable: "JOB_COMPLETION_INDEX",
	Settings: []Setting{
		{"image", "IMAGE", "image with the program, as the cluster pulls it", imageName},
		{"claim", "CLAIM", "persistent volume claim that all pods mount at /work; the plan's folder lies in it", objectName},
		{"namespace", "", "namespace of the jobs", objectName},
		{"queue", "", "local queue of Kueue that starts the jobs", objectName},
	},
	files: []jobFile{{"job.yaml", kubernetesJob}, {"merge.yaml", kubernetesMerge}},
	submit: func(p *Plan, set map[string]string) string {
		if set["image"] == "" || set["claim"] == "" {
			return ""
		}
		return fmt.Sprintf("kubectl apply -f %s -f %s", p.file("job.yaml"), p.file("merge.yaml"))
	},
	fill: func(p *Plan, missing []int) string {
		return "kubectl replace --force -f " + p.file("job.yaml") + "   # shards that are whole end at once; missing: " +
			quantity.Ranges(missing)
	},
}

// Setting is a value of the user's own that an engine's job files take.
type Setting struct {
	Option  string // of `sweep plan`
	Stands  string // in the file where it is not given; "": the line is left out
	Meaning string
	allowed func() *regexp.Regexp
}

var (
	objectName = pattern.Late(`^[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?$`)
	imageName  = pattern.Late(`^[a-zA-Z0-9][-a-zA-Z0-9._/:@]{0,511}$`)
)

// Check refuses a value that the file cannot hold.
func (s Setting) Check(value string) error {
	if s.allowed().MatchString(value) {
		return nil
	}
	return fmt.Errorf("--%s %q is no name that Kubernetes takes; write lower-case letters, digits, hyphens and points",
		s.Option, value)
}

// open are the words that the user has still to replace.
func (e *Engine) open(set map[string]string) string {
	var words []string
	for _, s := range e.Settings {
		if s.Stands != "" && set[s.Option] == "" {
			words = append(words, s.Stands)
		}
	}
	return quantity.List(words)
}

// mount is the plan's folder as pods see it: below the mounted claim, by the folder's own name.
func (p *Plan) mount(dir string) string {
	return path.Join("/work", path.Base(strings.ReplaceAll(dir, `\`, "/")))
}
