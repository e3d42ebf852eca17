package results

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"simulate/internal/aside"
	"simulate/internal/wholefile"
	"simulate/sim/table"
)

// What the files of a results folder are called. A folder whose manifest is gone or damaged is told
// by it from a folder of somebody else's, and only such files are taken away.
var (
	// TableNames are the tables that any kind of experiment leaves, in either format.
	TableNames = []string{MarketTable, SegmentsTable, LabsTable, LabSegmentsTable, LabsSummaryTable, SummaryTable,
		SegmentSummaryTable, EventsTable, InputsTable, DictionaryTable,
		"design", "runs", "draws", "effects", "decomposition", formerEffects, "inputs_cut", "backtest", "backtest_points",
		"backtest_paths",
		"posterior", "parameters", "targets"}
	// PlanFiles are what a plan for a cluster leaves beside itself.
	PlanFiles = []string{PlanName, ShardsName, "sweep.sbatch", "merge.sbatch", "job.yaml", "merge.yaml"}
	// PlanFolders are what it makes for what its jobs say, which stays.
	PlanFolders = []string{"logs"}
)

// PlanName is the file in a folder that says what its shards are; ShardsName is the folder beside
// it that holds them, and WorkSuffix ends the name of the folder in it in which a shard grows.
const PlanName, ShardsName, WorkSuffix = "plan.json", "shards", ".work"

// Formats are the endings of tables.
var Formats = []string{"csv", "parquet"}

// tableOf tells whether a file is called as a table of an experiment.
func tableOf(file string) bool {
	name, format, _ := strings.Cut(file, ".")
	return slices.Contains(TableNames, name) && slices.Contains(Formats, format)
}

// ours tells whether a file of a folder is called as an experiment, or what is made of it, calls
// its files.
func ours(file string) bool {
	return tableOf(file) || slices.Contains([]string{partsName, lockName, heldName,
		ManifestName, ScenarioName, "scenarios", "figures", ReportName}, file)
}

// Surplus names the tables of a folder that are not among some files; it is what another experiment
// left there.
func Surplus(dir string, files []string) ([]string, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, e := range entries {
		if tableOf(e.Name()) && !slices.Contains(files, e.Name()) {
			out = append(out, e.Name())
		}
	}
	return out, nil
}

// RefuseForeign refuses a folder with files that are not an experiment's.
func RefuseForeign(dir string) error {
	stranger, stray, err := look(dir, nil)
	switch {
	case err != nil:
		return err
	case stranger != "":
		return InputErrorf("%s holds files that are not results of simulate (%s); choose another folder with --out", dir,
			stranger)
	case stray != "":
		return InputErrorf(
			"%s holds results whose %s is missing or damaged (there is %s); choose another folder with --out",
			dir,
			ManifestName,
			stray,
		)
	}
	return nil
}

// look goes through a folder that has neither a manifest that can be read nor an experiment at
// work. It names a file that is nobody's here, known ones aside, and one that an experiment left;
// both are "" for a folder that is settled or free.
func look(dir string, known []string) (stranger, stray string, err error) {
	if other := aside.InTheWay(dir); other != "" {
		what := "a file"
		if _, err := os.Stat(other); err != nil {
			what = "a link that leads nowhere"
		}
		return "", "", InputErrorf("%s is %s where a results folder is to be; choose another folder with --out, or "+
			"move it away", other, what)
	}
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		return "", "", nil
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return "", "", err
	}
	if _, err := ReadManifest(dir); err == nil {
		return "", "", nil
	}
	if _, err := os.Stat(filepath.Join(dir, partsName, noteName)); err == nil {
		return "", "", nil // an experiment that is not complete
	}
	tables := false
	for _, e := range entries {
		switch name := e.Name(); {
		case name == partsName || name == lockName || name == heldName || slices.Contains(known, name):
		case begun(filepath.Join(dir, name)):
		case aside.Was(name) != name && ours(aside.Was(name)): // stays beside what takes its place
		case ours(name):
			stray = name
			tables = tables || tableOf(name)
		default:
			stranger = name
		}
	}
	if stranger == "" && !tables {
		stranger, stray = stray, "" // a manifest.json without tables is some other program's
	}
	return stranger, stray, nil
}

// begun tells whether a file, or an empty folder of shards, is all that a process left which was
// killed as it began.
func begun(path string) bool {
	if wholefile.Stray(filepath.Base(path)) {
		return true
	}
	entries, err := os.ReadDir(path)
	return filepath.Base(path) == ShardsName && err == nil && len(entries) == 0
}

// readNote reads what the parts say they belong to; nil where there are none. A note that is
// damaged gives an error.
func (f *Folder) readNote() (*note, error) {
	text, err := table.ReadRecord(f.Parts(noteName))
	if err != nil {
		if _, gone := os.Stat(f.Parts(noteName)); errors.Is(gone, fs.ErrNotExist) || errors.Is(err, fs.ErrNotExist) {
			return nil, nil
		}
		return nil, err
	}
	n := new(note)
	if err := json.Unmarshal(text, n); err != nil || len(n.Identity) != 64 {
		return nil, fmt.Errorf("%s does not say what it belongs to", f.Parts(noteName))
	}
	return n, nil
}

// Heal settles a folder whose records are damaged or gone, so that it cannot be told what it holds:
// what is unfinished is kept where its log says that it is this experiment's, and otherwise the
// folder steps aside, or with force is emptied.
func (f *Folder) heal(c Claim, mine note, why error) error {
	unfinished := f.holds(partsName)
	switch {
	case unfinished && c.Begun != nil && c.Begun(f.Parts()):
		c.Notice("%v; the finished runs beside it are this experiment's and are kept.", why)
		return f.write(mine)
	case c.Force || !f.holdsTables() && !f.holdsRuns():
		c.Notice("%v; the experiment begins again.", why)
		return f.begin(mine)
	}
	to, err := f.stepAside("damaged")
	if err != nil {
		return InputErrorf("%s: %w, and it cannot be renamed (%w); --force replaces what it holds, --out names another "+
			"folder", f.Dir, why, err)
	}
	c.Notice("%s: %v, so that it cannot be told what it holds; it is now %s.", f.Dir, why, to)
	return f.begin(mine)
}

func (f *Folder) holds(name string) bool {
	_, err := os.Stat(filepath.Join(f.Dir, name))
	return err == nil
}

// holdsRuns tells whether finished runs lie among the parts.
func (f *Folder) holdsRuns() bool {
	entries, _ := os.ReadDir(f.Parts()) // without parts there is none
	return slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return e.Name() != noteName && e.Name() != FinalName })
}

// holdsTables tells whether a table of an experiment lies in the folder.
func (f *Folder) holdsTables() bool {
	entries, _ := os.ReadDir(f.Dir) // without entries there is none
	return slices.ContainsFunc(entries, func(e fs.DirEntry) bool { return tableOf(e.Name()) })
}

// AtWork says who works on a shard in a folder; nil where nobody does.
func AtWork(dir string) error {
	entries, err := os.ReadDir(filepath.Join(dir, ShardsName))
	if err != nil {
		return nil // there are no shards
	}
	for _, e := range entries {
		if !e.IsDir() || !strings.HasSuffix(e.Name(), WorkSuffix) {
			continue
		}
		work := filepath.Join(dir, ShardsName, e.Name())
		lock, err := LockFolder(work)
		if err != nil {
			return InputErrorf("%s: shards are at work: %w", dir, err)
		}
		lock.Release(work)
	}
	return nil
}

// Empty takes the experiment out of a folder, and a plan with its shards, and leaves files of
// others. Somebody who works on a shard, or in the folder, is named. A folder of somebody else's is
// refused.
func Empty(dir string) error {
	if err := refuseStranger(dir, slices.Concat(PlanFiles, PlanFolders)...); err != nil {
		return err
	}
	if err := AtWork(dir); err != nil {
		return err
	}
	f, err := Enter(dir)
	if err != nil {
		return err
	}
	defer f.Close()
	if f.old, err = ReadManifest(dir); err != nil {
		f.old = nil // which files are the experiment's, their names then say
	}
	f.forced = true
	if err := f.clear(); err != nil {
		return err
	}
	return os.RemoveAll(f.Parts())
}
