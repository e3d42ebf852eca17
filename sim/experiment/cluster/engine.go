package cluster

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"text/template"

	"simulate/internal/quantity"
	"simulate/internal/shell"
	"simulate/internal/wholefile"
	"simulate/sim/experiment/results"
	"simulate/sim/experiment/run"
)

// Engine is a system that does many tasks: where it says which task this is, and, if plans can be
// written for it, the job files with the lines that submit them and that do what is missing.
type Engine struct {
	Name     string // as people call it
	Option   string // of `sweep plan`, "" where no job is written for it
	Meaning  string // of the option
	variable string // of the environment, with the index of the task
	base     int    // index of the first task
	none     string // value of the variable that means no array, besides being unset
	// variable with the number of processes: the index counts where it says more than one and no array
	// has an index
	ranks string

	Settings []Setting // what the job files take from the user

	files   []jobFile
	folders []string // made beside the plan
	// What starts the job with the settings given; "": the user has to fill in more than a line can.
	submit func(p *Plan, set map[string]string) string
	fill   func(p *Plan, missing []int) string // does what is missing
}

// jobFile is a file written beside a plan from a template.
type jobFile struct{ name, text string }

// Engines lists all in the order of the documentation. How many tasks they say there are is that of
// one submission, not of the plan, and is never used. Ranks of programs that start many processes
// at once come last.
var Engines = []*Engine{
	slurm,
	kubernetes,
	{Name: "AWS Batch", variable: "AWS_BATCH_JOB_ARRAY_INDEX"},
	{Name: "Google Cloud Batch", variable: "BATCH_TASK_INDEX"},
	{Name: "Cloud Run", variable: "CLOUD_RUN_TASK_INDEX"},
	{Name: "PBS", variable: "PBS_ARRAY_INDEX"},
	{Name: "Torque", variable: "PBS_ARRAYID"},
	{Name: "LSF", variable: "LSB_JOBINDEX", base: 1, none: "0"},
	{Name: "SGE", variable: "SGE_TASK_ID", base: 1, none: "undefined"},
	{Name: "GNU parallel", variable: "PARALLEL_SEQ", base: 1},
	{Name: "Slurm srun", variable: "SLURM_PROCID", ranks: "SLURM_NTASKS"}, // SLURM_PROCID is 0 in every batch script
	{Name: "Open MPI", variable: "OMPI_COMM_WORLD_RANK", ranks: "OMPI_COMM_WORLD_SIZE"},
}

// Planned are the engines for which a job can be written beside a plan.
func Planned() (out []*Engine) {
	for _, e := range Engines {
		if e.Option != "" {
			out = append(out, e)
		}
	}
	return out
}

// Files are the names of the files that are written beside a plan.
func (e *Engine) Files() (names []string) {
	for _, f := range e.files {
		names = append(names, f.name)
	}
	return names
}

// engine is the one that the plan's job was written for, one without files where there is none.
func (p *Plan) engine() *Engine {
	for _, e := range Planned() {
		if e.Option == p.Jobs {
			return e
		}
	}
	return here
}

// here is no engine: the user starts shards by hand.
var here = &Engine{
	submit: func(p *Plan, _ map[string]string) string { return "simulate sweep run --plan " + p.file(planName) },
	fill: func(p *Plan, missing []int) string {
		line := "simulate sweep run --plan " + p.file(planName)
		if len(missing) < len(p.Shards) {
			line += " --shard " + quantity.Ranges(missing)
		}
		return line
	},
}

// file is the path of a file beside the plan as a word of a shell.
func (p *Plan) file(name string) string { return shell.Path(filepath.Join(p.Dir, name)) }

// WriteJobs writes the job scripts or the manifest that the plan asks for, and returns their names.
// program is how a node calls the program, set what the user gave for the engine's settings, by
// option.
func (p *Plan) WriteJobs(program string, set map[string]string) ([]string, error) {
	e := p.engine()
	dir, err := filepath.Abs(p.Dir)
	if err != nil {
		return nil, err
	}
	for _, f := range e.files {
		t := template.Must(template.New(f.name).Parse(f.text))
		var b strings.Builder
		err = t.Execute(&b, struct {
			Name, Hash, Dir, Program, Mount, Open string
			Shards, Tasks, Last                   int
			Waves                                 bool // whether shards wait for others
			Set                                   map[string]string
		}{jobName(p.Workload.Name()), results.Short(p.Hash), shell.Word(dir), shell.Word(program), p.mount(dir),
			e.open(set),
			len(p.Shards), p.tasks(), p.tasks() - 1, len(run.Waves(p.Workload)) > 1, set})
		if err != nil {
			return nil, err
		}
		if err := wholefile.Write(filepath.Join(p.Dir, f.name), []byte(b.String())); err != nil {
			return nil, err
		}
	}
	for _, name := range e.folders {
		if err := os.MkdirAll(filepath.Join(p.Dir, name), 0o755); err != nil {
			return nil, err
		}
	}
	return e.Files(), nil
}

// SubmitCommand is the line that starts what the plan's job files say, or the first shard where
// there are none; "" where files have to be filled in before.
func (p *Plan) SubmitCommand(set map[string]string) string { return p.engine().submit(p, set) }

// FillCommand is the line that does the missing shards, as the plan's engine wants it.
// Of runs that come in waves it is the shards whose turn has come.
func (t *State) FillCommand() string { return t.Plan.engine().fill(t.Plan, t.Now()) }

// mostTasks is how many tasks an array has at most: the largest index of Slurm is 1,000 unless a
// site allows more. A task then does several shards.
const mostTasks = 1000

// tasks is how many tasks the job array has.
func (p *Plan) tasks() int { return min(len(p.Shards), mostTasks) }

// jobName makes a name fit for Slurm and Kubernetes: lower-case letters, digits and -.
func jobName(name string) string {
	safe := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			return r
		case r >= 'A' && r <= 'Z':
			return r + 'a' - 'A'
		}
		return '-'
	}, name)
	safe = strings.Trim(safe, "-")
	if len(safe) > 40 {
		safe = strings.Trim(safe[:40], "-")
	}
	return fmt.Sprintf("sweep-%s", safe)
}
