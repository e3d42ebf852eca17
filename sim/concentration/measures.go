package concentration

// Measure is a measure of concentration or inequality on observed amounts, as the command `measure`
// lists it.
type Measure struct {
	Name    string // column name
	Title   string
	Range   string
	Formula string // with s = shares of the total, x = amounts, n = members, μ = mean
	Meaning string
	// Of takes the amounts of the listed members and that of an atomistic remainder. NaN: undefined.
	Of func(x []float64, rest float64) float64
}

// Measures lists every measure in the order of its column.
var Measures = []Measure{
	{"hhi", "HHI", "0 to 10,000", "10,000·Σs²", "Herfindahl–Hirschman index, the one merger guidelines use",
		HHI},
	{"hhi_normalised", "normalised HHI", "0 to 1", "(Σs²−1/n)/(1−1/n)", "HHI freed of the number of members",
		NormalisedHHI},
	{"effective_number", "effective number", "1 to n", "1/Σs²", "how many equal members would give this HHI; the " +
		"Hill number of order 2",
		EffectiveNumber},
	{"cr1", "CR1", "0 to 1", "s_(1)", "share of the largest member",
		func(x []float64, rest float64) float64 { return CR(x, rest, 1, nil) }},
	{"cr4", "CR4", "0 to 1", "s_(1)+…+s_(4)", "joint share of the four largest",
		func(x []float64, rest float64) float64 { return CR(x, rest, 4, nil) }},
	{"gini", "Gini", "0 to 1−1/n", "Σ(2i−n−1)·x_(i)/(n·Σx)", "inequality among members, x_(i) ascending; " +
		"population form",
		func(x []float64, _ float64) float64 { return Gini(x, nil) }},
	{"theil", "Theil", "0 to ln n", "(1/n)·Σ(x/μ)·ln(x/μ)", "inequality among members, sensitive to the top",
		func(x []float64, _ float64) float64 { return Theil(x) }},
	{"atkinson", "Atkinson", "0 to 1", "1−((1/n)·Σx^½)²/μ", "inequality among members at aversion ε = 0.5",
		func(x []float64, _ float64) float64 { return Atkinson(x, 0.5) }},
	{"entropy", "entropy", "0 to ln n", "−Σs·ln s", "Shannon's entropy in nats, low where concentrated",
		Entropy},
	{"hill_0", "Hill 0", "1 to n", "number of s > 0", "members above zero",
		func(x []float64, rest float64) float64 { return Hill(x, rest, 0) }},
	{"hill_1", "Hill 1", "1 to n", "exp(−Σs·ln s)", "effective number that weighs members by share",
		func(x []float64, rest float64) float64 { return Hill(x, rest, 1) }},
	{"hill_3", "Hill 3", "1 to n", "(Σs³)^(−½)", "effective number that looks mostly at the largest",
		func(x []float64, rest float64) float64 { return Hill(x, rest, 3) }},
	{"hall_tideman", "Hall–Tideman", "1/n to 1", "1/(2·Σi·s_(i)−1)", "concentration by rank, s_(i) descending: " +
		"the number of members counts",
		func(x []float64, rest float64) float64 { return HallTideman(x, rest, nil) }},
	{"dominance", "dominance", "1/n to 1", "Σ(s²/Σs²)²", "how far the largest members dominate the others",
		func(x []float64, _ float64) float64 { return Dominance(x) }},
}
