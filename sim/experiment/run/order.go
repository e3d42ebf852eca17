package run

// order says which run is which. The runs of a sweep go case by case, so that the tables need one
// case at a time; those of scenarios go replication by replication, so that a stop rule can end
// them and cases that share a reference meet.
type order struct {
	cases, replications int
	byCase              bool
	// by case, of scenarios: whether all replications would be alike, so that one is run; nil: none
	once   []bool
	moving []int // the other cases
	// by case: whether a stop rule does not look at it; nil: it looks at all
	aside []bool
	place []int // by case: its place in moving
}

// byCase is the order of a sweep.
func byCase(cases, replications int) order {
	return order{cases: cases, replications: replications, byCase: true}
}

// byReplication is the order of scenarios.
func byReplication(replications int, once []bool) order {
	o := order{cases: len(once), replications: replications, once: once, place: make([]int, len(once))}
	for i, fixed := range once {
		if o.place[i] = len(o.moving); !fixed {
			o.moving = append(o.moving, i)
		}
	}
	return o
}

// of is how many of n replications are run of a case.
func (o order) of(number, n int) int {
	if o.once != nil && o.once[number] {
		return min(n, 1)
	}
	return n
}

// upTo counts the runs of the first n replications.
func (o order) upTo(n int) int {
	switch {
	case o.byCase:
		return o.cases * n
	case n < 1:
		return 0
	}
	return o.cases + (n-1)*len(o.moving)
}

// total counts all runs.
func (o order) total() int { return o.upTo(o.replications) }

// at is the case and the replication (from 1) of a run.
func (o order) at(run int) (number, replication int) {
	switch {
	case o.byCase:
		return run / o.replications, run%o.replications + 1
	case run < o.cases:
		return run, 1
	}
	rest := run - o.cases
	return o.moving[rest%len(o.moving)], 2 + rest/len(o.moving)
}

// run is the number of a case's replication.
func (o order) run(number, replication int) int {
	switch {
	case o.byCase:
		return number*o.replications + replication - 1
	case replication == 1:
		return number
	}
	return o.cases + (replication-2)*len(o.moving) + o.place[number]
}
