package cluster

import (
	"fmt"
	"math"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"

	"simulate/internal/quantity"
	"simulate/sim/experiment/results"
)

// ShardIndex finds the shard, from 0, that the environment asks for: SWEEP_SHARD, or the index that
// a scheduler gives. found is false outside of arrays. Two schedulers that disagree are refused.
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
	for _, e := range Engines {
		text := getenv(e.variable)
		if text == "" || text == e.none {
			continue
		}
		n, err := strconv.Atoi(text)
		if e.ranks != "" {
			size, bad := strconv.Atoi(getenv(e.ranks))
			if len(all) > 0 || bad != nil || size < 2 {
				continue
			}
			if err != nil || n < 0 || n >= size {
				return 0, "", false, results.InputErrorf("%s is %q of %s; give the shard with --shard or SWEEP_SHARD",
					e.variable, text, quantity.Plural(size, "process", "processes"))
			}
		}
		if err != nil || n < e.base {
			return 0, "", false, results.InputErrorf("%s is %q; %s numbers tasks from %d; give the shard with --shard or "+
				"SWEEP_SHARD", e.variable, text, e.Name, e.base)
		}
		all = append(all, seen{e.variable, text, n - e.base})
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
			return 0, "", false, results.InputErrorf("two schedulers name different shards: %s; give the one meant with "+
				"--shard or SWEEP_SHARD", strings.Join(list, ", "))
		}
	}
	return all[0].index, all[0].variable, true, nil
}

// memoryMargin is the share of a job's memory that the garbage collector may use; the rest is for
// what it does not count.
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

// Keep makes the Go runtime keep to the allotment, where GOMAXPROCS and GOMEMLIMIT do not say
// otherwise.
func (a Allotment) Keep(getenv func(string) string) {
	if a.Processors > 0 && getenv("GOMAXPROCS") == "" {
		runtime.GOMAXPROCS(a.Processors)
	}
	if a.Memory > 0 && getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(a.Memory)
	}
}
