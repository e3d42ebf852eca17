package scenario

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// editor speaks the language server protocol with yaml-language-server, the server of VS Code's
// YAML extension, as an editor does.
type editor struct {
	t       *testing.T
	in      io.Writer
	replies chan reply
	id      int
}

type reply struct {
	ID     json.RawMessage `json:"id"`
	Method string          `json:"method"`
	Params json.RawMessage `json:"params"`
	Result json.RawMessage `json:"result"`
}

// openEditor starts the server in a folder, or skips the test where it is not installed (npm
// install yaml-language-server).
func openEditor(t *testing.T, dir string) *editor {
	t.Helper()
	server, err := exec.LookPath("yaml-language-server")
	if err != nil {
		t.Skip("no yaml-language-server on the path")
	}
	cmd := exec.CommandContext(t.Context(), server, "--stdio")
	cmd.Dir = dir
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Skipf("%v", err)
	}
	e := &editor{t: t, in: in, replies: make(chan reply, 100)}
	go e.listen(bufio.NewReader(out))
	t.Cleanup(func() { in.Close(); cmd.Process.Kill(); cmd.Wait() })
	e.ask("initialize", map[string]any{"processId": os.Getpid(), "rootUri": fileURI(dir),
		"capabilities": map[string]any{}})
	e.tell("initialized", map[string]any{})
	return e
}

func fileURI(path string) string {
	return (&url.URL{Scheme: "file", Path: filepath.ToSlash(path)}).String()
}

func (e *editor) send(message map[string]any) {
	e.t.Helper()
	message["jsonrpc"] = "2.0"
	text, err := json.Marshal(message)
	if err != nil {
		e.t.Fatal(err)
	}
	if _, err := fmt.Fprintf(e.in, "Content-Length: %d\r\n\r\n%s", len(text), text); err != nil {
		e.t.Fatal(err)
	}
}

func (e *editor) tell(method string, params any) {
	e.send(map[string]any{"method": method, "params": params})
}

// ask sends a request and returns its result.
func (e *editor) ask(method string, params any) json.RawMessage {
	e.t.Helper()
	e.id++
	e.send(map[string]any{"id": e.id, "method": method, "params": params})
	return e.await(func(r reply) bool { return r.Method == "" && string(r.ID) == strconv.Itoa(e.id) }).Result
}

// await returns the first message of a kind and answers what the server asks meanwhile: it takes
// every setting at its default.
func (e *editor) await(wanted func(reply) bool) reply {
	e.t.Helper()
	late := time.After(time.Minute)
	for {
		select {
		case r, open := <-e.replies:
			switch {
			case !open:
				e.t.Fatal("the server ended")
			case wanted(r):
				return r
			case r.Method == "workspace/configuration":
				e.send(map[string]any{"id": r.ID, "result": []any{nil, nil, nil, nil, nil}})
			case r.Method != "" && len(r.ID) > 0:
				e.send(map[string]any{"id": r.ID, "result": nil})
			}
		case <-late:
			e.t.Fatal("the server does not answer")
		}
	}
}

func (e *editor) listen(out *bufio.Reader) {
	defer close(e.replies)
	for {
		length := 0
		for {
			line, err := out.ReadString('\n')
			if err != nil {
				return
			}
			if line = strings.TrimSpace(line); line == "" {
				break
			}
			if n, found := strings.CutPrefix(line, "Content-Length: "); found {
				length, _ = strconv.Atoi(n)
			}
		}
		text := make([]byte, length)
		if _, err := io.ReadFull(out, text); err != nil {
			return
		}
		var r reply
		if json.Unmarshal(text, &r) == nil {
			e.replies <- r
		}
	}
}

// open shows the server a file with some text.
func (e *editor) open(path, text string) {
	e.tell("textDocument/didOpen", map[string]any{"textDocument": map[string]any{"uri": fileURI(path),
		"languageId": "yaml", "version": 1, "text": text}})
}

// completions are the words that the server offers at the sign ‸ in a file.
func (e *editor) completions(path, text string) (labels []string) {
	e.t.Helper()
	before, after, found := strings.Cut(text, "‸")
	if !found {
		e.t.Fatal("no place to complete")
	}
	e.open(path, before+after)
	lines := strings.Split(before, "\n")
	result := e.ask("textDocument/completion", map[string]any{"textDocument": map[string]any{"uri": fileURI(path)},
		"position": map[string]any{"line": len(lines) - 1, "character": len([]rune(lines[len(lines)-1]))}})
	var list struct {
		Items []struct {
			Label string `json:"label"`
		} `json:"items"`
	}
	if err := json.Unmarshal(result, &list); err != nil {
		e.t.Fatalf("%v: %s", err, result)
	}
	for _, i := range list.Items {
		labels = append(labels, i.Label)
	}
	return labels
}

// A real language server completes keys, scenarios, metrics, labs and parameters in a new file, and
// marks a misspelt key.
func TestAnEditorCompletes(t *testing.T) {
	dir := t.TempDir()
	e := openEditor(t, dir)
	if err := os.WriteFile(filepath.Join(dir, "scenario.schema.json"), Schema(), 0o644); err != nil {
		t.Fatal(err)
	}
	const head = "# yaml-language-server: $schema=./scenario.schema.json\n"
	for i, c := range []struct{ text, want string }{
		{"tit‸", "title"},
		{"extends: ‸", "deepseek-shock"},
		{"extends: baseline\nlabs:\n  ‸", "deepseek"},
		{"extends: baseline\nlabs:\n  deepseek:\n    ope‸", "openness"},
		{"extends: baseline\nlabs:\n  deepseek:\n    openness: ‸", "delayed"},
		{"extends: baseline\nparameters:\n  market.‸", "market.eta"},
		{"extends: baseline\nexperiment:\n  metrics:\n    - ‸", "hhi_sales"},
		{"extends: baseline\nexperiment:\n  uncertainties:\n    - ‸", "market.eta"},
		{"extends: baseline\nexpect:\n  - metric: ‸", "hhi_sales"},
		{"extends: baseline\nevents:\n  - at: 2025-06\n    shock:\n      lab: ‸", "deepseek"},
		{"extends: baseline\npolicies:\n  help:\n    from: 2026-01\n    ‸", "grant"},
		{"extends: baseline\nexperiment:\n  design:\n    method: ‸", "saltelli"},
	} {
		got := e.completions(filepath.Join(dir, fmt.Sprintf("f%d.yaml", i)), head+c.text)
		if !slices.Contains(got, c.want) {
			t.Errorf("%q is completed to %q, want %q among them", c.text, got, c.want)
		}
	}
	wrong := filepath.Join(dir, "wrong.yaml")
	e.open(wrong, head+"extends: baseline\nlabs: {deepseek: {opennes: open}}\n")
	marks := e.await(func(r reply) bool {
		return r.Method == "textDocument/publishDiagnostics" && strings.Contains(string(r.Params), "wrong.yaml")
	})
	if !strings.Contains(string(marks.Params), "opennes") {
		t.Errorf("a misspelt key is marked with %s", marks.Params)
	}
}
