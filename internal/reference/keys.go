package reference

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"

	"simulate/sim/scenario"
)

// keySchema is what the key table needs of a JSON schema.
type keySchema struct {
	Description          string               `json:"description"`
	Properties           map[string]keySchema `json:"properties"`
	AdditionalProperties json.RawMessage      `json:"additionalProperties"`
	Items                *keySchema           `json:"items"`
	AnyOf                []keySchema          `json:"anyOf"`
}

// key is a key of a scenario file.
type key struct{ path, meaning string }

// keys lists every key of a scenario file but the parameters, from the schema that editors use.
var keys = sync.OnceValue(func() []key {
	var root keySchema
	if err := json.Unmarshal(scenario.Schema(), &root); err != nil {
		panic(fmt.Sprintf("reference: schema: %v", err)) // made by the program itself
	}
	var out []key
	root.list("", &out)
	return out
})

func keyTable() string {
	var rows [][]string
	for _, k := range keys() {
		rows = append(rows, []string{code(k.path), k.meaning})
	}
	return Markdown([]string{"key", "meaning"}, rows)
}

// list appends the keys below a path; entries of a mapping by name are ID, those of a list have
// brackets.
func (s keySchema) list(path string, out *[]key) {
	prefix := path
	if prefix != "" {
		prefix += "."
	}
	var byName keySchema
	named := strings.HasPrefix(string(s.AdditionalProperties), "{") && json.Unmarshal(s.AdditionalProperties,
		&byName) == nil
	var names []string
	for name := range s.Properties {
		if name != "source" && name != "note" && !named { // names in a mapping by name are only offered
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		below := s.Properties[name]
		*out = append(*out, key{prefix + name, below.Description})
		if path == "" && name == "parameters" {
			continue
		}
		below.list(prefix+name, out)
	}
	if s.Items != nil {
		s.Items.list(path+"[]", out)
	}
	if named {
		for _, entry := range append(byName.AnyOf, byName) {
			entry.AnyOf = nil
			entry.list(prefix+"ID", out)
		}
	}
}
