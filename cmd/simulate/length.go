package main

import (
	"fmt"
	"math"
	"regexp"
	"strconv"

	"github.com/urfave/cli/v2"

	"simulate/plots/chart"
)

// length is an option's value that is a length on paper with its unit, within bounds.
type length struct {
	least, most chart.Length
	value       chart.Length // 0 where not given
	text        string
}

var lengthForm = regexp.MustCompile(`^\s*([0-9]*\.?[0-9]+)\s*([A-Za-z"]*)\s*$`)

func (l *length) Set(s string) error {
	part := lengthForm.FindStringSubmatch(s)
	if part == nil {
		return fmt.Errorf("%q is not a length; write 85mm, 8.5cm or 3.35in", s)
	}
	unit, known := chart.Units[part[2]]
	if !known {
		if part[2] == "" {
			return fmt.Errorf("%q lacks its unit; write %smm, or cm, in or pt", s, part[1])
		}
		return fmt.Errorf("%q: there is no unit %s; write mm, cm, in or pt", s, part[2])
	}
	n, err := strconv.ParseFloat(part[1], 64)
	if err != nil {
		return err
	}
	v := chart.Length(n) * unit
	if slack := chart.Length(.01); v < l.least-slack || v > l.most+slack {
		return fmt.Errorf("%s is not within %s and %s", s, millimetres(l.least), millimetres(l.most))
	}
	l.value, l.text = v, s
	return nil
}

func (l *length) String() string { return l.text }

func millimetres(v chart.Length) string {
	return fmt.Sprintf("%gmm", math.Round(float64(v/chart.Units["mm"])))
}

func lengthFlag(name, usage string, least, most chart.Length) cli.Flag {
	return &cli.GenericFlag{Name: name, Category: outputCategory, Usage: usage, Value: &length{least: least, most: most}}
}

// lengthOf is the value of a lengthFlag, 0 where it is not given.
func lengthOf(c *cli.Context, name string) chart.Length {
	if l, ok := c.Generic(name).(*length); ok && l != nil {
		return l.value
	}
	return 0
}
