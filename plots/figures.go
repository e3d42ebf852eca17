package plots

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"simulate/internal/aside"
	"simulate/internal/fault"
	"simulate/internal/quantity"
	"simulate/plots/chart"
	"simulate/sim/table"
)

// Figure is one picture a results folder can give.
type Figure struct {
	Name    string // of the file and of the --figure option
	Title   string
	Meaning string // what it shows, one line
	// Draw returns the charts, one per case where cases cannot share a panel. The error is Absent when
	// the inputs are missing or empty.
	Draw func(*Results) ([]*chart.Chart, error)
}

// Figures lists every figure in the order in which they are drawn.
var Figures = []Figure{
	{"hhi_sales", "Concentration of sales", "Herfindahl–Hirschman index of sales with guideline thresholds and events",
		drawHHISales},
	{"shares", "Shares of sales and of compute", "Stacked mean shares of each lab in sales and in the labs' compute",
		drawShares},
	{"capability", "Capability of each lab", "Mean capability by lab, the frontier and the open frontier",
		drawCapability},
	{"budget_capability", "Budget and capability", "Yearly budget against capability at the start, halfway and at the " +
		"end; labs that adopt others' open weights are hollow", drawBudgetCapability},
	{"supplier", "The chip supplier", "Revenue and market value of the chip supplier", drawSupplier},
	{"lags", "Lags behind the frontier", "Months by which the best lab of each budget class and the open frontier trail",
		drawLags},
	{"industry", "Labs that enter and leave", "Number of labs, and mean entries, exits and acquisitions since the start",
		drawIndustry},
	{"entry_ticket", "Entry ticket to the frontier", "Smallest yearly R&D budget whose lab reaches the frontier by its " +
		"own run", drawEntryTicket},
	{"prices", "Prices", "Quality-adjusted price index and the prices of a fixed capability and of the frontier",
		drawPrices},
	{"concentration", "Concentration of several markets", "Herfindahl–Hirschman index of sales, compute, training " +
		"and capability side by side", drawConcentration},
	{"differences", "Differences from the base", "Paired differences of the alternatives from the base, with 95% " +
		"intervals", drawDifferences},
	{"decomposition", "Parts of a change", "What a change consists of: access and performance, or assumptions and " +
		"policies",
		drawDecomposition},
	{"effect_map", "Map of an effect", "What an alternative changes over two inputs in all combinations, with its " +
		"interval", drawEffectMap},
	{"effect_line", "Line of an effect", "What an alternative changes over one numeric input", drawEffectLine},
	{"effect_forest", "Effect future by future", "What an alternative changes in each future of a design, with interval " +
		"and spread over runs", drawEffectForest},
	{"effect_drivers", "Drivers of an effect", "On which inputs it depends what an alternative changes, luck apart",
		drawEffectDrivers},
	{"backtest", "Back-test", "Observations against the model's fan, no change and the trend, in small multiples",
		drawBacktest},
	{"calibration", "Prior and posterior", "Where the parameter vectors that fit the observations lie in the prior " +
		"intervals", drawCalibration},
	{"sweep_line", "Line of a sweep", "Metrics over the one input of a sweep, mean with 50% and 90% bands; HHI of sales " +
		"unless at most nine metrics are recorded", drawSweepLine},
	{"sweep_map", "Map of a sweep", "Mean HHI of sales over a grid of two inputs", drawHeatMap},
	{"sweep_scatter", "Scatter of a sweep", "HHI of sales over each input of a sample, the most telling first",
		drawSweepScatter},
	{"regimes", "Regimes of a sweep", "Class of concentration over a grid of two inputs", drawRegimes},
	{"segments", "Concentration by segment", "Herfindahl–Hirschman index of sales in each market segment", drawSegments},
}

// Options say which figures to draw and how.
type Options struct {
	Figures []string // names; empty for all
	Format  string   // one of chart.Formats, png by default
	DPI     int      // resolution of PNG files; 0 for 300
	// Size is that of the printed figure, Bare leaves out title, subtitle, notes and source line.
	Size chart.Size
	Bare bool
	// Captions asks for two files beside each figure, NAME.txt and NAME.tex.
	Captions bool
	// Window is the part of the folder that is shown.
	Window Window
	// Names gives a metric or a PATH the words that figures have for it, "" where it has none. May be
	// nil.
	Names func(id string) string
	// Highlight names labs, by their keys, that are named in every figure that shows labs, in a colour
	// of their own.
	Highlight []string
	// At are the dates (ISO) of figures of effects; none: the last.
	At []string
	// Make makes a table that a figure needs and the folder does not hold, at some dates. May be nil.
	Make func(table string, dates []string) (*table.Table, error)
	// Reading is how the folder's tables are read; nil: they must be as they were written.
	Reading *table.Reading
	// Skipped is told of each figure that is left out because its inputs are missing or empty. May be
	// nil.
	Skipped func(figure, reason string)
	// High is told of each figure that is higher than a page. May be nil.
	High func(figure string, h chart.High)
}

// Draw reads the results folder dir and writes figures into the folder out, which it creates if
// there are any. It returns the files written, in the order of Figures. A figure that is asked for
// by name and cannot be drawn is an error; among all figures it is skipped.
func Draw(dir, out string, o Options) ([]string, error) {
	all, err := Charts(dir, o)
	if err != nil {
		return nil, err
	}
	return Save(all, out, o)
}

// Save writes charts into the folder out, which it creates if there are any. It returns the files
// of the pictures in their order.
func Save(all []Drawn, out string, o Options) ([]string, error) {
	if o.Format == "" {
		o.Format = chart.Formats[0]
	}
	if !slices.Contains(chart.Formats, o.Format) {
		return nil, fmt.Errorf("figures are drawn as %s, not %q", quantity.OneOf(chart.Formats), o.Format)
	}
	if len(all) == 0 {
		return nil, nil
	}
	for _, d := range all {
		d.Chart.Size, d.Chart.Bare = o.Size, o.Bare
		if err := d.Chart.Fits(); err != nil {
			return nil, fmt.Errorf("figure %s: %w", d.Name(), err)
		}
		if h, high := d.Chart.TooHigh(); high && o.High != nil {
			o.High(d.Name(), h)
		}
	}
	if other := aside.InTheWay(out); other != "" {
		return nil, table.Problems{other + ": there is something other than a folder where figures are to be; name " +
			"another folder, or move it away"}
	}
	if err := os.MkdirAll(out, 0o777); err != nil {
		return nil, err
	}
	files, largest := make([]string, len(all)), make([]int, len(all))
	for i, d := range all {
		files[i], largest[i] = filepath.Join(out, d.Name()+"."+o.Format), i
	}
	area := make([]float64, len(all))
	for i, d := range all {
		l := d.Chart.LayOut()
		area[i] = float64(l.Width * l.Height)
	}
	slices.SortStableFunc(largest, func(i, j int) int { return cmp.Compare(area[j], area[i]) })
	var group errgroup.Group
	group.SetLimit(runtime.GOMAXPROCS(0) + 1) // one waits for the disk
	for _, i := range largest {               // first, so that none is left to one processor at the end
		d := all[i]
		group.Go(func() (err error) {
			defer fault.Catch(&err)
			if err := d.Chart.Save(files[i], o.Format, o.DPI); err != nil || !o.Captions {
				return err
			}
			return d.Chart.SaveCaptions(filepath.Join(out, d.Name()))
		})
	}
	return files, group.Wait()
}

// Drawn is a chart that a figure makes of a folder's tables.
type Drawn struct {
	Figure Figure
	Chart  *chart.Chart
}

// Name is that of its file, without the extension.
func (d Drawn) Name() string {
	if d.Chart.Suffix != "" {
		return d.Figure.Name + "-" + d.Chart.Suffix
	}
	return d.Figure.Name
}

// Charts reads the results folder dir and makes the charts of its figures, in the order of Figures;
// of the options only Figures and Skipped count. A figure that is asked for by name and cannot be
// drawn is an error; among all figures it is skipped.
func Charts(dir string, o Options) (all []Drawn, err error) {
	defer table.Misfit(&err)
	chosen, err := choose(o.Figures)
	if err != nil {
		return nil, err
	}
	results, err := openWith(dir, o)
	if err != nil {
		return nil, err
	}
	results.at, results.make = o.At, o.Make
	for _, f := range chosen {
		drawn, err := f.Draw(results)
		var reason Absent
		if errors.As(err, &reason) && len(o.Figures) == 0 {
			ofRuns := results.Manifest.Sweep == nil && results.Manifest.Futures == nil && results.Manifest.Kind == ""
			if o.Skipped != nil && !reason.Elsewhere && ofRuns {
				o.Skipped(f.Name, reason.Reason)
			}
			continue
		}
		if err != nil {
			return nil, fmt.Errorf("figure %s: %w", f.Name, err)
		}
		for _, ch := range drawn {
			if ch.Source == "" {
				ch.Source = results.Manifest.source(results.Manifest.Cases...)
			}
			all = append(all, Drawn{f, ch})
		}
	}
	if note := o.Reading.Note(); note != "" {
		for _, d := range all {
			d.Chart.Subtitle = strings.TrimSpace(note + " " + d.Chart.Subtitle)
		}
	}
	return all, nil
}

// openWith reads a folder in the way that the options ask for.
func openWith(dir string, o Options) (*Results, error) {
	r, err := OpenAs(dir, o.Reading)
	if err != nil {
		return nil, err
	}
	r.names = o.Names
	if len(o.Highlight) > 0 {
		if err := r.setHighlight(o.Highlight); err != nil {
			return nil, err
		}
	}
	return r, r.show(o.Window)
}

func choose(names []string) ([]Figure, error) {
	if len(names) == 0 {
		return Figures, nil
	}
	var known []string
	for _, f := range Figures {
		known = append(known, f.Name)
	}
	var chosen []Figure
	for _, name := range names {
		found := false
		for _, f := range Figures {
			if f.Name == name {
				chosen, found = append(chosen, f), true
			}
		}
		if !found {
			return nil, fmt.Errorf("there is no figure %q; there are %s", name, strings.Join(known, ", "))
		}
	}
	return chosen, nil
}
