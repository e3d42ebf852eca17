package scenario

import (
	"fmt"
	"slices"
	"sync"

	"simulate/scenarios"
	"simulate/sim"
)

// What an editor offers by name: built-in scenarios, metrics, PATHs, and the labs and segments of
// the baseline, on which most files build. Other names stay right where files may make their own.

// nameDefinitions are the schemas of names that others refer to.
func nameDefinitions() schema {
	var builtins, paths []string
	for _, b := range Builtins() {
		builtins = append(builtins, b.Name)
	}
	for _, f := range sim.Registry() {
		paths = append(paths, f.Path)
	}
	return schema{
		"scenario_name": known(builtins),
		"metric_name":   known(metricNames()),
		"path":          known(paths),
		"lab_name":      known(append(baselineNames("labs"), "all")),
		"segment_name":  known(baselineNames("segments")),
	}
}

// known is the schema of a name that an editor offers, or of another.
func known(names []string) schema {
	return anyOf(schema{"enum": anySlice(names)}, schema{"type": "string"})
}

// baselineNames are the keys of a mapping by name in the baseline, for the caller to change.
func baselineNames(key string) []string { return slices.Clone(baselineKeys()[key]) }

// baselineKeys are, of each key of the baseline, the keys below it.
var baselineKeys = sync.OnceValue(func() map[string][]string {
	const file = "baseline.yaml"
	text, err := scenarios.Files.ReadFile(file)
	if err != nil {
		panic(fmt.Sprintf("scenario: the baseline: %v", err)) // built in
	}
	keys := map[string][]string{}
	for _, top := range (&report{}).parse(newDocument(file, text), text).pairs {
		for _, below := range top.value.pairs {
			keys[top.key] = append(keys[top.key], below.key)
		}
	}
	return keys
})

// BaselineLabs are the names of the baseline's labs.
func BaselineLabs() []string { return baselineNames("labs") }

// baselineMap is the schema of the things by name that a key of a scenario holds, which offers
// those of the baseline.
func baselineMap(key string, of schema) schema {
	s := mapSchema(of)
	properties := schema{}
	for _, name := range baselineNames(key) {
		properties[name] = schema{"$ref": "#/properties/" + key + "/additionalProperties"}
	}
	s["properties"] = properties
	return s
}

// namesSchema is the schema of one name or several, of a definition where one is given.
func namesSchema(of ...string) schema {
	one := schema{"type": "string"}
	if len(of) > 0 {
		one = ref(of[0])
	}
	return anyOf(one, schema{"type": "array", "items": one})
}

// wordsSchema is the schema of one of some words, or several.
func wordsSchema(words []string) schema {
	one := schema{"enum": anySlice(words)}
	return anyOf(one, schema{"type": "array", "items": one})
}
