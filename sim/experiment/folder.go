package experiment

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/google/renameio/v2/maybe"
)

// A results folder holds its experiment's files once complete. Until then what is done lies in the subfolder .parts: a note of what
// the experiment is, the journal of finished runs, and finished files on their way to the folder.
const (
	partsName   = ".parts"
	noteName    = "experiment.json"
	journalName = "runs.journal"
	finalName   = "final"
)

// note says which experiment the parts belong to.
type note struct {
	Identity   string    `json:"identity"`
	Name       string    `json:"name"`
	Executable string    `json:"executable_sha256"`
	Started    time.Time `json:"started"`
}

// claim is what an experiment brings to its results folder.
type claim struct {
	out            string // folder asked for; empty: results/NAME
	name, identity string
	format         string // of the tables
	force          bool
	notice         func(format string, a ...any)
	differs        func(*Manifest) string // in what an experiment that is there differs from this one
}

// claim is what the plan brings to its folder.
func (p *plan) claim() claim {
	return claim{p.Out, p.name, p.identity(), p.Format, p.Force, p.notice, p.differs}
}

// folder is a results folder that this process has locked.
type folder struct {
	dir      string
	lock     *folderLock
	old      *Manifest // of the experiment that is there; nil for none
	complete bool      // it is this experiment, and whole
	started  time.Time
	moved    string // where an older experiment went
}

func (f *folder) parts(name ...string) string {
	return filepath.Join(append([]string{f.dir, partsName}, name...)...)
}

func (f *folder) close() { f.lock.release(f.dir) }

// openFolder finds or makes the results folder of an experiment, locks it, and settles what becomes of one that is there.
func openFolder(p claim, program Build) (f *folder, err error) {
	dir := p.out
	if dir == "" {
		dir = filepath.Join("results", fileName(p.name))
	}
	if err := refuseForeign(dir); err != nil {
		return nil, err
	}
	f = &folder{dir: dir, started: time.Now().UTC().Truncate(time.Second)}
	if err := f.enter(); err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			f.close()
		}
	}()
	if err := refuseForeign(dir); err != nil { // somebody may have been at it before the lock
		return nil, err
	}
	there, err := f.find()
	if err != nil {
		return nil, err
	}
	mine := note{p.identity, p.name, program.Executable, f.started}
	if there == nil {
		return f, f.begin(mine)
	}
	return f, f.settle(p, mine, there)
}

// enter makes and locks the folder.
func (f *folder) enter() error {
	if err := os.MkdirAll(f.dir, 0o755); err != nil {
		return err
	}
	lock, err := lockFolder(f.dir)
	f.lock = lock
	return err
}

// refuseForeign refuses a folder with files that are not an experiment's.
func refuseForeign(dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	stranger := ""
	for _, e := range entries {
		switch name := e.Name(); {
		case name == partsName:
			if _, err := os.Stat(filepath.Join(dir, partsName, noteName)); err == nil {
				return nil // an experiment that is not complete
			}
		case name == manifestName:
			if _, err := ReadManifest(dir); err != nil {
				return inputError("%w; choose another folder with --out, or move this one away", err)
			}
			return nil
		case name != lockName && name != heldName:
			stranger = name
		}
	}
	if stranger != "" {
		return inputError("%s holds files that are not results of simulate (%s); choose another folder with --out", dir, stranger)
	}
	return nil
}

// find says which experiment is in the folder, and remembers its manifest; nil for none.
func (f *folder) find() (*note, error) {
	m, err := ReadManifest(f.dir)
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, err
	}
	var n *note
	if text, err := os.ReadFile(f.parts(noteName)); err == nil {
		n = new(note)
		if err := json.Unmarshal(text, n); err != nil {
			return nil, fmt.Errorf("%s: %w", f.parts(noteName), err)
		}
	}
	switch {
	case m == nil:
		return n, nil
	case n != nil && n.Identity != m.Identity:
		// Stopped between taking over the folder and clearing away the experiment before.
		f.old = m
		return n, nil
	}
	f.old = m
	return &note{m.Identity, m.Name, m.Program.Executable, m.Started}, nil
}

// settle decides what becomes of the experiment that is there.
func (f *folder) settle(p claim, mine note, there *note) error {
	same := there.Identity == mine.Identity
	sameProgram := there.Executable == mine.Executable
	unfinished := f.old == nil || f.old.Identity != there.Identity
	switch {
	case same && sameProgram && unfinished:
		f.started = there.Started
		return f.clear()
	case p.force:
		return f.begin(mine)
	case same && sameProgram:
		return f.reuse(p, mine)
	case same && unfinished:
		return inputError("%s was begun by another build of the program (executable %s, this one is %s), whose runs may differ; finish it with that one, or start afresh with --force",
			f.dir, short(there.Executable), short(mine.Executable))
	case p.out != "" && same:
		return inputError("%s holds this experiment (%s) as made by another build of the program (executable %s, this one is %s); choose another folder with --out, or replace it with --force",
			f.dir, short(there.Identity), short(there.Executable), short(mine.Executable))
	case p.out != "":
		differs := ""
		if !unfinished {
			differs = " (" + p.differs(f.old) + ")"
		}
		return inputError("%s holds another experiment, %s %s, not %s %s%s; choose another folder with --out, or replace it with --force",
			f.dir, there.Name, short(there.Identity), mine.Name, short(mine.Identity), differs)
	}
	if err := f.moveAway(there); err != nil {
		return err
	}
	held := "another experiment"
	if same {
		held = "this experiment as made by another build of the program"
	}
	p.notice("%s held %s (%s); it is now %s.", f.dir, held, short(there.Identity), f.moved)
	return f.begin(mine)
}

// reuse keeps a whole experiment as it is and starts again where its files are of another format, missing or changed.
func (f *folder) reuse(p claim, mine note) error {
	damaged, err := f.old.damaged(f.dir)
	if err != nil {
		return err
	}
	switch {
	case f.old.Format != p.format:
		p.notice("%s holds this experiment with %s tables; it runs again for %s.", f.dir, f.old.Format, p.format)
	case damaged != "":
		p.notice("%s was changed or removed since %s was complete; the experiment runs again.", damaged, f.dir)
	default:
		f.complete = true
		return os.RemoveAll(f.parts())
	}
	return f.begin(mine)
}

// begin makes the folder this experiment's: the note first, so that it is known from then on, then the old files go.
func (f *folder) begin(mine note) error {
	if err := os.RemoveAll(f.parts()); err != nil {
		return err
	}
	if err := os.MkdirAll(f.parts(), 0o755); err != nil {
		return err
	}
	text, err := json.MarshalIndent(mine, "", "  ")
	if err != nil {
		return err
	}
	if err := maybe.WriteFile(f.parts(noteName), append(text, '\n'), 0o644); err != nil {
		return err
	}
	return f.clear()
}

// clear removes the files of the experiment that was there, its manifest first.
func (f *folder) clear() error {
	if f.old == nil {
		return nil
	}
	names := []string{manifestName, "figures", ReportName}
	for _, file := range append(f.old.Tables, f.old.Scenarios...) {
		if local := filepath.FromSlash(file.File); filepath.IsLocal(local) {
			names = append(names, local)
		}
	}
	for _, name := range names {
		if err := os.RemoveAll(filepath.Join(f.dir, name)); err != nil {
			return err
		}
	}
	f.old = nil
	return nil
}

// moveAway renames the folder after the experiment in it and makes a new one in its place.
func (f *folder) moveAway(there *note) error {
	to := f.dir + "." + short(there.Identity)
	for n := 2; ; n++ {
		if _, err := os.Lstat(to); errors.Is(err, os.ErrNotExist) {
			break
		}
		to = fmt.Sprintf("%s.%s-%d", f.dir, short(there.Identity), n)
	}
	if err := os.Rename(f.dir, to); err != nil {
		return err
	}
	f.lock.release(to)
	f.moved, f.old = to, nil
	return f.enter()
}

// publish moves the finished files into the folder, the manifest last, and drops the parts. superseded are files that a run which was
// stopped here may have left.
func (f *folder) publish(files, superseded []string) error {
	for _, file := range superseded {
		if err := os.Remove(filepath.Join(f.dir, file)); err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	for _, file := range append(files, manifestName) {
		to := filepath.Join(f.dir, filepath.FromSlash(file))
		if strings.Contains(file, "/") {
			if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
				return err
			}
		}
		if err := os.Rename(f.parts(finalName, filepath.FromSlash(file)), to); err != nil {
			return err
		}
		syncFolder(filepath.Dir(to))
	}
	return os.RemoveAll(f.parts())
}

// syncFolder makes renames last through a power cut where the system can.
func syncFolder(path string) {
	if d, err := os.Open(path); err == nil {
		d.Sync()
		d.Close()
	}
}
