package results

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode"

	"simulate/internal/aside"
	"simulate/internal/wholefile"
)

// A results folder holds its experiment's files once complete. Until then what is done lies in the
// subfolder .parts: a note of what the experiment is, the log of finished runs, and finished files
// on their way to the folder.
const (
	partsName = ".parts"
	noteName  = "experiment.json"
	FinalName = "final"
)

// note says which experiment the parts belong to.
type note struct {
	Identity   string    `json:"identity"`
	Name       string    `json:"name"`
	Executable string    `json:"executable_sha256"`
	Started    time.Time `json:"started"`
}

// Claim is what an experiment brings to its results folder.
type Claim struct {
	Out            string // folder asked for; empty: results/NAME
	Name, Identity string
	Format         string // of the tables
	Force          bool
	Notice         func(format string, a ...any)
	Differs        func(*Manifest) string // in what an experiment that is there differs from this one
	// Begun tells whether the log among unfinished parts is this experiment's; nil: it cannot be told.
	Begun func(parts string) bool
}

// Folder is a results folder that this process has locked.
type Folder struct {
	Dir      string
	lock     *FolderLock
	old      *Manifest // of the experiment that is there; nil for none
	forced   bool      // whatever is there is to go
	Complete bool      // it is this experiment, and whole
	Started  time.Time
}

// Parts is a path among what is not finished.
func (f *Folder) Parts(name ...string) string {
	return filepath.Join(append([]string{f.Dir, partsName}, name...)...)
}

// Close unlocks the folder.
func (f *Folder) Close() { f.lock.Release(f.Dir) }

// Open finds or makes the results folder of an experiment, locks it, and settles what becomes of
// one that is there.
func Open(c Claim, program Build) (f *Folder, err error) {
	dir := c.Out
	if dir == "" {
		dir = filepath.Join("results", FileName(c.Name))
	}
	if err := refuseStranger(dir); err != nil {
		return nil, err
	}
	f = &Folder{Dir: dir, Started: time.Now().UTC().Truncate(time.Second), forced: c.Force}
	if err := f.enter(); err != nil {
		return nil, err
	}
	entered := f
	defer func() {
		if err != nil {
			entered.Close()
		}
	}()
	if err := refuseStranger(dir); err != nil { // somebody may have been at it before the lock
		return nil, err
	}
	mine := note{c.Identity, c.Name, program.Executable, f.Started}
	if c.Force {
		if err := AtWork(dir); err != nil {
			return nil, err
		}
	}
	there, err := f.find()
	switch {
	case err != nil:
		return f, f.heal(c, mine, err)
	case there == nil:
		return f, f.begin(mine)
	}
	return f, f.settle(c, mine, there)
}

// Enter makes and locks the folder at a path, whatever it holds.
func Enter(dir string) (*Folder, error) {
	f := &Folder{Dir: dir, Started: time.Now().UTC().Truncate(time.Second)}
	return f, f.enter()
}

// enter makes and locks the folder.
func (f *Folder) enter() error {
	if err := os.MkdirAll(f.Dir, 0o755); err != nil {
		return err
	}
	lock, err := LockFolder(f.Dir)
	f.lock = lock
	return err
}

// find says which experiment is in the folder, and remembers its manifest; nil for none. Its error
// says which record is damaged.
func (f *Folder) find() (*note, error) {
	m, damaged := ReadManifest(f.Dir)
	n, err := f.readNote()
	switch {
	case err != nil:
		return nil, err
	case n != nil && (m == nil || n.Identity != m.Identity):
		// Not complete, or stopped between taking over the folder and clearing away the experiment
		// before.
		f.old = m
		return n, nil
	case m != nil:
		f.old = m
		return &note{m.Identity, m.Name, m.Program.Executable, m.Started}, nil
	case !errors.Is(damaged, os.ErrNotExist):
		return nil, damaged
	case f.holdsTables():
		return nil, fmt.Errorf("its %s is missing", ManifestName)
	}
	return nil, nil
}

// settle decides what becomes of the experiment that is there.
func (f *Folder) settle(c Claim, mine note, there *note) error {
	same := there.Identity == mine.Identity
	sameProgram := there.Executable == mine.Executable
	unfinished := f.old == nil || f.old.Identity != there.Identity
	switch {
	case same && sameProgram && unfinished:
		f.Started = there.Started
		return f.clear()
	case c.Force:
		return f.begin(mine)
	case same && sameProgram:
		return f.reuse(c, mine)
	case same && unfinished:
		return InputErrorf("%s was begun by another build of the program (executable %s, this one is %s), whose runs may "+
			"differ; finish it with that one, or start afresh with --force",
			f.Dir, Short(there.Executable), Short(mine.Executable))
	case c.Out != "" && same:
		return InputErrorf("%s holds this experiment (%s) as made by another build of the program (executable %s, this "+
			"one is %s); choose another folder with --out, or replace it with --force",
			f.Dir, Short(there.Identity), Short(there.Executable), Short(mine.Executable))
	case c.Out != "":
		differs := ""
		if !unfinished {
			differs = " (" + c.Differs(f.old) + ")"
		}
		return InputErrorf("%s holds another experiment, %s %s, not %s %s%s; choose another folder with --out, or replace "+
			"it with --force",
			f.Dir, there.Name, Short(there.Identity), mine.Name, Short(mine.Identity), differs)
	}
	moved, err := f.stepAside(Short(there.Identity))
	if err != nil {
		return err
	}
	held := "another experiment"
	if same {
		held = "this experiment as made by another build of the program"
	}
	c.Notice("%s held %s (%s); it is now %s.", f.Dir, held, Short(there.Identity), moved)
	return f.begin(mine)
}

// reuse keeps a whole experiment as it is and starts again where its files are of another format,
// missing or changed.
func (f *Folder) reuse(c Claim, mine note) error {
	damaged, err := f.old.Damaged(f.Dir)
	if err != nil {
		return err
	}
	switch {
	case f.old.Format != c.Format:
		c.Notice("%s holds this experiment with %s tables; it runs again for %s.", f.Dir, f.old.Format, c.Format)
	case damaged != "":
		c.Notice("%s was changed or removed since %s was complete; the experiment runs again.", damaged, f.Dir)
	default:
		f.Complete = true
		return os.RemoveAll(f.Parts())
	}
	return f.begin(mine)
}

// begin makes the folder this experiment's: the note first, so that it is known from then on, then
// the old files go.
func (f *Folder) begin(mine note) error {
	if err := os.RemoveAll(f.Parts()); err != nil {
		return err
	}
	return f.write(mine)
}

// write says in the parts what they belong to and clears the rest away.
func (f *Folder) write(mine note) error {
	if err := os.MkdirAll(f.Parts(), 0o755); err != nil {
		return err
	}
	text, err := json.MarshalIndent(mine, "", "  ")
	if err != nil {
		return err
	}
	if err := os.RemoveAll(f.Parts(noteName)); err != nil { // a folder may have taken its place
		return err
	}
	if err := wholefile.Write(f.Parts(noteName), append(text, '\n')); err != nil {
		return err
	}
	return f.clear()
}

// clear removes the files of the experiment that was there, its manifest first, and with force a
// plan with its shards. Where no manifest says which files those are, their names do.
func (f *Folder) clear() error {
	names := []string{ManifestName, "figures", ReportName}
	if f.forced {
		names = append(names, PlanFiles...)
	}
	if f.old != nil {
		for _, file := range append(f.old.Tables, f.old.Scenarios...) {
			if local := filepath.FromSlash(file.File); filepath.IsLocal(local) {
				names = append(names, local)
			}
		}
	} else {
		names = append(names, ScenarioName, "scenarios")
		for _, name := range TableNames {
			for _, format := range Formats {
				names = append(names, name+"."+format)
			}
		}
	}
	for _, name := range names {
		if err := os.RemoveAll(filepath.Join(f.Dir, name)); err != nil {
			return err
		}
	}
	f.old = nil
	return nil
}

// stepAside renames the folder and makes a new one in its place. It returns the new name.
func (f *Folder) stepAside(after string) (to string, err error) {
	to = f.Dir + "." + after
	for n := 2; ; n++ {
		if _, err := os.Lstat(to); errors.Is(err, os.ErrNotExist) {
			break
		}
		to = fmt.Sprintf("%s.%s-%d", f.Dir, after, n)
	}
	if err := os.Rename(f.Dir, to); err != nil {
		return "", err
	}
	f.lock.Release(to)
	f.old = nil
	return to, f.enter()
}

// refuseStranger refuses a folder with files that are not an experiment's nor among known ones.
func refuseStranger(dir string, known ...string) error {
	stranger, _, err := look(dir, known)
	if err == nil && stranger != "" {
		err = InputErrorf("%s holds files that are not results of simulate (%s); choose another folder with --out", dir,
			stranger)
	}
	return err
}

// Publish moves the finished files into the folder, the manifest last, and drops the parts.
// superseded are files that a run which was stopped here may have left.
func (f *Folder) Publish(files, superseded []string) error {
	for _, file := range superseded {
		if err := os.Remove(filepath.Join(f.Dir, file)); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	folders := map[string]bool{}
	for _, file := range append(files, ManifestName) {
		to := filepath.Join(f.Dir, filepath.FromSlash(file))
		if file == ManifestName { // what it names lasts before it does
			for folder := range folders {
				wholefile.SyncFolder(folder)
			}
		}
		if strings.Contains(file, "/") {
			if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
				return err
			}
		}
		if err := aside.Folder(to); err != nil { // somebody may have put one there
			return err
		}
		if err := os.Rename(f.Parts(FinalName, filepath.FromSlash(file)), to); err != nil {
			return err
		}
		folders[filepath.Dir(to)] = true
	}
	wholefile.SyncFolder(f.Dir)
	return errors.Join(wholefile.Strays(f.Dir), os.RemoveAll(f.Parts()))
}

// FileName makes a name of a scenario or experiment fit for a file: letters, digits and .+-_# stay,
// everything else becomes "_".
func FileName(name string) string {
	safe := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune(".+-_#", r) {
			return r
		}
		return '_'
	}, name)
	if safe == "" || safe[0] == '.' {
		return "_" + safe
	}
	return safe
}

// RemoveFiles removes files from a folder where they exist.
func RemoveFiles(dir string, files []string) error {
	for _, file := range files {
		if err := os.RemoveAll(filepath.Join(dir, file)); err != nil {
			return err
		}
	}
	return nil
}
