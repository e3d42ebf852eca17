package explore

import (
	"encoding/json"
	"errors"
	"fmt"
	"runtime"
	"strings"

	"simulate/internal/fault"
	"simulate/sim"
	"simulate/sim/scenario"
)

// Server answers the messages of a page, one after the other.
type Server struct {
	session *Session
	texts   map[string]Texts
}

// toldSummary is a summary with its sentences.
type toldSummary struct {
	*Summary
	Sentences []string   `json:"sentences"`
	Rows      [][]string `json:"rows"`
}

// request is a message; Do names what to do.
type request struct {
	Do     string           `json:"do"`
	Name   string           `json:"name"` // open: the scenario
	YAML   string           `json:"yaml"`
	State  State            `json:"state"`
	Base   bool             `json:"base"`   // path: of the base
	From   int              `json:"from"`   // block: the first replication
	N      int              `json:"n"`      // block, csv: how many
	Blocks []*Block         `json:"blocks"` // gather
	Path   string           `json:"path"`   // slide
	At     float64          `json:"at"`     // slide
	Query  string           `json:"query"`  // search
	Texts  map[string]Texts `json:"texts"`  // open: instead of those of the program, by language
	Lang   string           `json:"lang"`   // gather, search: the language
}

// Answer does what a message asks and answers with JSON: {"ok": …} or {"error": …}. A bug is an
// answer too.
func (s *Server) Answer(message []byte) []byte {
	var req request
	var out any
	err := json.Unmarshal(message, &req)
	if err == nil {
		out, err = s.do(&req)
	}
	answer := map[string]any{"ok": out}
	if err != nil {
		answer = map[string]any{"error": words(err)}
	}
	text, err := json.Marshal(answer)
	if err != nil {
		text, _ = json.Marshal(map[string]string{"error": err.Error()}) // a string always marshals
	}
	return text
}

// words are the mistakes of a state, without the option of the command line by which messages name
// a setting.
func words(err error) string {
	var problems scenario.Problems
	if !errors.As(err, &problems) {
		return err.Error()
	}
	var lines []string
	for _, p := range problems {
		lines = append(lines, strings.TrimPrefix(p.Error(), "--set "))
	}
	return strings.Join(lines, "\n")
}

func (s *Server) do(req *request) (out any, err error) {
	defer fault.Catch(&err)
	if req.Do == "open" {
		if s.texts = req.Texts; s.texts == nil {
			s.texts = Languages()
		}
		s.session, err = Open(req.Name, []byte(req.YAML))
		return map[string]string{"version": sim.Version}, err
	}
	if s.session == nil {
		return nil, errors.New("no scenario is open")
	}
	switch req.Do {
	case "path":
		return s.session.Path(req.State, req.Base)
	case "controls":
		return s.session.Controls(req.State)
	case "block":
		return s.session.Block(req.State, req.From, req.N)
	case "gather":
		sum, err := s.session.Gather(req.State, req.Blocks...)
		if err != nil {
			return nil, err
		}
		return toldSummary{sum, s.texts[req.Lang].Sentences(sum), s.texts[req.Lang].Rows(sum)}, nil
	case "slide":
		return s.session.Slide(req.State, req.Path, req.At)
	case "search":
		return s.session.Search(req.State, req.Query, s.texts[req.Lang])
	case "yaml":
		text, err := s.session.YAML(req.State)
		return string(text), err
	case "csv":
		text, err := s.session.MarketCSV(req.State, req.N)
		return string(text), err
	case "memory": // of the module, bytes
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.Sys, nil
	case "hash":
		return s.session.Hash()
	}
	return nil, fmt.Errorf("there is no answer to %q", req.Do)
}
