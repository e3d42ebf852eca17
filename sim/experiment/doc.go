// Package experiment is the page that names the rooms of an experiment, and the way back from a
// results folder to the experiment in it.
//
// An experiment is cases times replications. A case is a scenario, or a point of a design over
// PATHs of one; a replication is a draw of luck, and of parameters where these are drawn, that all
// cases share. What an experiment leaves is a results folder: tables, the resolved scenarios and a
// manifest, whose bytes depend on scenarios, seed and replications alone, not on workers, shards or
// interruptions.
//
// # The life of a run
//
//	scenario.Scenario × replication k       a case and its luck: here deepseek-shock, k = 17
//	        │ draw: parameters of replication 17, the same in every case (run/draws.go)
//	        │ reference: the same world without events, made once per vector, kept (run/references.go)
//	        ▼
//	sim.Model: 120 steps                    one model per worker, reset for each run (run/engine.go)
//	        │ observe: metrics at the dates of `record` (run/calendar.go)
//	        ▼
//	a line of the log                       checksummed; a killed command goes on behind it (run/log.go)
//	        │ assemble: in order, whoever finished first (run/assemble.go)
//	        ▼
//	rows of market.csv, labs.csv, …         case deepseek-shock, replication 17
//	        │ pair: less replication 17 of deepseek-shock.without_events (compare/tables.go)
//	        ▼
//	effects.csv, summary.csv                means over replications with their intervals
//	        │ publish: the manifest with every table's SHA-256 comes last (results/)
//	        ▼
//	results/deepseek-shock/                 whole, for it has a manifest
//
// # The rooms
//
//	run      case → result: the one executor, its reference runs, its crash-safe log, the tables of runs and sweeps
//	results  the folder: lock, identity, manifest, tables, reading them back, holding them against their hashes
//	analysis estimators on numbers, no files
//	compare  paired effects and the sentences that say them
//	study    sensitivity, discovery, thresholds and robustness over a folder
//	history  back-test and calibration
//	cluster  an experiment cut into shards for many machines, and put together again
//
// The points of a sweep come from package design. This package never steps a model itself:
//
//	r, err := experiment.Reproduce(ctx, "results/deepseek-shock", run.Options{})
//	fmt.Println(r.Same()) // every table has its hash again
package experiment
