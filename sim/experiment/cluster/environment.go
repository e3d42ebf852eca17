package cluster

import (
	"fmt"
	"math"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"

	"simulate/sim/experiment/results"
)

// arrayIndex is a variable in which a scheduler says which task of a job array this is.
type arrayIndex struct {
	system, variable string
	base             int    // of the first task
	none             string // value that means no array, besides being unset
}

// arrayIndices lists the schedulers in the order of the documentation. The number of tasks that they also give is that of one submission,
// not of the plan, and is never used.
var arrayIndices = []arrayIndex{
	{"Slurm", "SLURM_ARRAY_TASK_ID", 0, ""},
	{"Kubernetes", "JOB_COMPLETION_INDEX", 0, ""},
	{"AWS Batch", "AWS_BATCH_JOB_ARRAY_INDEX", 0, ""},
	{"Google Cloud Batch", "BATCH_TASK_INDEX", 0, ""},
	{"Cloud Run", "CLOUD_RUN_TASK_INDEX", 0, ""},
	{"PBS", "PBS_ARRAY_INDEX", 0, ""},
	{"Torque", "PBS_ARRAYID", 0, ""},
	{"LSF", "LSB_JOBINDEX", 1, "0"},
	{"SGE", "SGE_TASK_ID", 1, "undefined"},
	{"GNU parallel", "PARALLEL_SEQ", 1, ""},
}

// ranks are variables of programs that start many processes at once. They count only where there is more than one and no array,
// for SLURM_PROCID is 0 in every batch script.
var ranks = []struct{ system, variable, size string }{
	{"Slurm srun", "SLURM_PROCID", "SLURM_NTASKS"},
	{"Open MPI", "OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE"},
}

// ShardIndex finds the shard, from 0, that the environment asks for: SWEEP_SHARD, or the index that a scheduler gives. found is false
// outside of arrays. Two schedulers that disagree are refused.
func ShardIndex(getenv func(string) string) (index int, from string, found bool, err error) {
	if text := getenv("SWEEP_SHARD"); text != "" {
		index, err := strconv.Atoi(text)
		if err != nil || index < 0 {
			return 0, "", false, results.InputErrorf("SWEEP_SHARD is %q; it must be a whole number from 0", text)
		}
		return index, "SWEEP_SHARD", true, nil
	}
	type seen struct {
		variable, text string
		index          int
	}
	var all []seen
	for _, a := range arrayIndices {
		text := getenv(a.variable)
		if text == "" || text == a.none {
			continue
		}
		n, err := strconv.Atoi(text)
		if err != nil || n < a.base {
			return 0, "", false, results.InputErrorf("%s is %q; %s numbers tasks from %d; give the shard with --shard or SWEEP_SHARD", a.variable, text, a.system, a.base)
		}
		all = append(all, seen{a.variable, text, n - a.base})
	}
	for _, r := range ranks {
		size, err := strconv.Atoi(getenv(r.size))
		if len(all) > 0 || err != nil || size < 2 || getenv(r.variable) == "" {
			continue
		}
		n, err := strconv.Atoi(getenv(r.variable))
		if err != nil || n < 0 || n >= size {
			return 0, "", false, results.InputErrorf("%s is %q of %d processes; give the shard with --shard or SWEEP_SHARD", r.variable, getenv(r.variable), size)
		}
		all = append(all, seen{r.variable, getenv(r.variable), n})
	}
	if len(all) == 0 {
		return 0, "", false, nil
	}
	for _, s := range all[1:] {
		if s.index != all[0].index {
			var list []string
			for _, s := range all {
				list = append(list, fmt.Sprintf("%s=%s (shard %d)", s.variable, s.text, s.index))
			}
			return 0, "", false, results.InputErrorf("two schedulers name different shards: %s; give the one meant with --shard or SWEEP_SHARD", strings.Join(list, ", "))
		}
	}
	return all[0].index, all[0].variable, true, nil
}

// memoryMargin is the share of a job's memory that the garbage collector may use; the rest is for what it does not count.
const memoryMargin = 0.85

// Allotment is what a scheduler leaves this process of its node; 0 for no bound.
type Allotment struct {
	Processors int
	Memory     int64 // bytes
}

// FindAllotment reads Slurm's variables. Bounds by cgroups the Go runtime finds by itself.
func FindAllotment(getenv func(string) string) Allotment {
	number := func(name string) int {
		n, err := strconv.Atoi(getenv(name))
		if err != nil || n < 0 || n > math.MaxInt32 {
			return 0
		}
		return n
	}
	a := Allotment{Processors: number("SLURM_CPUS_PER_TASK")}
	megabytes := number("SLURM_MEM_PER_NODE")
	if megabytes == 0 {
		megabytes = number("SLURM_MEM_PER_CPU") * max(1, a.Processors)
	}
	a.Memory = int64(float64(megabytes) * (1 << 20) * memoryMargin)
	return a
}

// Keep makes the Go runtime keep to the allotment, where GOMAXPROCS and GOMEMLIMIT do not say otherwise.
func (a Allotment) Keep(getenv func(string) string) {
	if a.Processors > 0 && getenv("GOMAXPROCS") == "" {
		runtime.GOMAXPROCS(a.Processors)
	}
	if a.Memory > 0 && getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(a.Memory)
	}
}
