package results

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"simulate/internal/wholefile"
	"simulate/sim/table"
)

// PlaceSpec says for what a results folder is wanted whose tables are written at once, as those of
// a back-test or a calibration.
type PlaceSpec struct {
	Out      string // folder asked for; empty: results/NAME
	Name     string
	Identity string // SHA-256 of all that decides the numbers
	Force    bool   // replace another experiment
	Commit   string // of the program
	Notice   func(string)
	Differs  func(*Manifest) string // in what an experiment that is there differs from this one
	// Begun tells whether the log among unfinished parts is this experiment's; nil: it cannot be told.
	Begun func(parts string) bool
}

// Place is a results folder that is locked for what will be written.
type Place struct {
	Dir     string
	Program Build
	Started time.Time

	folder *Folder
	done   bool
	kept   bool
}

// OpenPlace finds or makes a results folder and settles what becomes of an experiment that is there
// as Run does: another one is renamed in the default folder, refused in one that was asked for, and
// replaced with Force. The error is an *InputError where it is refused. The place must be closed.
func OpenPlace(s PlaceSpec) (*Place, error) {
	program, err := ThisBuild(s.Commit)
	if err != nil {
		return nil, err
	}
	notice := func(format string, a ...any) {
		if s.Notice != nil {
			s.Notice(fmt.Sprintf(format, a...))
		}
	}
	f, err := Open(Claim{Out: s.Out, Name: s.Name, Identity: s.Identity, Format: "csv", Force: s.Force, Notice: notice,
		Differs: s.Differs, Begun: s.Begun}, program)
	if err != nil {
		return nil, err
	}
	return &Place{Dir: f.Dir, Program: program, Started: f.Started, folder: f}, nil
}

// EnterPlace locks a folder whatever it holds, as one in which shards lie.
func EnterPlace(dir, commit string) (*Place, error) {
	program, err := ThisBuild(commit)
	if err != nil {
		return nil, err
	}
	f, err := Enter(dir)
	if err != nil {
		return nil, err
	}
	return &Place{Dir: f.Dir, Program: program, Started: f.Started, folder: f, kept: true}, nil
}

// Parts is the folder in which what is not finished lies.
func (p *Place) Parts() string { return p.folder.Parts() }

// Keep leaves what is not finished where it is when the place is closed, for the same experiment to
// go on.
func (p *Place) Keep() { p.kept = true }

// Close unlocks the folder. Without a Write or Keep before it nothing stays of what was begun.
func (p *Place) Close() {
	begun := !p.done && !p.kept && !p.folder.Complete
	if begun {
		os.RemoveAll(p.folder.Parts())
	}
	p.folder.Close()
	if begun {
		os.Remove(p.Dir) // where it is empty
	}
}

// Write puts tables and the resolved scenario into the folder, and last the manifest that describe
// makes of the tables' list.
func (p *Place) Write(tables []*table.Table, scenario []byte, describe func([]File) any) error {
	final := p.folder.Parts(FinalName)
	if err := os.RemoveAll(final); err != nil {
		return err
	}
	if err := os.MkdirAll(final, 0o755); err != nil {
		return err
	}
	var names []string
	var files []File
	for _, t := range tables {
		name := t.Name + ".csv"
		if err := t.Save(filepath.Join(final, name)); err != nil {
			return err
		}
		sum, err := FileSum(filepath.Join(final, name))
		if err != nil {
			return err
		}
		names, files = append(names, name), append(files, File{name, t.Len(), sum})
	}
	if err := wholefile.Write(filepath.Join(final, ScenarioName), scenario); err != nil {
		return err
	}
	names = append(names, ScenarioName)
	text, err := json.MarshalIndent(describe(files), "", "  ")
	if err != nil {
		return err
	}
	if err := wholefile.Write(filepath.Join(final, ManifestName), append(text, '\n')); err != nil {
		return err
	}
	p.done = true
	return p.folder.Publish(names, nil)
}
