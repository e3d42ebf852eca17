package scenario

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"simulate/internal/quantity"
	"simulate/scenarios"
)

// loader reads a file and what it extends.
type loader struct {
	*report
	work  string
	chain []string // files being read, outermost first
	docs  int

	inherited *changes // of the scenario that the outermost file extends; nil for none
}

// ownKeys belong to one file and are not taken over by those that extend it.
var ownKeys = []string{"name", "title", "description", "expect", "extends", "base"}

// load reads a scenario by name or path and returns its resolved tree.
func (l *loader) load(ref string) (root *node, name string) {
	if ref == "" {
		l.addf(pos{doc: &document{name: "scenario"}}, "name a built-in scenario, which `simulate list` shows, or the path "+
			"of a file", "no scenario is named")
		return nil, ""
	}
	if !IsPath(ref) {
		if !slices.Contains(builtinNames(), ref) {
			l.addf(pos{doc: &document{name: ref}}, l.unknownBuiltin(ref), "there is no built-in scenario %q", clip(ref))
			return nil, ""
		}
		return l.builtin(ref), ref
	}
	name = strings.TrimSuffix(filepath.Base(ref), filepath.Ext(ref))
	return l.file(ref), name
}

// IsPath tells whether what names a scenario is the path of a file, not the name of a built-in one.
func IsPath(ref string) bool {
	return strings.ContainsAny(ref, `/\`) || strings.HasSuffix(ref, ".yaml") || strings.HasSuffix(ref, ".yml")
}

func (l *loader) unknownBuiltin(name string) string {
	remedy := quantity.DidYouMean(name, builtinNames())
	for _, path := range []string{name + ".yaml", name} {
		if info, err := os.Stat(filepath.Join(l.work, path)); err == nil && info.Mode().IsRegular() {
			return "write ./" + path + " for the file here"
		}
	}
	return remedy
}

func (l *loader) builtin(name string) *node {
	data, err := scenarios.Files.ReadFile(name + ".yaml")
	if err != nil {
		l.addf(pos{doc: &document{name: name}}, "", "cannot be read: %v", err)
		return nil
	}
	doc := newDocument("scenarios/"+name+".yaml", data)
	doc.builtin = true
	root := l.resolve(doc, data, "built-in "+name)
	if root != nil && root.get(centreKey.name) == nil { // the end of the chain
		root.put(centreKey.name, root.at, scalar(name))
	}
	return root
}

// file reads a file of at most maxBytes; a larger one is refused without reading it.
func (l *loader) file(path string) *node {
	doc := &document{name: filepath.ToSlash(path)}
	data, bad := readFile(l.at(path), scenarioFile)
	if bad != nil {
		l.add(pos{doc: doc}, bad)
		return nil
	}
	whole := newDocument(doc.name, data)
	whole.dir = filepath.Dir(l.at(path))
	id, err := filepath.EvalSymlinks(l.at(path))
	if err != nil {
		id = l.at(path)
	}
	if absolute, err := filepath.Abs(id); err == nil {
		id = absolute
	}
	return l.resolve(whole, data, id)
}

// at places a relative path in the working folder.
func (l *loader) at(path string) string {
	if filepath.IsAbs(path) || l.work == "" {
		return path
	}
	return filepath.Join(l.work, path)
}

// reading is what a kind of file is, for the remedies where one cannot be read.
type reading struct {
	missing func(path string) string
	folder  string
	large   string
}

var scenarioFile = reading{missingScenario, "name a .yaml file in it", "a scenario is a small text file; is this " +
	"the right one?"}

// missingScenario is the remedy for a path without a file: the file or the built-in scenario of the
// nearest name.
func missingScenario(path string) string {
	folder, file := filepath.Split(path)
	stem := func(name string) string { return strings.TrimSuffix(name, filepath.Ext(name)) }
	entries, _ := os.ReadDir(cmp.Or(folder, ".")) // without one there is nothing to propose
	var here, stems []string
	other := "" // the same name with an ending that is not looked for, as editors leave it
	for _, e := range entries {
		name := e.Name()
		switch ext := strings.ToLower(filepath.Ext(name)); {
		case e.IsDir():
		case ext == ".yaml" || ext == ".yml":
			here, stems = append(here, name), append(stems, stem(name))
		case stem(file) != "" && (strings.EqualFold(stem(name), stem(file)) || strings.EqualFold(stem(name), file)):
			other = name
		}
	}
	if name := quantity.Nearest(stem(file), stems); name != "" {
		return "did you mean " + here[slices.Index(stems, name)] + "?"
	}
	if other != "" {
		return fmt.Sprintf("there is %s; if it is the scenario, let its name end in .yaml", other)
	}
	if name := quantity.Nearest(stem(file), builtinNames()); name != "" {
		return fmt.Sprintf("did you mean the built-in scenario %s, without a path or ending?", name)
	}
	return "check the path, or take a built-in scenario; `simulate list` shows them"
}

func readFile(path string, kind reading) ([]byte, *complaint) {
	f, err := os.Open(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, complain(kind.missing(path), "there is no such file")
	case err != nil:
		return nil, complain("check its permissions", "the file cannot be opened")
	}
	defer f.Close()
	info, err := f.Stat()
	switch {
	case err != nil:
		return nil, complain("check its permissions", "the file cannot be read")
	case info.IsDir():
		return nil, complain(kind.folder, "this is a folder")
	case info.Size() > maxBytes:
		return nil, tooLarge(info.Size(), kind)
	}
	data, err := io.ReadAll(io.LimitReader(f, maxBytes+1))
	if err != nil {
		return nil, complain("check its permissions", "the file cannot be read")
	}
	if len(data) > maxBytes {
		return nil, tooLarge(int64(len(data)), kind)
	}
	return data, nil
}

func tooLarge(size int64, kind reading) *complaint {
	return complain(kind.large, "the file is larger than %d MB (%.4g MB)", maxBytes>>20, float64(size)/(1<<20))
}

// resolve parses a document and lays it over what it extends.
func (l *loader) resolve(doc *document, data []byte, id string) *node {
	doc.order = l.docs
	l.docs++
	root := l.parse(doc, data)
	if root == nil {
		return nil
	}
	if root.kind != mappingNode {
		l.addf(root.at, "write keys such as `extends: baseline`", "the file is not a mapping")
		return nil
	}
	l.normalise(root)
	extends := root.pair("extends")
	if extends == nil {
		l.nulls(root, "")
		return root
	}
	l.chain = append(l.chain, id)
	defer func() { l.chain = l.chain[:len(l.chain)-1] }()
	base := l.extended(doc, extends.value)
	if base == nil {
		return nil
	}
	if len(l.chain) == 1 {
		c := changesOf(base)
		l.inherited = &c
	}
	for _, k := range ownKeys {
		base.remove(k)
	}
	return l.merge(base, root, "")
}

// extended reads what a file extends.
func (l *loader) extended(doc *document, ref *node) *node {
	if ref.kind != scalarNode {
		l.addf(ref.at, "write extends: baseline, or a path", "extends is not a name")
		return nil
	}
	if len(l.chain) > 20 {
		l.addf(ref.at, "extend a file nearer to the baseline", "more than 20 files extend each other")
		return nil
	}
	name := ref.text
	if !IsPath(name) {
		if !slices.Contains(builtinNames(), name) {
			l.addf(ref.at, l.unknownBuiltin(name)+"; a file of your own needs its path, as in ./"+name+".yaml",
				"there is no built-in scenario %q", clip(name))
			return nil
		}
		if l.cycle(ref, "built-in "+name) {
			return nil
		}
		return l.builtin(name)
	}
	if doc.dir == "" {
		l.addf(ref.at, "name a built-in scenario", "a built-in scenario cannot extend a file")
		return nil
	}
	path, bad := l.allowed(doc, name)
	if bad != nil {
		l.add(ref.at, bad)
		return nil
	}
	id, err := filepath.EvalSymlinks(path)
	if err != nil {
		id = path
	}
	if absolute, err := filepath.Abs(id); err == nil && l.cycle(ref, absolute) {
		return nil
	}
	data, bad := readFile(path, scenarioFile)
	if bad != nil {
		l.addf(ref.at, bad.remedy, "extends %s: %s", clip(name), bad.what)
		return nil
	}
	base := newDocument(l.shown(doc, name, path), data)
	base.dir = filepath.Dir(path)
	absolute, err := filepath.Abs(id)
	if err != nil {
		absolute = id
	}
	return l.resolve(base, data, absolute)
}

// shown is the name of an extended file in messages: beside the file that names it, or as it names
// it.
func (l *loader) shown(doc *document, name, path string) string {
	if path == filepath.Join(doc.dir, name) {
		return filepath.ToSlash(filepath.Join(filepath.Dir(doc.name), name))
	}
	return filepath.ToSlash(name)
}

func (l *loader) cycle(ref *node, id string) bool {
	i := slices.Index(l.chain, id)
	if i < 0 {
		return false
	}
	var names []string
	for _, c := range append(slices.Clone(l.chain[i:]), id) {
		names = append(names, strings.TrimPrefix(filepath.Base(c), "built-in "))
	}
	l.addf(ref.at, "let one of them stand alone, or extend baseline", "extends goes round in a circle: %s",
		strings.Join(names, " → "))
	return true
}

// allowed finds the file that extends names, under the naming file's own folder or the working
// folder.
func (l *loader) allowed(doc *document, name string) (string, *complaint) {
	work := l.work
	if work == "" {
		work = "."
	}
	outside, inside := false, false
	for _, folder := range []string{doc.dir, work} {
		path := name
		if !filepath.IsAbs(path) {
			path = filepath.Join(folder, name)
		}
		_, err := os.Stat(path)
		permitted := under(path, doc.dir) || under(path, work)
		if err == nil && permitted {
			return path, nil
		}
		outside, inside = outside || err == nil, inside || permitted
	}
	if outside || !inside {
		return "", complain("copy the file beside this one", "extends %s: the file lies outside this file's folder and "+
			"the working folder", clip(name))
	}
	return "", complain("check the path; it is looked for beside this file and in the working folder",
		"extends %s: there is no such file", clip(name))
}

// under reports whether a path lies in a folder, symbolic links followed.
func under(path, folder string) bool {
	real := func(p string) string {
		p, _ = filepath.Abs(p)
		if r, err := filepath.EvalSymlinks(p); err == nil {
			return r
		}
		return p
	}
	rel, err := filepath.Rel(real(folder), real(path))
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

func builtinNames() []string {
	entries, err := scenarios.Files.ReadDir(".")
	if err != nil {
		panic(err) // embedded: cannot fail
	}
	var names []string
	for _, e := range entries {
		names = append(names, strings.TrimSuffix(e.Name(), ".yaml"))
	}
	return names
}

// Builtins lists the scenarios that the program carries, with their titles.
func Builtins() []Builtin {
	var out []Builtin
	for _, name := range builtinNames() {
		data, err := scenarios.Files.ReadFile(name + ".yaml")
		if err != nil {
			panic(err) // embedded: cannot fail
		}
		r := &report{}
		root := r.parse(newDocument(name, data), data)
		b := Builtin{Name: name}
		for key, to := range map[string]*string{"title": &b.Title, "description": &b.Description,
			"extends": &b.Extends} {
			if n := root.get(key); n != nil {
				*to = n.text
			}
		}
		out = append(out, b)
	}
	return out
}
