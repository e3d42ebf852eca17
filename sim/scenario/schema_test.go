package scenario

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"

	"simulate/scenarios"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v4"
)

var update = flag.Bool("update", false, "rewrite generated files")

const schemaFile = "../../scenarios/scenario.schema.json"

// TestSchema compares the schema beside the scenarios with the tables; -update rewrites it.
func TestSchema(t *testing.T) {
	want := Schema()
	if *update {
		if err := os.WriteFile(schemaFile, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(schemaFile)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Error("scenarios/scenario.schema.json is stale: run go test ./sim/scenario -update")
	}
}

func compiled(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(Schema()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("scenario.schema.json", doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("scenario.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// plain reads YAML as an editor does, every key a word.
func plain(t *testing.T, data []byte) any {
	t.Helper()
	var v any
	if err := yaml.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	var words func(any) any
	words = func(v any) any {
		switch v := v.(type) {
		case map[string]any:
			for k := range v {
				v[k] = words(v[k])
			}
		case map[any]any:
			out := map[string]any{}
			for k, x := range v {
				text, err := yaml.Marshal(k)
				if err != nil {
					t.Fatal(err)
				}
				out[string(bytes.TrimSpace(text))] = words(x)
			}
			return out
		case time.Time: // editors read dates as text
			return v.Format("2006-01-02")
		case []any:
			for i := range v {
				v[i] = words(v[i])
			}
		}
		return v
	}
	return words(v)
}

// TestScenariosFitSchema validates every shipped scenario, its canonical form and the fixtures.
func TestScenariosFitSchema(t *testing.T) {
	s := compiled(t)
	for _, b := range Builtins() {
		data, err := scenarios.Files.ReadFile(b.Name + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.HasPrefix(data, []byte("# yaml-language-server: $schema=./scenario.schema.json\n")) {
			t.Errorf("%s does not name its schema in the first line", b.Name)
		}
		if err := s.Validate(plain(t, data)); err != nil {
			t.Errorf("%s: %v", b.Name, err)
		}
		if err := s.Validate(plain(t, mustLoad(t, b.Name).YAML())); err != nil {
			t.Errorf("%s in canonical form: %v", b.Name, err)
		}
	}
	for _, file := range []string{"good/alone.yaml", "good/extends.yaml", "good/sub/base.yaml"} {
		data, err := os.ReadFile(filepath.Join("testdata", file))
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Validate(plain(t, data)); err != nil {
			t.Errorf("%s: %v", file, err)
		}
	}
}

// TestSchemaRefuses checks that an editor marks common mistakes.
func TestSchemaRefuses(t *testing.T) {
	s := compiled(t)
	for _, text := range []string{
		"titel: x", "labs: {A: {budget: $6M/yr}}", "labs: {a: {budgt: $6M/yr}}", "labs: {a: {budget: 6000000}}",
		"labs: {a: {budget: 6M}}", "labs: {a: {compute: 2000}}",
		"labs: {a: {openness: opened}}", "labs: {a: {archetype: startup}}", "labs: {a: {commercial: 5}}",
		"parameters: {market.etha: 1}", "parameters: {market: {etha: 1}}",
		"parameters: {market.eta: {valu: 1}}", "parameters: {market.eta: {dist: gaussian}}",
		"parameters: {research.gamma: 3}", "events: [{at: 2025-01}]", "seed: -1",
		"replications: 2.5", "mode: random", "clock: {step: year}", "expect: [{metric: hhi, at: 2024-12}]",
		"policies: {a: {grant: {amount: 5}}}", "policies: {a: {tax: {rate: 1}}}",
		"correlations: [{between: [a], rank: 0.5}]", "experiment: {design: {method: sobl}}", "training: 5",
	} {
		if s.Validate(plain(t, []byte(text))) == nil {
			t.Errorf("passes: %s", text)
		}
	}
}
