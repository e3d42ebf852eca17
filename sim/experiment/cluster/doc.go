// Package cluster cuts an experiment into shards that any number of machines can do, and puts them
// together again.
//
// A plan says what is run and which runs each shard holds. A shard is done by whoever finds its
// index, in an option or in the variables of a scheduler, and lies in a file whose name and
// checksum say whether it is whole. Merging gives the bytes that one machine would have left.
//
//	p, err := cluster.Plan(sweep, "/scratch/eta", 100, "slurm", false, command, commit)
//	_, err = cluster.RunShards(ctx, p, []int{3}, run.SweepOptions{})
//	o, err := cluster.Merge(ctx, p, false, run.SweepOutput{}, run.SweepOptions{})
//
// It never submits a job by itself.
package cluster
