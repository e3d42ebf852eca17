// Package sim is the model: labs, the chip supplier, market segments and the commons, and the
// processes that move them. Read [Schedule] first, then the file of each process in its order; each
// opens with its equations.
//
//	m, err := sim.New(cfg)       // allocates everything once
//	ref, err := sim.NewReference(cfg)
//	m.Reset(seed, replication, ref)
//	for !m.Done() {
//		if err := m.Step(); err != nil { … } // every process once, in the schedule's order; allocates nothing
//	}
//
// A run depends on its [Config], seed, replication and reference alone. Luck is drawn from streams
// keyed by replication, lab, process and step ([DrawUniform] and what stands beside it), so that
// scenarios share it and a draw added in one place moves none elsewhere.
//
// The package knows no files, no scenarios and no plots, starts no goroutine, and imports the
// standard library, the generator of golang.org/x/exp/rand and its two leaves, portable and
// concentration.
package sim
