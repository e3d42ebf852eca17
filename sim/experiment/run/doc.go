// Package run turns cases into results: it makes the runs of an experiment and leaves a results
// folder with tables, their summaries, the resolved scenarios and a manifest.
//
// Run runs scenarios and records everything of each; a Sweep runs the points of a design over one
// scenario and records some metrics. Both go in parallel, one model per worker. What a folder holds
// at the end depends on the scenarios, the seed and the number of replications alone, not on
// workers, interruptions or the order in which runs finish. Finished runs wait in a log inside the
// folder, so that the same call continues where a stopped one left off.
//
//	o, err := run.Run(ctx, run.Spec{Scenarios: []*scenario.Scenario{s}, Replications: 50, Out: "results/mine"})
//	fmt.Println(o.Stats("baseline", "2033-12-31", "hhi_sales").Mean)
//
// It never judges results and never draws them.
package run
