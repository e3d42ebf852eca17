//go:build slurm

package main

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// slurm is a private cluster of two nodes on this machine.
type slurm struct {
	t   *testing.T
	dir string // of the test
	env []string
}

func startSlurm(t *testing.T) *slurm {
	t.Helper()
	path := os.Getenv("PATH") + ":/usr/sbin:/sbin"
	t.Setenv("PATH", path)
	if _, err := exec.LookPath("slurmctld"); err != nil {
		t.Skip("no slurmctld; apt-get install -y --no-install-recommends slurm-wlm")
	}
	s := &slurm{t: t, dir: t.TempDir()}
	short, err := os.MkdirTemp("/tmp", "slurm") // sockets within have names of at most 108 bytes
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(short) })
	cluster := filepath.Join(short, "cluster")
	scripts, err := filepath.Abs("testdata/slurm")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { exec.Command(filepath.Join(scripts, "stop-slurm.sh"), "-d", cluster).Run() })
	port := strconv.Itoa(20000 + os.Getpid()%20000)
	start := exec.Command(filepath.Join(scripts, "start-slurm.sh"), "-d", cluster, "-n", "2", "-c", "2", "-p", port)
	// The daemons outlive the script: with pipes the test would wait for them.
	log, err := os.Create(filepath.Join(s.dir, "start.log"))
	if err != nil {
		t.Fatal(err)
	}
	start.Stdout, start.Stderr = log, log
	if err := start.Run(); err != nil {
		text, _ := os.ReadFile(log.Name())
		t.Fatalf("the cluster does not start: %v\n%s", err, text)
	}
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "SLURM_") && !strings.HasPrefix(v, "SWEEP_") {
			s.env = append(s.env, v)
		}
	}
	s.env = append(s.env, "SLURM_CONF="+filepath.Join(cluster, "slurm.conf"))
	return s
}

// sh runs a line of a shell and returns its standard output and exit code.
func (s *slurm) sh(line string) (string, int) {
	s.t.Helper()
	cmd := exec.Command("bash", "-c", line)
	cmd.Dir, cmd.Env = s.dir, s.env
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	code := 0
	var exit *exec.ExitError
	if err := cmd.Run(); errors.As(err, &exit) {
		code = exit.ExitCode()
	} else if err != nil {
		s.t.Fatal(err)
	}
	s.t.Logf("$ %s → %d\n%s%s", line, code, out.String(), errs.String())
	return strings.TrimSpace(out.String()), code
}

func (s *slurm) must(line string) string {
	s.t.Helper()
	out, code := s.sh(line)
	if code != 0 {
		s.t.Fatalf("%s: exit code %d", line, code)
	}
	return out
}

// until waits for something to hold.
func (s *slurm) until(what string, holds func() bool) {
	s.t.Helper()
	for range 600 {
		if holds() {
			return
		}
		time.Sleep(200 * time.Millisecond)
	}
	s.must("squeue; cat D/logs/*")
	s.t.Fatalf("waited two minutes for: %s", what)
}

func (s *slurm) drain() {
	s.t.Helper()
	s.until("an empty queue", func() bool {
		cmd := exec.Command("squeue", "-h")
		cmd.Env = s.env
		out, err := cmd.Output()
		return err == nil && len(bytes.TrimSpace(out)) == 0
	})
}

// program finds the process that does a shard of this test's plan.
func (s *slurm) program(binary string, shard int) int {
	processes, _ := filepath.Glob("/proc/[0-9]*/cmdline")
	want := fmt.Sprintf("%s\x00sweep\x00run\x00--plan\x00plan.json\x00--shard\x00%d\x00", binary, shard)
	for _, file := range processes {
		if text, err := os.ReadFile(file); err == nil && string(text) == want {
			pid, _ := strconv.Atoi(strings.Split(file, "/")[2])
			return pid
		}
	}
	return 0
}

// running tells whether a shard has begun to keep runs.
func (s *slurm) running(shard int) bool {
	info, err := os.Stat(filepath.Join(s.dir, "D", "shards", fmt.Sprintf("shard-%05d.work", shard), "growing"))
	return err == nil && info.Size() > 5000
}

// A job array over two nodes, of which one task is killed, one preempted and one requeued, leaves
// what one machine does.
func TestSlurm(t *testing.T) {
	s := startSlurm(t)
	binary := filepath.Join(s.dir, "simulate")
	if out, err := exec.Command("go", "build", "-o", binary, ".").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	const study = " baseline --set reference_replications=1 --set clock.end=2029-01 --vary market.eta=0.8,1.0,1.2,1.4 " +
		"--vary market.theta=1,2 -n 3000 --record final --quiet"
	s.must("./simulate sweep plan" + study + " --shards 8 --out D --slurm")
	array := s.must("cd D && sbatch --parsable sweep.sbatch")
	s.until("four shards at work", func() bool { return s.running(0) && s.running(1) && s.running(2) && s.running(3) })

	// Killed: nobody starts it again.
	pid := s.program(binary, 0)
	if pid == 0 {
		t.Fatal("no process does shard 0")
	}
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
	// Requeued by hand, and preempted by a job that takes a whole node.
	s.must("scontrol requeue " + array + "_1")
	s.must("sbatch -p urgent -w n2 -c 2 --mem=50M -o /dev/null --wrap 'sleep 1'")
	s.drain()
	restarts := s.must("scontrol show job " + array + " | grep -o 'Restarts=[1-9]' | wc -l")
	if n, _ := strconv.Atoi(restarts); n < 2 {
		t.Errorf("%s tasks were started again, want at least the one requeued and one preempted", restarts)
	}
	if nodes := s.must("scontrol show job " + array + " | grep -o ' NodeList=n[12]' | sort -u | wc -l"); nodes != "2" {
		t.Errorf("the array ran on %s nodes, want 2", nodes)
	}
	fill, code := s.sh("./simulate sweep status D")
	if code != exitFailed || !strings.HasPrefix(fill, "sbatch --array=0") {
		t.Fatalf("after a kill status prints %q with exit code %d", fill, code)
	}
	if _, code := s.sh("./simulate sweep merge D"); code != exitUsage {
		t.Errorf("merge of an incomplete plan ends with %d", code)
	}

	// What status prints fills the gap; the merge waits for it.
	again := s.must("cd D && " + strings.Replace(strings.Replace(fill, "sbatch", "sbatch --parsable", 1), "D/", "", 1))
	s.must("cd D && sbatch --dependency=afterok:" + again + " --kill-on-invalid-dep=yes merge.sbatch")
	s.drain()
	s.must("./simulate sweep status D")
	s.must("test -f D/manifest.json || { cat D/logs/*; exit 1; }")
	s.must("./simulate sweep" + study + " --out one")
	for _, table := range []string{"design.parquet", "runs.parquet", "summary.parquet", "dictionary.parquet",
		"scenario.yaml"} {
		s.must("cmp D/" + table + " one/" + table)
	}
}
