package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

func main() {
	n := flag.Int("n", 100, "changes to try")
	seed := flag.Uint64("seed", 1, "of the choice of changes")
	pkg := flag.String("package", "./sim", "folder of the package that is changed, whose tests run first")
	also := flag.String("also", "", "packages, between commas, whose tests see what those of the first do not")
	only := flag.String("only", "", "lines, file.go:12 between commas, whose changes are all tried instead")
	limit := flag.Duration("timeout", 3*time.Minute, "of the tests of one package; a change that makes them hang is "+
		"noticed")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, *n, *seed, *pkg, *also, *only, *limit); err != nil {
		fmt.Fprintln(os.Stderr, "mutate:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, n int, seed uint64, pkg, also, only string, limit time.Duration) error {
	all, err := changesOf(pkg)
	if err != nil {
		return err
	}
	if only != "" {
		all = onLines(all, strings.Split(only, ","))
		n = len(all)
	}
	random := rand.New(rand.NewPCG(seed, 0))
	random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	packages := []string{pkg}
	for _, name := range strings.Split(also, ",") {
		if name != "" {
			packages = append(packages, name)
		}
	}
	dir, err := os.MkdirTemp("", "mutate-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	fmt.Printf("%d changes are possible; seed %d\n", len(all), seed)
	tried, passed := 0, 0
	for _, c := range all {
		if tried == n {
			break
		}
		seen, err := c.try(ctx, dir, packages, limit)
		if errors.Is(err, errStillborn) {
			continue
		}
		if err != nil {
			return err
		}
		tried++
		if seen == "" {
			passed++
			seen = "PASSES"
		}
		fmt.Printf("%3d %-28s %s\n", tried, seen, c)
	}
	fmt.Printf("%d of %d changes pass every test\n", passed, tried)
	return nil
}

var errStillborn = errors.New("it does not compile")

// try runs the tests with the change, and returns the package whose tests notice it, "" for none.
func (c change) try(ctx context.Context, dir string, packages []string, limit time.Duration) (seen string, err error) {
	text, err := os.ReadFile(c.file)
	if err != nil {
		return "", err
	}
	changed := filepath.Join(dir, filepath.Base(c.file))
	if err := os.WriteFile(changed, slices.Concat(text[:c.from], []byte(c.with), text[c.to:]), 0o600); err != nil {
		return "", err
	}
	whole, err := filepath.Abs(c.file)
	if err != nil {
		return "", err
	}
	overlay, err := json.Marshal(map[string]map[string]string{"Replace": {whole: changed}})
	if err != nil {
		return "", err
	}
	list := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(list, overlay, 0o600); err != nil {
		return "", err
	}
	for i, p := range packages {
		if i == 0 {
			if err := exec.CommandContext(ctx, "go", "build", "-overlay", list, p).Run(); err != nil {
				return "", errors.Join(ctx.Err(), errStillborn)
			}
		}
		cmd := exec.CommandContext(ctx, "go", "test", "-overlay", list, "-vet=off", "-failfast", "-count=1", "-timeout",
			limit.String(), p)
		var said bytes.Buffer
		cmd.Stdout, cmd.Stderr = &said, &said
		err := cmd.Run()
		if ctx.Err() != nil {
			return "", ctx.Err()
		}
		var exit *exec.ExitError
		switch {
		case errors.As(err, &exit) && bytes.Contains(said.Bytes(), []byte("[build failed]")):
			return "", errStillborn
		case errors.As(err, &exit):
			return p, nil
		case err != nil:
			return "", err
		}
	}
	return "", nil
}
