package cluster

import (
	_ "embed"

	"simulate/internal/quantity"
)

//go:embed jobs/job.yaml
var kubernetesJob string

// kubernetes runs an Indexed Job with an index per shard. Image and volume are the user's to fill in, so that no line submits it.
var kubernetes = &Engine{
	Name: "Kubernetes", Option: "kubernetes", Meaning: "write job.yaml, an Indexed Job", variable: "JOB_COMPLETION_INDEX",
	files:  []jobFile{{"job.yaml", kubernetesJob}},
	submit: func(*SweepPlan) string { return "" },
	fill: func(p *SweepPlan, missing []int) string {
		return "kubectl replace --force -f " + p.file("job.yaml") + "   # shards that are whole end at once; missing: " +
			quantity.Ranges(missing)
	},
}
