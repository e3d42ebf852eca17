package scenario

import (
	"maps"
	"strings"
	"sync"

	"simulate/sim"
)

// schemaRoot is the schema of scenario files, as a tree that can be walked.
var schemaRoot = sync.OnceValue(func() schema { return objectSchema(topKeys) })

// MeaningOf says what the value at a PATH of a scenario file is, as the schema says it: of a
// parameter, of any other number or word, or of a part such as policies.ID.tax. Of a value by date
// it says what the path of values is. It is "" where there is no such PATH.
func MeaningOf(path string) string {
	if f, parameter := sim.LookUp(strings.TrimPrefix(path, "parameters.")); parameter {
		return Meaning(f)
	}
	at, meaning := []schema{schemaRoot()}, ""
	for _, name := range strings.Split(path, ".") {
		at = below(at, name)
		if len(at) == 0 {
			return ""
		}
		for _, s := range at {
			if about, found := s["description"].(string); found && name != "values" {
				meaning = about
				break
			}
		}
	}
	return strings.TrimSuffix(meaning, ".")
}

// below are the schemas that hold for the entry of a name, or of a list.
func below(at []schema, name string) (out []schema) {
	for _, s := range at {
		if properties, found := s["properties"].(schema); found {
			entry, found := properties[name].(schema)
			if named, _ := entry["$ref"].(string); found && !strings.HasPrefix(named, "#/properties/") {
				out = append(out, entry)
				continue
			}
		}
		if entry, found := s["additionalProperties"].(schema); found {
			out = append(out, flat(entry)...)
		}
		if entry, found := s["items"].(schema); found {
			out = append(out, flat(entry)...)
		}
		if either, found := s["anyOf"].([]schema); found {
			out = append(out, below(either, name)...)
		}
	}
	return out
}

// flat are the alternatives of a schema.
func flat(s schema) []schema {
	either, found := s["anyOf"].([]schema)
	if !found {
		return []schema{s}
	}
	var out []schema
	for _, one := range either {
		out = append(out, flat(one)...)
	}
	return append(out, maps.Clone(s))
}
