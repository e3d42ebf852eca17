package cluster

import (
	"context"
	"errors"
	"fmt"

	"simulate/internal/quantity"
	"simulate/internal/shell"
	"simulate/sim/experiment/results"
	"simulate/sim/experiment/run"
)

// Merge turns the shards of a plan into the tables of its folder, with the bytes that one machine
// would have left. It refuses shards that are missing, unless allowed, doubled, foreign or damaged,
// and names each.
func Merge(ctx context.Context, p *Plan, allowMissing bool, out run.Output, o run.Options) (*run.Complete, error) {
	t, err := Status(p)
	if err != nil {
		return nil, err
	}
	var wrong []error
	for _, w := range t.Wrong {
		wrong = append(wrong, fmt.Errorf("%s", w))
	}
	if len(t.Missing) > 0 && (!allowMissing || p.history != nil) {
		wrong = append(wrong, fmt.Errorf("%s of %d missing: %s; `simulate sweep status %s` names the command that fills "+
			"them, --allow-missing merges the rest",
			quantity.Plural(len(t.Missing), "shard"), len(p.Shards), quantity.Ranges(t.Missing), shell.Path(p.Dir)))
	}
	if len(wrong) > 0 {
		return nil, &results.InputError{Err: errors.Join(wrong...)}
	}
	if len(t.Missing) == len(p.Shards) {
		return nil, results.InputErrorf("there is no shard to merge")
	}
	if len(t.Builds) > 1 {
		o.Tell("The shards were made by %s of the program, whose last digits may differ.",
			quantity.Plural(len(t.Builds), "build"))
	}
	if p.history != nil {
		return p.mergeHistory(t, out, o)
	}
	program, err := results.ThisBuild(o.Commit)
	if err != nil {
		return nil, err
	}
	f, err := results.Enter(p.Dir)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if err := alone(p); err != nil {
		return nil, err
	}
	var whole []*run.Shard
	for _, s := range t.Whole {
		if s != nil {
			whole = append(whole, s)
		}
	}
	if err := results.RemoveFiles(p.Dir, []string{results.ManifestName, "figures", results.ReportName}); err != nil {
		return nil, err
	}
	if err := run.Merge(ctx, p.Workload.(run.Experiment), f, program, whole, t.Missing, t.Builds, p.Hash, out,
		o); err != nil {
		return nil, err
	}
	m, err := results.ReadManifest(f.Dir)
	return &run.Complete{Dir: f.Dir, Manifest: m}, err
}

// mergeHistory makes the tables of a back-test or calibration, all of whose shards are whole.
func (p *Plan) mergeHistory(t *State, out run.Output, o run.Options) (*run.Complete, error) {
	if out.Format == "parquet" {
		return nil, results.InputErrorf("the tables of a %s are CSV; leave out --format", p.Workload.Name())
	}
	at, err := results.EnterPlace(p.Dir, o.Commit)
	if err != nil {
		return nil, err
	}
	defer at.Close()
	if err := p.history.Batch.SettleFrom(len(run.Waves(p.Workload)), t.Whole); err != nil {
		return nil, err
	}
	if err := alone(p); err != nil {
		return nil, err
	}
	if err := results.RemoveFiles(p.Dir, []string{results.ManifestName, "figures", results.ReportName}); err != nil {
		return nil, err
	}
	if err := p.history.Outcome.Save(at, out.Command); err != nil {
		return nil, err
	}
	m, err := results.ReadManifest(p.Dir)
	return &run.Complete{Dir: p.Dir, Manifest: m}, err
}

// tableNames are the tables that a plan leaves, of a back-test or calibration once it is settled.
func (p *Plan) tableNames() []string {
	if p.history == nil {
		return run.TableNames(p.Workload.(run.Experiment))
	}
	out := []string{results.DictionaryTable}
	for _, t := range p.history.Outcome.Tables() {
		out = append(out, t.Name)
	}
	return out
}

// alone refuses a plan's folder that holds what another experiment left, for the tables of both
// would stand side by side.
func alone(p *Plan) error {
	if m, err := results.ReadManifest(p.Dir); err == nil && m.Identity != p.Workload.Identity() {
		return results.InputErrorf("%s holds results of another experiment (%s) beside the plan; move them away, or plan "+
			"anew in another folder", p.Dir, m.Name)
	}
	var own []string
	for _, name := range p.tableNames() {
		for _, format := range results.Formats {
			own = append(own, name+"."+format)
		}
	}
	surplus, err := results.Surplus(p.Dir, own)
	if err != nil || len(surplus) == 0 {
		return err
	}
	return results.InputErrorf("%s holds tables that are not of this plan (%s); move them away", p.Dir,
		quantity.List(surplus))
}
