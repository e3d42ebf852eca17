package validation

import (
	"embed"
	"fmt"
	"io/fs"
	"maps"
	"math"
	"path"
	"slices"
	"strings"
	"text/template"
	"unicode/utf8"

	"simulate/internal/quantity"
)

//go:embed pages/*.md
var pages embed.FS

// render writes every section, a template each, with numbers by their key.
func render(get func(key string) (float64, error)) (map[string]string, error) {
	files, err := fs.Glob(pages, "pages/*.md")
	if err != nil {
		return nil, err
	}
	out := map[string]string{}
	for _, file := range files {
		text, err := pages.ReadFile(file)
		if err != nil {
			return nil, err
		}
		name := strings.TrimSuffix(path.Base(file), ".md")
		t, err := template.New(name).Option("missingkey=error").Funcs(words(get)).Parse(string(text))
		if err != nil {
			return nil, err
		}
		var b strings.Builder
		if err := t.Execute(&b, nil); err != nil {
			return nil, err
		}
		out["run_"+name] = Fill(strings.TrimSpace(b.String()), 100)
	}
	return out, nil
}

// words are the functions of templates. FOLDER is one of examples/validation.sh, DATE an ISO date,
// DIGITS the decimals. An effect is that of the last case against its base over paired runs.
func words(get func(key string) (float64, error)) template.FuncMap {
	cell := func(place, statistic string, where ...string) (float64, error) {
		return get(strings.Join(append([]string{place, statistic}, where...), "|"))
	}
	effect := func(folder, metric, date, statistic string) (float64, error) {
		metric, segment, _ := strings.Cut(metric, "@")
		return cell(folder+"/effects", statistic, "segment="+segment, "metric="+metric, "date="+date)
	}
	level := func(folder, metric, date, statistic string) (float64, error) {
		metric, segment, of := strings.Cut(metric, "@")
		if of {
			return cell(folder+"/segment_summary", statistic, "segment="+segment, "metric="+metric, "date="+date)
		}
		return cell(folder+"/summary", statistic, "metric="+metric, "date="+date)
	}
	// two writes a value by f and a second statistic of it by g.
	two := func(of func(folder, metric, date, statistic string) (float64, error), folder, metric, date, first,
		second string, write func(a, b float64) string) (string, error) {
		a, err := of(folder, metric, date, first)
		if err != nil {
			return "", err
		}
		b, err := of(folder, metric, date, second)
		return write(a, b), err
	}
	functions := template.FuncMap{
		// VALUE with DIGITS decimals, thousands set apart; the second with its sign
		"n": number, "s": signed,
		"cell": cell, "effect": effect, "level": level,
		"mul": func(a, b float64) float64 { return a * b }, "sub": func(a, b float64) float64 { return a - b },
		"add": func(a, b float64) float64 { return a + b }, "div": func(a, b float64) float64 { return a / b },
		"log": math.Log10, "ten": func(a float64) float64 { return math.Pow(10, a) },
		// −227 ± 15: an effect and half the 95 % interval of its mean, both over UNIT
		"pm": func(folder, metric, date string, digits int, unit float64) (string, error) {
			high, err := effect(folder, metric, date, "high")
			if err != nil {
				return "", err
			}
			return two(effect, folder, metric, date, "effect", "low", func(e, low float64) string {
				return signed(digits, e/unit) + " ± " + number(digits, (high-low)/2/unit)
			})
		},
		// −227 (8): an effect and its standard error
		"se": func(folder, metric, date string, digits int) (string, error) {
			return two(effect, folder, metric, date, "effect", "se", func(e, se float64) string {
				return signed(digits, e) + " (" + number(digits, se) + ")"
			})
		},
		// −438 to −74: 90 % of pairs
		"pairs": func(folder, metric, date string, digits int) (string, error) {
			return two(effect, folder, metric, date, "low_spread", "high_spread", func(low, high float64) string {
				return signed(digits, low) + " to " + signed(digits, high)
			})
		},
		// an effect as a part of its base, in per cent
		"percent": func(folder, metric, date string, digits int) (string, error) {
			return two(effect, folder, metric, date, "effect", "base_mean", func(e, base float64) string {
				return signed(digits, 100*e/base)
			})
		},
		// 3,050 (41): a mean over runs and its standard error
		"mean": func(folder, metric, date string, digits int) (string, error) {
			return two(level, folder, metric, date, "mean", "se", func(mean, se float64) string {
				return number(digits, mean) + " (" + number(digits, se) + ")"
			})
		},
		// 280–459: 90 % of runs, over UNIT
		"runs": func(folder, metric, date string, digits int, unit float64) (string, error) {
			return two(level, folder, metric, date, "q05", "q95", func(low, high float64) string {
				return number(digits, low/unit) + "–" + number(digits, high/unit)
			})
		},
		// 375 (280–459): a variable of a lab, mean and 90 % of runs over UNIT
		"lab": func(folder, lab, variable, date string, digits int, unit float64) (string, error) {
			var v [3]float64
			for i, statistic := range []string{"mean", "q05", "q95"} {
				var err error
				if v[i], err = cell(folder+"/labs_summary", statistic, "lab="+lab, "variable="+variable, "date="+date); err != nil {
					return "", err
				}
			}
			return fmt.Sprintf("%s (%s–%s)", number(digits, v[0]/unit), number(digits, v[1]/unit),
				number(digits, v[2]/unit)), nil
		},
		// 0.97: the mean of one folder over that of another
		"over": func(folder, base, metric, date string, digits int) (string, error) {
			a, err := level(folder, metric, date, "mean")
			if err != nil {
				return "", err
			}
			b, err := level(base, metric, date, "mean")
			return number(digits, a/b), err
		},
		// +161 (+150 to +174): the median over pairs of runs and its 95 % interval
		"median": func(folder, metric, date string, digits int) (string, error) {
			v, err := middle(cell, folder, metric, date)
			return fmt.Sprintf("%s (%s to %s)", signed(digits, v[0]), signed(digits, v[1]), signed(digits, v[2])), err
		},
		// the same as a part of the mean of the base, in per cent
		"medpart": func(folder, metric, date string, digits int) (string, error) {
			v, err := middle(cell, folder, metric, date)
			if err != nil {
				return "", err
			}
			base, err := effect(folder, metric, date, "base_mean")
			return fmt.Sprintf("%s (%s to %s)", signed(digits, 100*v[0]/base), signed(digits, 100*v[1]/base),
				signed(digits, 100*v[2]/base)), err
		},
		// −203 / −187 / −16: the three readings of the HHI of sales of one case, without luck
		"readings": func(folder, alternative, date string) (string, error) {
			var out []string
			for _, metric := range []string{"hhi_sales", "hhi_sales_clouds", "hhi_sales_labs"} {
				v, err := cell(folder+"/effects", "effect", "case="+alternative, "segment=", "metric="+metric, "date="+date)
				if err != nil {
					return "", err
				}
				out = append(out, signed(0, v))
			}
			return strings.Join(out, " / "), nil
		},
		// −226 (8): an effect of one case of several and its standard error
		"of": func(folder, alternative, metric, date string, digits int) (string, error) {
			metric, segment, _ := strings.Cut(metric, "@")
			var v [2]float64
			for i, statistic := range []string{"effect", "se"} {
				var err error
				if v[i], err = cell(folder+"/effects", statistic, "case="+alternative, "segment="+segment, "metric="+metric,
					"date="+date); err != nil {
					return "", err
				}
			}
			return signed(digits, v[0]) + " (" + number(digits, v[1]) + ")", nil
		},
	}
	// 95.0 % | 95.3 % | 22 %: of worlds in which intervals hold the truth, and the reference's part
	functions["world"] = func(where, metric string) (string, error) {
		var v [4]float64
		for i, column := range []string{"luck", "both", "part", "worlds"} {
			var err error
			if v[i], err = cell("worlds.json/rows", column, "where="+where, "metric="+metric); err != nil {
				return "", err
			}
		}
		return fmt.Sprintf("%s %% | %s %% | %s %%", number(1, 100*v[0]/v[3]), number(1, 100*v[1]/v[3]),
			number(0, 100*v[2])), nil
	}
	maps.Copy(functions, lean(get))
	return functions
}

// middle is the median over pairs of runs and the ends of its 95 % interval, of METRIC or, in a
// segment, METRIC@SEGMENT.
func middle(cell func(place, statistic string, where ...string) (float64, error), folder, metric,
	date string) (v [3]float64, err error) {
	metric, segment, of := strings.Cut(metric, "@")
	place, where := folder+"/market", []string{"date=" + date}
	if of {
		place, where = folder+"/segments", append(where, "segment="+segment)
	}
	for i, at := range []string{"", ":low", ":high"} {
		if v[i], err = cell(place, "pairs:"+metric+at, where...); err != nil {
			return v, err
		}
	}
	return v, nil
}

// number writes a value with some decimals, thousands set apart.
func number(digits int, v float64) string {
	s := fmt.Sprintf("%.*f", digits, math.Abs(v)*(1+1e-12)) // a half is rounded up, as everywhere
	whole, rest, decimal := strings.Cut(s, ".")
	if decimal {
		rest = "." + rest
	}
	if v < 0 && strings.Trim(s, "0.") != "" {
		whole = "−" + quantity.Group(whole, ",")
	} else {
		whole = quantity.Group(whole, ",")
	}
	return whole + rest
}

// signed writes it with its sign.
func signed(digits int, v float64) string {
	if s := number(digits, v); v < 0 || strings.Trim(s, "0.") == "" {
		return s
	} else {
		return "+" + s
	}
}

// Fill breaks paragraphs and items of lists into lines of at most some columns; tables, headings,
// pictures and code stay.
func Fill(text string, width int) string {
	var out []string
	for _, block := range strings.Split(text, "\n\n") {
		stays := func(begins string) bool { return strings.HasPrefix(block, begins) }
		if slices.ContainsFunc([]string{"|", "#", "![", "```"}, stays) {
			out = append(out, block)
			continue
		}
		var lines []string
		line, indent := "", ""
		flush := func() {
			if line != "" {
				lines = append(lines, line)
			}
			line = ""
		}
		for _, raw := range strings.Split(block, "\n") {
			if strings.HasPrefix(raw, "* ") {
				flush()
				indent = "  "
			}
			for _, word := range strings.Fields(raw) {
				switch {
				case line == "" && word == "*":
					line = "*"
				case line == "":
					line = indent + word
				case utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > width:
					flush()
					line = indent + word
				default:
					line += " " + word
				}
			}
		}
		flush()
		out = append(out, strings.Join(lines, "\n"))
	}
	return strings.Join(out, "\n\n")
}
