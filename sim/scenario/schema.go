package scenario

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"regexp"
	"slices"
	"strings"

	"simulate/internal/condition"
	"simulate/sim"
)

// schema is a JSON schema.
type schema map[string]any

// SchemaTitle is the title of the schema.
const SchemaTitle = "Scenario of simulate"

// Schema is the JSON schema (2020-12) of scenario files, made from the tables that bind them.
func Schema() []byte {
	root := objectSchema(topKeys)
	root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	root["title"] = SchemaTitle
	root["description"] = "A scenario file. Quantities carry units: $6M/yr, 20_000 H100e, 30%/yr, 8 months, 1e26 FLOP."
	root["$defs"] = definitions()
	var out bytes.Buffer
	enc := json.NewEncoder(&out)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(root); err != nil {
		panic(fmt.Sprintf("scenario: schema: %v", err)) // a bug: the tables hold plain values
	}
	return out.Bytes()
}

// objectSchema is the schema of a mapping with the keys of a table.
func objectSchema[T any](keys []key[T], required ...string) schema {
	properties := schema{"source": ref("text"), "note": ref("text")}
	for _, k := range keys {
		s := maps.Clone(k.schema)
		if k.late != nil {
			s = k.late()
		}
		if about, found := s["description"].(string); found {
			s["description"] = strings.TrimSuffix(k.meaning, ".") + ". " + about
		} else {
			s["description"] = k.meaning
		}
		s["description"] = strings.TrimSpace(strings.ReplaceAll(s["description"].(string), ". .", "."))
		properties[k.name] = s
	}
	out := schema{"type": "object", "properties": properties, "additionalProperties": false}
	if len(required) > 0 {
		out["required"] = required
	}
	return out
}

// mapSchema is the schema of things by name; null takes one away from what the file extends.
func mapSchema(of schema) schema {
	return schema{
		"type":                 "object",
		"propertyNames":        schema{"pattern": identifier().String()},
		"additionalProperties": anyOf(of, schema{"type": "null"}),
	}
}

func anyOf(s ...schema) schema { return schema{"anyOf": s} }

// described is a reference with words of its own.
func described(name, about string) schema {
	s := ref(name)
	s["description"] = about
	return s
}

func ref(name string) schema { return schema{"$ref": "#/$defs/" + name} }

// leafSchema is the schema of one value.
func leafSchema(u *unit, value, low, high float64, defaultOf string) schema {
	var about []string
	switch {
	case defaultOf != "":
		about = append(about, "Default: "+defaultOf+".")
	case !math.IsNaN(value):
		about = append(about, "Default: "+u.format(value)+".")
	}
	if u.numeric && !u.dates && (!math.IsInf(low, 0) || !math.IsInf(high, 0)) {
		about = append(about, "Allowed: "+u.format(low)+" to "+u.format(high)+".")
	}
	about = append(about, "Write "+u.example+".")
	s := ref("value_" + defName(u))
	s["description"] = strings.Join(about, " ")
	return s
}

func defName(u *unit) string {
	return strings.Trim(regexp.MustCompile(`[^A-Za-z0-9]+`).ReplaceAllString(u.tag, "_"), "_")
}

// wordSchema is the schema of a word that may be annotated or drawn from a choice.
func wordSchema(word schema) schema {
	out := anyOf(word, schema{"type": "null"}, schema{
		"type": "object", "required": []string{"value"}, "additionalProperties": false,
		"properties": schema{"value": word, "source": ref("text"), "note": ref("text")},
	}, ref("choice"))
	if d, found := word["default"]; found {
		out["default"] = d
	}
	return out
}

// seriesSchema is the schema of a path: one value, or dated values.
func seriesSchema(u *unit) schema {
	name := defName(u)
	return anyOf(ref("value_"+name), schema{
		"type": "object", "additionalProperties": false,
		"properties": schema{
			"value": ref("text_" + name),
			"values": schema{
				"description":          "Values by date, joined log-linearly; a bare year is its middle, a month its first day.",
				"type":                 "object",
				"propertyNames":        schema{"pattern": `^[0-9]{4}`},
				"additionalProperties": anyOf(schema{"type": "null"}, ref("value_"+name), knownSchema(name)),
			},
			"growth": ref("value_growth_yr"),
			"taper":  schema{"type": "boolean", "default": true, "description": "Whether growth decays to its long-run rate."},
			"source": ref("text"), "note": ref("text"), "range": ref("interval"),
		},
	})
}

// knownSchema is the schema of a dated value that says when it was known.
func knownSchema(name string) schema {
	return schema{
		"type": "object", "required": []string{"value"}, "additionalProperties": false,
		"properties": schema{
			"value": ref("text_" + name), "range": ref("interval"), "source": ref("text"), "note": ref("text"),
			"known": schema{"description": "Date from which the value was known: of a plan, that of its announcement. A " +
				"back-test keeps what was known by its date."},
			"planned": schema{
				"description": "What had been announced for the date before the value was known. A back-test takes it where its " +
					"date lies between the two, times plans.carried_out; runs take the value.",
				"type": "object", "required": []string{"value", "known"}, "additionalProperties": false,
				"properties": schema{"value": ref("text_" + name), "known": schema{"description": "Date of the announcement."},
					"source": ref("text"), "note": ref("text")},
			},
		},
	}
}

// datedSchema is a path of dated values alone, whose course after them is the model's.
func datedSchema(u *unit) schema {
	name := defName(u)
	return schema{
		"type": "object", "additionalProperties": false, "required": []string{"values"},
		"properties": schema{
			"values": schema{
				"description":          "Values by date, joined log-linearly; a bare year is its middle, a month its first day.",
				"type":                 "object",
				"propertyNames":        schema{"pattern": `^[0-9]{4}`},
				"additionalProperties": anyOf(ref("value_"+name), knownSchema(name)),
			},
			"source": ref("text"), "note": ref("text"),
		},
	}
}

func parametersSchema() schema {
	properties, groups := schema{"source": ref("text"), "note": ref("text")}, map[string]schema{}
	for _, f := range sim.Registry() {
		properties[f.Path] = ref(f.Path)
		group, name, _ := strings.Cut(f.Path, ".")
		if groups[group] == nil {
			groups[group] = schema{}
		}
		groups[group][name] = ref(f.Path)
	}
	for group, members := range groups {
		properties[group] = schema{"type": "object", "properties": members, "additionalProperties": false}
	}
	return schema{"type": "object", "properties": properties, "additionalProperties": false}
}

// parameterSchema is the schema of a parameter, with what the reference says of it.
func parameterSchema(f sim.Field) schema {
	u := unitOf(f.Unit)
	s := leafSchema(u, f.Default, f.Low, f.High, f.DefaultOf)
	about := []string{Meaning(f) + ".", s["description"].(string)}
	if f.HasInterval {
		about = append(about, "90 % interval: "+u.format(f.Interval[0])+" to "+u.format(f.Interval[1])+".")
	}
	if f.Source != "" {
		about = append(about, "Source: "+f.Source+".")
	}
	s["description"] = strings.Join(about, " ")
	return s
}

func correlationsSchema() schema {
	return schema{"type": "array", "items": schema{
		"type": "object", "required": []string{"between", "rank"}, "additionalProperties": false,
		"properties": schema{
			"between": schema{"type": "array", "items": schema{"type": "string"}, "minItems": 2, "maxItems": 2,
				"description": "Two PATHs with distributions."},
			"rank": schema{"type": "number", "minimum": -0.999, "maximum": 0.999,
				"description": "Spearman's rank correlation."},
			"source": ref("text"), "note": ref("text"),
		},
	}}
}

func expectSchema() schema {
	bound := schema{"type": []string{"number", "string"}}
	ofSegments, _ := segmentMetrics()
	ofLabs, _ := labMetrics()
	names := slices.Compact(slices.Sorted(slices.Values(slices.Concat(metricNames(), ofSegments, ofLabs))))
	return schema{"type": "array", "items": schema{
		"type": "object", "required": []string{"at"}, "oneOf": []schema{{"required": []string{"metric"}},
			{"required": []string{"holds"}}}, "additionalProperties": false,
		"properties": schema{
			"holds": schema{"type": "string", "description": "The pattern in words, instead of metric, stat and bounds: " +
				"hhi_sales.q95 < 1800, or 1000 < hhi_sales < 1800, several joined by and. A statistic may stand after a point, " +
				"otherwise it is the mean."},
			"metric": schema{"enum": anySlice(names), "description": "A metric of the market, of the segment that is named, " +
				"or a variable of the lab that is named."},
			"at": schema{"type": []string{"number", "string"}, "description": "The observation that ends in this month " +
				"or year."},
			"between": schema{"type": "array", "items": bound, "minItems": 2, "maxItems": 2,
				"description": "Least and greatest value."},
			"above": bound, "below": bound,
			"against": described("scenario_name", "Another scenario, or without_events, without_policies or "+
				"without_both for this one less its events, its policies or both: the pattern is about the "+
				"mean difference to it under the same luck."),
			"since": schema{"type": []string{"number", "string"}, "description": "An earlier month or year: the " +
				"pattern is about the change of the mean since then."},
			"growth_since": schema{"type": []string{"number", "string"}, "description": "An earlier month or year: the " +
				"pattern is about the yearly factor by which the mean grew since then."},
			"minus": schema{"enum": anySlice(names), "description": "Another metric: the pattern is about the " +
				"difference of the means."},
			"case": schema{"type": "string", "description": "The case that it is about; every case unless given."},
			"segment": described("segment_name", "The segment that it is about, with a metric of segments; the whole "+
				"market unless given."),
			"lab": described("lab_name", "The lab that it is about, with a variable of labs as the metric."),
			"misfit": schema{"type": "string", "description": "Why the pattern is known not to be met. It then does " +
				"not count as missed, and counts once it is met."},
			"stat": schema{"enum": anySlice(condition.Statistics), "default": "mean",
				"description": "Which summary of the replications."},
			"given": schema{"type": "string", "description": "Why the pattern tests nothing: an identity, a fitted " +
				"value, an input, a default taken from the same data. It is shown and does not count."},
			"source": ref("text"), "note": ref("text"),
		},
	}}
}

// definitions are the schemas that others refer to: per unit what may stand alone, and what may
// stand around it.
func definitions() schema {
	out := schema{
		"text": schema{"type": []string{"string", "number"}},
		"interval": schema{"type": "string", "pattern": " to ",
			"description": "LOW to HIGH, the range that designs vary over."},
		"choice": schema{
			"type": "object", "required": []string{"dist", "values"}, "additionalProperties": false,
			"properties": schema{
				"dist": schema{"const": "choice"}, "values": schema{"type": "array", "minItems": 1},
				"weights": schema{"type": "array"}, "source": ref("text"), "note": ref("text"),
			},
		},
	}
	maps.Copy(out, nameDefinitions())
	for _, f := range sim.Registry() {
		out[f.Path] = parameterSchema(f)
	}
	for _, u := range units {
		name := defName(u)
		plain := schema{"type": []string{"string", "number"}}
		switch {
		case u.tag == "0 or 1":
			plain = schema{"type": "boolean"}
		case len(u.words) > 0:
			plain = schema{"enum": anySlice(u.words)}
		case u.dates:
			plain["pattern"] = u.pattern
		case u.pattern != "":
			plain = schema{"type": "string", "pattern": u.pattern + "|^inf$"}
		}
		plain["examples"] = []string{u.example}
		out["text_"+name] = plain
		number := schema{"type": []string{"string", "number"}}
		out["value_"+name] = anyOf(ref("text_"+name), schema{"type": "null"},
			schema{
				"type": "object", "additionalProperties": false,
				"properties": schema{"value": ref("text_" + name), "source": ref("text"), "note": ref("text"),
					"range": ref("interval")},
			},
			schema{
				"type": "object", "required": []string{"dist"}, "additionalProperties": false,
				"properties": schema{
					"dist": schema{"enum": anySlice(distributionNames)},
					"low":  number, "high": number, "mode": number, "mean": number, "sd": number, "a": number, "b": number,
					"values": schema{"type": "array"}, "weights": schema{"type": "array"},
					"source": ref("text"), "note": ref("text"), "range": ref("interval"),
				},
			})
	}
	return out
}
