// Package experiment is the page that names the rooms of an experiment, and the way back from a
// results folder to the experiment in it.
//
// An experiment is cases times replications. A case is a scenario, or a point of a design over
// PATHs of one; a replication is a draw of luck, and of parameters where these are drawn, that all
// cases share. What an experiment leaves is a results folder: tables, the resolved scenarios and a
// manifest, whose bytes depend on scenarios, seed and replications alone, not on workers, shards or
// interruptions.
//
//	run      case → result: the one executor, its reference runs, its crash-safe log, the tables of runs and sweeps
//	results  the folder: lock, identity, manifest, tables, reading them back, holding them against their hashes
//	design   the points of a design              analysis  estimators on numbers, no files
//	compare  paired effects and the sentences that say them
//	study    sensitivity, discovery, thresholds and robustness over a folder
//	history  back-test and calibration
//	cluster  an experiment cut into shards for many machines, and put together again
//
// It never steps a model itself.
package experiment
