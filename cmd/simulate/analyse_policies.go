package main

import (
	"slices"
	"strings"

	"simulate/internal/quantity"
)

// leverPart is a lever of a policy that is named "PATH = VALUE, PATH = VALUE".
type leverPart struct{ path, value string }

// partsOf reads the levers of policies; nil where one is named otherwise, as a scenario is.
func partsOf(names []string) (out [][]leverPart) {
	for _, name := range names {
		var parts []leverPart
		for _, part := range strings.Split(name, ", ") {
			path, value, found := strings.Cut(part, " = ")
			if !found {
				return nil
			}
			parts = append(parts, leverPart{path, value})
		}
		out = append(out, parts)
	}
	return out
}

// briefPath is the end of a PATH that no other PATH has.
func briefPath(path string, all []string) string {
	words := strings.Split(path, ".")
	for k := len(words) - 1; k > 0; k-- {
		end := strings.Join(words[k:], ".")
		if !slices.ContainsFunc(all, func(other string) bool {
			return other != path && (other == end || strings.HasSuffix(other, "."+end))
		}) {
			return end
		}
	}
	return path
}

func pathsOf(policies [][]leverPart) (out []string) {
	for _, parts := range policies {
		for _, p := range parts {
			if !slices.Contains(out, p.path) {
				out = append(out, p.path)
			}
		}
	}
	return out
}

// briefPolicies names policies of several levers by the ends of their PATHs, and says which they
// are; "" where names stay as they are.
func briefPolicies(names []string) (brief []string, which string) {
	policies := partsOf(names)
	paths := pathsOf(policies)
	if len(paths) < 2 {
		return names, ""
	}
	var said []string
	for _, path := range paths {
		if end := briefPath(path, paths); end != path {
			said = append(said, end+" ("+path+")")
		}
	}
	if len(said) == 0 {
		return names, ""
	}
	for _, parts := range policies {
		var words []string
		for _, p := range parts {
			words = append(words, briefPath(p.path, paths)+" = "+p.value)
		}
		brief = append(brief, strings.Join(words, ", "))
	}
	return brief, quantity.List(said)
}

// shortPolicies names policies in figures: of several levers the ends of their PATHs with the
// values, of a single one the value alone.
func shortPolicies(names []string) []string {
	policies := partsOf(names)
	if policies == nil { // names of scenarios
		var out []string
		for _, name := range names {
			out = append(out, quantity.Words(name))
		}
		return out
	}
	paths := pathsOf(policies)
	var out []string
	for _, parts := range policies {
		var words []string
		for _, p := range parts {
			if len(parts) == 1 {
				words = append(words, p.value)
			} else {
				words = append(words, briefPath(p.path, paths)+" "+p.value)
			}
		}
		out = append(out, strings.Join(words, ", "))
	}
	return out
}
