package cluster

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
)

func jobsOf(t *testing.T, kind string, shards int, settings ...string) (*Plan, map[string]string) {
	t.Helper()
	set := map[string]string{}
	for _, s := range settings {
		name, value, _ := strings.Cut(s, "=")
		set[name] = value
	}
	p, err := WritePlan(gridOfSix(t), t.TempDir(), shards, kind, false, nil, "")
	if err != nil {
		t.Fatal(err)
	}
	names, err := p.WriteJobs("/opt/my tools/simulate", set)
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, name := range names {
		text, err := os.ReadFile(filepath.Join(p.Dir, name))
		if err != nil {
			t.Fatal(err)
		}
		files[name] = string(text)
	}
	return p, files
}

// job holds the fields of Kubernetes' batch/v1 Job that the manifest uses, named and typed as in
// the API reference of version 1.32.
type job struct {
	APIVersion string `yaml:"apiVersion"`
	Kind       string `yaml:"kind"`
	Metadata   struct {
		Name      string            `yaml:"name"`
		Namespace string            `yaml:"namespace"`
		Labels    map[string]string `yaml:"labels"`
	} `yaml:"metadata"`
	Spec struct {
		Suspend              bool   `yaml:"suspend"`
		BackoffLimit         *int32 `yaml:"backoffLimit"`
		CompletionMode       string `yaml:"completionMode"`
		Completions          *int32 `yaml:"completions"`
		Parallelism          *int32 `yaml:"parallelism"`
		BackoffLimitPerIndex *int32 `yaml:"backoffLimitPerIndex"`
		MaxFailedIndexes     *int32 `yaml:"maxFailedIndexes"`
		PodFailurePolicy     struct {
			Rules []struct {
				Action          string `yaml:"action"`
				OnPodConditions []struct {
					Type   string `yaml:"type"`
					Status string `yaml:"status"`
				} `yaml:"onPodConditions"`
				OnExitCodes *struct {
					ContainerName string  `yaml:"containerName"`
					Operator      string  `yaml:"operator"`
					Values        []int32 `yaml:"values"`
				} `yaml:"onExitCodes"`
			} `yaml:"rules"`
		} `yaml:"podFailurePolicy"`
		Template struct {
			Spec struct {
				RestartPolicy                 string `yaml:"restartPolicy"`
				TerminationGracePeriodSeconds *int64 `yaml:"terminationGracePeriodSeconds"`
				Containers                    []struct {
					Name    string   `yaml:"name"`
					Image   string   `yaml:"image"`
					Command []string `yaml:"command"`
					Env     []struct {
						Name  string `yaml:"name"`
						Value string `yaml:"value"`
					} `yaml:"env"`
					Resources struct {
						Requests map[string]string `yaml:"requests"`
						Limits   map[string]string `yaml:"limits"`
					} `yaml:"resources"`
					VolumeMounts []struct {
						Name      string `yaml:"name"`
						MountPath string `yaml:"mountPath"`
					} `yaml:"volumeMounts"`
				} `yaml:"containers"`
				Volumes []struct {
					Name                  string `yaml:"name"`
					PersistentVolumeClaim *struct {
						ClaimName string `yaml:"claimName"`
					} `yaml:"persistentVolumeClaim"`
				} `yaml:"volumes"`
			} `yaml:"spec"`
		} `yaml:"template"`
	} `yaml:"spec"`
}

func TestKubernetesJob(t *testing.T) {
	p, files := jobsOf(t, "kubernetes", 6)
	var j job
	if err := yaml.Load([]byte(files["job.yaml"]), &j, yaml.WithKnownFields()); err != nil {
		t.Fatal(err)
	}
	s := j.Spec
	if j.APIVersion != "batch/v1" || j.Kind != "Job" || len(j.Metadata.Name) > 63 || strings.Trim(j.Metadata.Name,
		"abcdefghijklmnopqrstuvwxyz0123456789-") != "" {
		t.Errorf("%s %s %q", j.APIVersion, j.Kind, j.Metadata.Name)
	}
	if s.CompletionMode != "Indexed" || *s.Completions != 6 || *s.Parallelism != 6 || s.BackoffLimitPerIndex == nil ||
		*s.MaxFailedIndexes > *s.Completions {
		t.Errorf("job: %+v", s)
	}
	// A failure policy needs restartPolicy Never.
	if s.Template.Spec.RestartPolicy != "Never" {
		t.Errorf("restartPolicy %s", s.Template.Spec.RestartPolicy)
	}
	rules := s.PodFailurePolicy.Rules
	c := s.Template.Spec.Containers[0]
	if rules[0].Action != "Ignore" || rules[0].OnPodConditions[0].Type != "DisruptionTarget" ||
		rules[1].Action != "FailIndex" ||
		rules[1].OnExitCodes.Values[0] != 2 || rules[1].OnExitCodes.ContainerName != c.Name {
		t.Errorf("rules: %+v", rules)
	}
	if c.Env[0].Value != "6" || c.Resources.Requests["cpu"] == "" || c.Resources.Limits["memory"] == "" ||
		c.VolumeMounts[0].Name != s.Template.Spec.Volumes[0].Name {
		t.Errorf("container: %+v", c)
	}
	if err := yaml.Load([]byte(strings.Replace(files["job.yaml"], "completions:", "completion:", 1)), &j,
		yaml.WithKnownFields()); err == nil {
		t.Error("an unknown field passes the check")
	}
	status, err := Status(p)
	if err != nil {
		t.Fatal(err)
	}
	if got := status.FillCommand(); !strings.HasPrefix(got, "kubectl replace --force -f ") || !strings.HasSuffix(got,
		"missing: 0-5") {
		t.Errorf("fill command %q", got)
	}
}

// What the user gives stands in both manifests; without it the words to replace stand there, and no
// line submits them.
func TestKubernetesSettings(t *testing.T) {
	read := func(text string) (j job) {
		t.Helper()
		if err := yaml.Load([]byte(text), &j, yaml.WithKnownFields()); err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		return j
	}
	p, files := jobsOf(t, "kubernetes", 3)
	for name, text := range files {
		j := read(text)
		if c := j.Spec.Template.Spec; c.Containers[0].Image != "IMAGE" ||
			c.Volumes[0].PersistentVolumeClaim.ClaimName != "CLAIM" ||
			j.Metadata.Namespace != "" || j.Metadata.Labels != nil || j.Spec.Suspend {
			t.Errorf("%s without settings: %+v", name, j)
		}
	}
	if got := p.SubmitCommand(nil); got != "" || !strings.Contains(files["job.yaml"], "in place of IMAGE and CLAIM") {
		t.Errorf("submitted by %q:\n%s", got, files["job.yaml"])
	}
	settings := []string{"image=registry.example/simulate:0.3", "claim=study", "namespace=policy", "queue=lab"}
	p, files = jobsOf(t, "kubernetes", 3, settings...)
	mount := "/work/" + filepath.Base(p.Dir)
	for name, text := range files {
		j := read(text)
		c := j.Spec.Template.Spec
		if c.Containers[0].Image != "registry.example/simulate:0.3" ||
			c.Volumes[0].PersistentVolumeClaim.ClaimName != "study" ||
			j.Metadata.Namespace != "policy" || j.Metadata.Labels["kueue.x-k8s.io/queue-name"] != "lab" || !j.Spec.Suspend ||
			c.Containers[0].VolumeMounts[0].MountPath != "/work" || !strings.HasPrefix(strings.Join(c.Containers[0].Command,
			" "), "simulate sweep ") ||
			!strings.Contains(strings.Join(c.Containers[0].Command, " "), mount) {
			t.Errorf("%s: %s", name, text)
		}
	}
	if m := read(files["merge.yaml"]).Spec; m.BackoffLimit == nil || m.Template.Spec.RestartPolicy != "OnFailure" {
		t.Errorf("merge: %+v", m)
	}
	set := map[string]string{"image": "i", "claim": "c"}
	if got := p.SubmitCommand(set); !strings.HasPrefix(got, "kubectl apply -f ") {
		t.Errorf("submitted by %q", got)
	}
	for _, s := range kubernetes.Settings {
		if s.Check("study-1") != nil || s.Check("a b") == nil || s.Check("x\n  y: z") == nil {
			t.Errorf("--%s checks nothing", s.Option)
		}
	}
}

func TestSlurmScripts(t *testing.T) {
	p, files := jobsOf(t, "slurm", 5)
	for name, text := range files {
		if _, err := exec.LookPath("bash"); err == nil {
			if out, err := exec.Command("bash", "-n", filepath.Join(p.Dir, name)).CombinedOutput(); err != nil {
				t.Errorf("%s: %s", name, out)
			}
		}
		if !strings.Contains(text, "'/opt/my tools/simulate' sweep ") {
			t.Errorf("%s does not quote the program:\n%s", name, text)
		}
	}
	for _, want := range []string{"#SBATCH --array=0-4\n", "shard < 5; shard += 5", "#SBATCH --requeue", "-eq 75"} {
		if !strings.Contains(files["sweep.sbatch"], want) {
			t.Errorf("sweep.sbatch lacks %q", want)
		}
	}
	runShards(t, p, 1, 2)
	status, err := Status(p)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := status.FillCommand(), "sbatch --array=0,3-4 "+filepath.Join(p.Dir, "sweep.sbatch"); got != want {
		t.Errorf("fill command %q, want %q", got, want)
	}
	// More shards than an array may have tasks: a task does several.
	many := &State{Plan: &Plan{Jobs: "slurm", Dir: "D", Shards: make([][2]int, 2500)}, Missing: []int{7, 1007, 2499}}
	if got := many.FillCommand(); got != "sbatch --array=7,499 D/sweep.sbatch" {
		t.Errorf("fill command %q", got)
	}
}
