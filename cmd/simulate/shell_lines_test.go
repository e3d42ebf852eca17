package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Lines that the program prints for a shell lead back into the folder that they are about, whatever
// its name.
func TestPrintedLinesSurviveTheirFolders(t *testing.T) {
	if _, err := exec.LookPath("bash"); err != nil {
		t.Skip("no bash")
	}
	here := t.TempDir()
	t.Chdir(here)
	const odd = `it's a "b" $c/`
	plan := "sweep plan baseline --vary market.eta=0.6,1.5 -n 1 --shards 2 --set clock.end=2026-01 --out"
	for _, c := range []struct {
		name    string
		words   []string
		line    string // what is to be pasted, as the first group
		arrives string // a line that the stubs of the commands then print
	}{
		{"submit to Slurm", append(strings.Fields(plan), odd+"slurm", "--slurm"), `Submit: (.*)`,
			"in " + filepath.Join(here, odd+"slurm")},
		{"fill on Slurm", []string{"sweep", "status", odd + "slurm"}, `(?m)^(sbatch .*)$`, odd + "slurm/sweep.sbatch"},
		{"plan for Kubernetes", append(strings.Fields(plan), odd+"kubernetes", "--kubernetes"), "", ""},
		{"fill on Kubernetes", []string{"sweep", "status", odd + "kubernetes"}, `(?m)^(kubectl .*)$`,
			odd + "kubernetes/job.yaml"},
		{"run by hand", append(strings.Fields(plan), odd+"plan"), `Next: (.*)`, odd + "plan/plan.json"},
		{"fill by hand", []string{"sweep", "status", odd + "plan"}, `(?m)^(simulate .*)$`, odd + "plan/plan.json"},
		{"merge too early", []string{"sweep", "merge", odd + "plan"}, "`(simulate sweep status .*?)` names", odd + "plan"},
		{"run", append(strings.Fields("run baseline -n 1 --set clock.end=2026-01 --set reference_replications=2 "+
			"--no-figures --out"), odd+"run"), "", ""},
		{"cite", []string{"cite", odd + "run"}, "`(simulate reproduce .*)`;", odd + "run"},
	} {
		p, stdout, stderr := testProgram("")
		p.main(context.Background(), c.words)
		text := stdout.String() + stderr.String()
		if c.line == "" {
			continue
		}
		found := regexp.MustCompile(c.line).FindStringSubmatch(text)
		if found == nil {
			t.Errorf("%s: no line %s in %q", c.name, c.line, text)
			continue
		}
		stubs := "show() { echo \"in $(pwd -P)\"; printf '%s\\n' \"$@\"; }\nsimulate() { show \"$@\"; }\nsbatch() { show " +
			"\"$@\"; }\nkubectl() { show \"$@\"; }\n"
		out, err := exec.Command("bash", "-c", stubs+found[1]).CombinedOutput()
		if err != nil || !strings.Contains("\n"+string(out), "\n"+c.arrives+"\n") {
			t.Errorf("%s: pasted into a shell, %s gives %q, %v; want %q", c.name, found[1], out, err, c.arrives)
		}
	}
	if _, err := os.Stat(odd + "run/manifest.json"); err != nil {
		t.Error(err)
	}
}
