// Package scenario turns a YAML file into a resolved, validated scenario with the origin of every
// value. It reads files and runs nothing.
//
// # The life of a value
//
//	labs: {tii: {budget: $250M/yr}}         a line of a file
//	        │ parse: a tree of nodes, each with file, line and column (parse.go, tree.go)
//	        │ load: what the file extends, joined key by key; the file's own value wins (load.go)
//	        │ set: --set labs.tii.budget=$2B/yr replaces the node (set.go)
//	        │ bind: the key's row says unit and range; "$250M/yr" becomes 2.5e8 (bind_*.go, unit.go)
//	        ▼
//	Config.Labs[14].Budget                  what the model reads
//	Knob "labs.tii.budget"                  what can be drawn, swept or set again (knob.go)
//	Origin {value, source, file:line}       what check, report and the resolved file show (origins.go)
//
// The same rows give the JSON schema. All mistakes are reported at once, as [Problems], each with
// its place and what to write instead.
//
//	s, err := scenario.Load("deepseek-shock", scenario.Options{Set: []string{"market.eta=0.6"}})
//	cfg := s.Config()                   // distributions at their median
//	cfg, err = s.Draw(s.Seed, 17)       // as replication 17 has it
//	text := s.YAML()                    // a file from which Parse reads the same scenario
//
// A Scenario is never changed once it is loaded, so that all workers may read it.
package scenario
