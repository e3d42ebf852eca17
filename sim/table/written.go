package table

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// errNoFile is the error of what is neither a file nor a folder: a pipe or a device, which may have
// no end.
var errNoFile = errors.New("no regular file")

// Sum is the SHA-256 of a file in hexadecimal. What is no regular file has none.
func Sum(path string) (string, error) {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		return "", &fs.PathError{Op: "read", Path: path, Err: errNoFile}
	}
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return "", err
	}
	return hex.EncodeToString(h.Sum(nil)), nil
}

// Summed passes on what is written through it and keeps its SHA-256, so that a file need not be
// read again for it.
type Summed struct {
	to  io.Writer
	sum hash.Hash
}

// NewSummed is one that nothing has been written through.
func NewSummed(to io.Writer) *Summed { return &Summed{to, sha256.New()} }

// Write implements io.Writer.
func (s *Summed) Write(b []byte) (int, error) {
	n, err := s.to.Write(b)
	s.sum.Write(b[:n])
	return n, err
}

// Sum is the SHA-256 of what was written, in hexadecimal.
func (s *Summed) Sum() string { return hex.EncodeToString(s.sum.Sum(nil)) }

// Changed is the error of a file that is not as it was written. It is wrong input, and says what to
// do.
type Changed struct {
	Path string
	Want string // SHA-256 of what was written; "" where no file of the name was
	Got  string // of what is there; "" where nothing is
	Is   string // what is there instead of a file; "" for a file or nothing
}

func (c *Changed) Error() string {
	const remedy = "put the original back, or repeat the experiment; --as-is reads what there is"
	short := func(sum string) string { return sum[:min(8, len(sum))] }
	switch {
	case c.Is != "":
		return fmt.Sprintf("%s is %s where a file was written; move it away and repeat the experiment", c.Path, c.Is)
	case c.Want == "":
		return fmt.Sprintf(
			"%s is not among the files that the manifest of its folder names: it is another experiment's; %s",
			c.Path,
			remedy,
		)
	case c.Got == "":
		return fmt.Sprintf("%s is missing, though the manifest of its folder names it; %s", c.Path, remedy)
	}
	return fmt.Sprintf("%s was changed after it was written (SHA-256 %s…, the manifest has %s…); %s", c.Path,
		short(c.Got), short(c.Want), remedy)
}

// Reading is how the tables of a results folder are read: each is held against the SHA-256 in the
// folder's manifest, and one that was changed is refused, or with AsIs read all the same and
// remembered. The zero value refuses; a nil one does too.
type Reading struct {
	AsIs    bool
	changed []string
	known   map[string]remembered // by path
}

// remembered is a table in memory and the SHA-256 of its file.
type remembered struct {
	sum   string
	table *Table
}

// Remember has a table that was just written taken from memory, not from its file, as long as it is
// asked for by the same SHA-256.
func (r *Reading) Remember(path, sum string, t *Table) {
	if r.known == nil {
		r.known = map[string]remembered{}
	}
	r.known[path] = remembered{sum, t}
}

// Table reads the table in a file that must have a SHA-256. It may be one that others read too. Its
// error is a *Changed where the file has another SHA-256.
func (r *Reading) Table(path, sum string) (*Table, error) { return r.wanted(path, sum, Read) }

// Columns is Table where some columns are enough; it may have others too.
func (r *Reading) Columns(path, sum string, columns ...string) (*Table, error) {
	return r.wanted(path, sum, func(path string) (*Table, error) { return ReadColumns(path, columns...) })
}

func (r *Reading) wanted(path, sum string, read func(path string) (*Table, error)) (*Table, error) {
	if r != nil {
		if known, there := r.known[path]; there && known.sum == sum {
			return known.table, nil
		}
	}
	if err := r.Check(path, sum); err != nil {
		return nil, err
	}
	return read(path)
}

// Check holds a file against its SHA-256, "" where the manifest does not name it.
func (r *Reading) Check(path, sum string) error {
	got, err := Sum(path)
	if errors.Is(err, errNoFile) {
		what := "neither a file nor a folder"
		if info, at := os.Stat(path); at == nil && info.IsDir() {
			what = "a folder"
		}
		return &Changed{Path: path, Is: what}
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if got == sum && sum != "" {
		return nil
	}
	if r == nil || !r.AsIs {
		return &Changed{Path: path, Want: sum, Got: got}
	}
	if name := filepath.Base(path); !slices.Contains(r.changed, name) {
		r.changed = append(r.changed, name)
	}
	return nil
}

// Changed names the files that were read as they are although they were changed.
func (r *Reading) Changed() []string {
	if r == nil {
		return nil
	}
	return r.changed
}

// Note is the sentence that stands at the top of what is made of changed files; "" where none was.
func (r *Reading) Note() string {
	names := r.Changed()
	if len(names) == 0 {
		return ""
	}
	verb := "is"
	if len(names) > 1 {
		verb = "are"
	}
	return fmt.Sprintf("Read as it is: %s %s not as the experiment left it.", strings.Join(names, ", "), verb)
}

// Misfit turns the panic of a table that lacks a column into an error, in a function that reads
// tables which others may have changed. It must be deferred itself.
func Misfit(err *error) {
	switch v := recover().(type) {
	case nil:
	case MissingColumn:
		*err = v
	default:
		panic(v)
	}
}

// MissingColumn is what Number and Text panic with where a table has no such column.
type MissingColumn struct {
	table, column string
	has           []string
}

func (m MissingColumn) Error() string {
	return fmt.Sprintf("table %s has no column %q; it has %s", m.table, m.column, strings.Join(m.has[:min(12,
		len(m.has))], ", "))
}

// mostText bounds what is read of a record such as a manifest, in bytes: far above any real one.
const mostText = 128 << 20

// ReadRecord reads a file of text that a folder keeps, such as its manifest. One without an end is
// refused, and what is no regular file.
func ReadRecord(path string) ([]byte, error) {
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() && !info.IsDir() {
		return nil, &fs.PathError{Op: "read", Path: path, Err: errNoFile}
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, mostText+1))
	if err == nil && len(text) > mostText {
		err = fmt.Errorf("%s is larger than %d MB: it is no record of simulate", path, mostText>>20)
	}
	return text, err
}
