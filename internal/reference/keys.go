package reference

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

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

// keyTable lists every key of a scenario file but the parameters, from the schema that editors use.
func keyTable() string {
	var root keySchema
	if err := json.Unmarshal(scenario.Schema(), &root); err != nil {
		panic(fmt.Sprintf("reference: schema: %v", err)) // made by the program itself
	}
	var rows [][]string
	root.list("", &rows)
	return Markdown([]string{"key", "meaning"}, rows)
}

// list appends the keys below a path; entries of a mapping by name are ID, those of a list have brackets.
func (s keySchema) list(path string, rows *[][]string) {
	prefix := path
	if prefix != "" {
		prefix += "."
	}
	var names []string
	for name := range s.Properties {
		if name != "source" && name != "note" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		below := s.Properties[name]
		*rows = append(*rows, []string{code(prefix + name), below.Description})
		if path == "" && name == "parameters" {
			continue
		}
		below.list(prefix+name, rows)
	}
	if s.Items != nil {
		s.Items.list(path+"[]", rows)
	}
	var byName keySchema
	if strings.HasPrefix(string(s.AdditionalProperties), "{") && json.Unmarshal(s.AdditionalProperties, &byName) == nil {
		for _, entry := range append(byName.AnyOf, byName) {
			entry.AnyOf = nil
			entry.list(prefix+"ID", rows)
		}
	}
}
