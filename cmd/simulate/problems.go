package main

import (
	"simulate/sim/scenario"
	"simulate/sim/table"
)

// problemsAsJSON lists the mistakes of an error for programs that mark them in an editor: where,
// what is wrong, what to write. Line and column count from 1 and are null where there is none, as
// for a --set.
func problemsAsJSON(err error) []ordered {
	out := []ordered{}
	add := func(file string, line, column any, message, remedy string) {
		out = append(out, ordered{{"file", file}, {"line", line}, {"column", column}, {"message", message}, {"remedy",
			remedy}})
	}
	place := func(n int) any {
		if n < 1 {
			return nil
		}
		return n
	}
	for _, e := range flatten(err) {
		switch e := e.(type) {
		case scenario.Problems:
			for _, q := range e {
				add(q.File, place(q.Line), place(q.Col), q.Message, q.Remedy)
			}
		case table.Problems:
			for _, text := range e {
				add("", nil, nil, text, "")
			}
		default:
			add("", nil, nil, e.Error(), "")
		}
	}
	return out
}
