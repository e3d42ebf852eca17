package analysis

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"simulate/internal/quantity"
)

// Interaction says how much an outcome, such as what a policy changes, differs between the two ends
// of an input. Of an effect it is the interaction of the policy with the input.
type Interaction struct {
	Name string
	// Ends are the least and the greatest listed value; of a sample the means of the values in its
	// lower and upper third; of categories the two between which the outcome differs most, by number.
	Ends   [2]float64
	Thirds bool       // ends are thirds of a sample
	At     [2]float64 // mean outcome at the ends
	// Change is the mean at the second end less that at the first, with its 95 % interval; SE is its
	// standard error. Both ends of the interval and SE are NaN where nothing tells an error.
	Change Estimate
	SE     float64
	Points [2]int // at the ends
	Runs   int    // at each point; one tells nothing of luck
	Clear  bool   // told apart from 0 at 5 % over all inputs together (Bonferroni)
	// Isolated says that the points of both ends differ in this input alone. Else other inputs differ
	// between them too, and without an error nothing tells the input's part in the change.
	Isolated bool
}

// mostListed is how many different values of a number count as listed.
const mostListed = 12

// Interactions compares the outcome at the two ends of every input. y holds it by point and
// replication; equal replications share their luck. Where every point of one end has a partner at
// the other that differs in this input alone, the points are compared pair by pair, and the error
// is that of luck over replications (Student's t). Otherwise it is that of the means of points at
// both ends (Welch), in which what else varies between points counts as error, and of the luck that
// all points share, where it moves one end more than the other; one replication shows none.
func Interactions(in Inputs, y [][]float64) ([]Interaction, error) {
	if err := in.check(); err != nil {
		return nil, err
	}
	if len(y) != len(in.Rows) {
		return nil, fmt.Errorf("there are %s and outcomes of %d", quantity.Plural(len(in.Rows), "point"), len(y))
	}
	var out []Interaction
	for j, name := range in.Names {
		values := distinct(in.Rows, j)
		if len(values) < 2 {
			continue
		}
		x := Interaction{Name: name, Runs: len(y[0])}
		looks := len(in.Names)
		var ends [2][]int
		switch {
		case in.labels(j) != nil:
			ends = farthest(in.Rows, j, values, y)
			looks *= len(values) * (len(values) - 1) / 2
		case len(values) <= mostListed:
			ends = [2][]int{holding(in.Rows, j, values[0]), holding(in.Rows, j, values[len(values)-1])}
		default:
			x.Thirds = true
			order := make([]int, len(in.Rows))
			for i := range order {
				order[i] = i
			}
			slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(in.Rows[a][j], in.Rows[b][j]) })
			third := max(1, len(order)/3)
			ends = [2][]int{order[:third], order[len(order)-third:]}
		}
		for e, points := range ends {
			x.Points[e] = len(points)
			for _, i := range points {
				x.Ends[e] += in.Rows[i][j] / float64(len(points))
				x.At[e] += mean(y[i]) / float64(len(points))
			}
		}
		x.between(in.Rows, j, y, ends, looks)
		out = append(out, x)
	}
	return out, nil
}

// between estimates the change between two ends.
func (x *Interaction) between(rows [][]float64, j int, y [][]float64, ends [2][]int, looks int) {
	x.Change, x.SE = Estimate{x.At[1] - x.At[0], math.NaN(), math.NaN()}, math.NaN()
	level := 1 - (1-usualConfidence)/float64(looks)
	put := func(se, t, tFamily float64) {
		x.SE = se
		if se > 0 {
			x.Change.Low, x.Change.High = x.Change.Value-t*se, x.Change.Value+t*se
			x.Clear = math.Abs(x.Change.Value) > tFamily*se
		}
	}
	partner, paired := partners(rows, j, ends)
	x.Isolated = paired
	if n := len(y[ends[0][0]]); paired && n > 1 {
		contrast := make([]float64, n)
		for k, i := range ends[0] {
			for r := range contrast {
				contrast[r] += (y[partner[k]][r] - y[i][r]) / float64(len(ends[0]))
			}
		}
		_, sd := meanAndDeviation(contrast)
		put(sd/math.Sqrt(float64(n)), studentsT(n, usualConfidence), studentsT(n, level))
		return
	}
	var part [2]float64
	var freedom float64
	for e, points := range ends {
		if len(points) < 2 || paired { // pairs without luck between them have no error
			return
		}
		var means []float64
		for _, i := range points {
			means = append(means, mean(y[i]))
		}
		_, sd := meanAndDeviation(means)
		part[e] = sd * sd / float64(len(points))
		freedom += part[e] * part[e] / float64(len(points)-1)
	}
	points := part[0] + part[1]
	luck, rest := luckOfChange(y, ends)
	if n := len(y[ends[0][0]]); luck > 0 {
		freedom += luck * luck / float64(n-1)
	}
	if v := max(points+luck-rest, points, luck); v > 0 {
		df := (points + luck) * (points + luck) / freedom
		put(math.Sqrt(v), quantileT(df, usualConfidence), quantileT(df, level))
	}
}

// luckOfChange is the variance of a change between two ends from the luck that their points share,
// and the part of it that comes from the luck of single runs, which the spread of the points holds
// too. Both are 0 with one replication, which shows no luck.
func luckOfChange(y [][]float64, ends [2][]int) (luck, rest float64) {
	n := len(y[ends[0][0]])
	if n < 2 {
		return 0, 0
	}
	change := make([]float64, n)
	for e, points := range ends {
		k := float64(len(points))
		byRun := make([]float64, n)
		for _, i := range points {
			for r, v := range y[i] {
				byRun[r] += v / k
			}
		}
		for r, v := range byRun {
			change[r] += v * float64(2*e-1)
		}
		of := mean(byRun)
		sum := 0.0
		for _, i := range points {
			own := mean(y[i])
			for r, v := range y[i] {
				d := v - own - byRun[r] + of
				sum += d * d
			}
		}
		rest += sum / ((k - 1) * float64(n-1)) / (k * float64(n))
	}
	_, sd := meanAndDeviation(change)
	return sd * sd / float64(n), rest
}

// partners finds for each point of the first end the one of the second that differs from it in
// input j alone; false where the points do not pair off.
func partners(rows [][]float64, j int, ends [2][]int) ([]int, bool) {
	if len(ends[0]) != len(ends[1]) {
		return nil, false
	}
	key := func(row []float64) string { return fmt.Sprint(row[:j], row[j+1:]) }
	at := map[string]int{}
	for _, i := range ends[1] {
		k := key(rows[i])
		if _, twice := at[k]; twice {
			return nil, false
		}
		at[k] = i
	}
	var out []int
	for _, i := range ends[0] {
		k, found := at[key(rows[i])]
		if !found {
			return nil, false
		}
		delete(at, key(rows[i]))
		out = append(out, k)
	}
	return out, true
}

// distinct lists the values of an input, ascending.
func distinct(rows [][]float64, j int) (out []float64) {
	for _, row := range rows {
		out = append(out, row[j])
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// holding lists the points at which input j has a value.
func holding(rows [][]float64, j int, v float64) (out []int) {
	for i, row := range rows {
		if row[j] == v {
			out = append(out, i)
		}
	}
	return out
}

// farthest lists the points of the two categories with the least and the greatest mean outcome, in
// the order of their numbers.
func farthest(rows [][]float64, j int, values []float64, y [][]float64) [2][]int {
	least, most := math.Inf(1), math.Inf(-1)
	var low, high int
	for k, v := range values {
		sum, points := 0.0, holding(rows, j, v)
		for _, i := range points {
			sum += mean(y[i]) / float64(len(points))
		}
		if sum < least {
			least, low = sum, k
		}
		if sum > most {
			most, high = sum, k
		}
	}
	if low == high { // all alike
		low, high = 0, 1
	}
	return [2][]int{holding(rows, j, values[min(low, high)]), holding(rows, j, values[max(low, high)])}
}
