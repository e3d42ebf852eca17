package scenario

import (
	"slices"
	"strconv"
	"strings"
	"sync"

	"simulate/internal/quantity"
	"simulate/sim"
)

// Scenario is a resolved scenario. It is safe for concurrent reading. Name, Seed, Replications,
// Record and Title may be changed in a copy; YAML() follows them.
type Scenario struct {
	Name         string
	Title        string
	Description  string
	Seed         uint64
	Replications int
	Stochastic   bool
	Record       string // year, quarter or step
	StepsPerYear int    // 12 or 4
	Steps        int
	Start        float64 // decimal year
	CentreName   string  // of the built-in scenario that Centre is, "" for the scenario itself
	Expect       []Expectation
	Experiment   Experiment
	Notes        []string // what a reader may not expect, a sentence each
	Defaults     []string // what labs that the file adds do because it does not say otherwise, a sentence each

	cfg       *sim.Config
	knobs     []*Knob
	byPath    map[string]*Knob
	drawn     []*Knob
	copula    *copula
	sets      *parameterSets
	derive    []func(*sim.Config)
	origins   []Origin
	events    []string // PATH of the event of each shock
	sources   map[string]string
	canonical *node
	base      baseRule
}

// Options say how to load a scenario.
type Options struct {
	Set           []string // PATH=VALUE each, in the scenario's own syntax
	Parameters    string   // table of parameter vectors, one of which each replication takes; "" for none
	FixParameters bool     // every distribution gives its median
	WorkDir       string   // under which `extends` may look; the current directory where empty
}

// Load reads a scenario by built-in name, or by path if ref has a slash or ends in .yaml. Its error
// is Problems: every mistake with its place and what to write instead.
func Load(ref string, o Options) (*Scenario, error) {
	r := &report{}
	l := loader{report: r, work: o.WorkDir}
	root, name := l.load(ref)
	if root == nil {
		return nil, r.err()
	}
	before := changesOf(root)
	for i, text := range o.Set {
		root = r.set(root, text, 1000+i)
	}
	var notes []string
	if o.Parameters != "" {
		var sets *node
		if sets, notes = l.readParameterSets(o.Parameters); sets != nil {
			root.put(parameterSetsKey.name, sets.at, sets)
		}
	}
	s := bindScenario(r, root, name, o.FixParameters)
	if r.err() == nil {
		s.settleBase(r, root, before, l.inherited)
	}
	if err := r.err(); err != nil {
		return nil, err
	}
	s.base.again, s.base.file = o, l.baseFile(root)
	s.Notes = append(s.Notes, notes...)
	return s, nil
}

// Config is the input of a run with every distribution at its median. It must not be changed.
func (s *Scenario) Config() *sim.Config { return s.cfg }

// HasDraws reports whether any value is drawn per replication.
func (s *Scenario) HasDraws() bool { return len(s.drawn) > 0 || s.sets != nil }

// Knob returns the value at a PATH, false when there is none.
func (s *Scenario) Knob(path string) (*Knob, bool) {
	l, found := s.byPath[strings.TrimPrefix(path, "parameters.")]
	return l, found
}

// Knobs lists every PATH that can be drawn or varied, in the order of the scenario.
func (s *Scenario) Knobs() []*Knob { return s.knobs }

func (s *Scenario) addKnob(l *Knob) {
	if s.byPath[l.Path] == nil {
		s.knobs = append(s.knobs, l)
		s.byPath[l.Path] = l
	}
}

// end is the day after the last of the run, as a decimal year.
func (s *Scenario) end() float64 { return s.Start + float64(s.Steps)/float64(s.StepsPerYear) }

// bindScenario binds a resolved tree.
func bindScenario(r *report, root *node, name string, fixed bool) *Scenario {
	s := &Scenario{Name: name, cfg: &sim.Config{}, byPath: map[string]*Knob{}, sources: map[string]string{}}
	b := &binder{report: r, s: s, cfg: s.cfg, fixed: fixed, resolved: writtenResolved(root)}
	b.nameOfFile(root, name)
	b.exchange(root)
	b.enumerate(root)
	top := cell{n: root, at: root.at}
	s.canonical = bindKeys(b, top, topKeys, func(_ *sim.Config, f func(*Scenario)) { f(s) })
	s.derive = b.derive
	for _, f := range s.derive {
		f(s.cfg)
	}
	for _, l := range s.knobs {
		if l.dist != nil {
			s.drawn = append(s.drawn, l)
		}
	}
	s.Notes = slices.Concat(b.exchanged(), overlaps(s.cfg), unreached(s.cfg), unopened(s))
	s.Defaults = b.ownLabs(root)
	s.Notes = append(s.Notes, b.stocks(root)...)
	b.checkShares()
	b.displayNames(root)
	if len(r.list) == 0 {
		b.checkPrices(root)
		b.checkHosts(root)
	}
	if len(r.list) == 0 {
		b.checkRows()
	}
	return s
}

// enumerate lists the names that the rest refers to and sizes the Config.
func (b *binder) enumerate(root *node) {
	b.ids.regions = append(b.ids.regions, defaultRegions...)
	for _, id := range b.section(root, "regions", false) {
		if !slices.Contains(defaultRegions, id) {
			b.ids.regions = append(b.ids.regions, id)
		}
	}
	b.cfg.Regions = make([]sim.Region, len(b.ids.regions))
	for i, id := range b.ids.regions {
		b.cfg.Regions[i].ID = id
	}
	for _, c := range Chips() {
		b.cfg.Chips = append(b.cfg.Chips, c.Chip)
	}
	b.ids.segments = b.section(root, "segments", true)
	b.ids.policies = b.section(root, "policies", false)
	b.cfg.Segments = make([]sim.SegmentSpec, len(b.ids.segments))
	for k, id := range b.ids.segments {
		b.cfg.Segments[k] = defaultSegment(id)
	}
	b.cfg.Policies = make([]sim.Policy, len(b.ids.policies))
	b.ids.members = map[string][]int{}
	b.ids.labs = b.section(root, "labs", true)
	b.expand(root.get("labs"))
}

// expand makes the labs, of a class with a count as many as it says. Where that is too many it
// makes one of each, so that everything else is still checked and nothing is said about labs that
// only the counts take away.
func (b *binder) expand(labs *node) {
	counts, classes, total, largest := make([]int, len(b.ids.labs)), make([]bool, len(b.ids.labs)), 0, -1
	for i, id := range b.ids.labs {
		counts[i] = 1
		if count := labs.get(id).get("count"); count != nil && count.kind == scalarNode {
			if v, bad := parseWhole(count.text); bad == nil && v >= 1 && v <= maxCount {
				counts[i], classes[i] = int(v), true
				if largest < 0 || counts[i] > counts[largest] {
					largest = i
				}
			}
		}
		total += counts[i]
	}
	crowd := total > maxCount
	if crowd {
		at := labs.at
		if largest >= 0 {
			at = labs.get(b.ids.labs[largest]).pair("count").at
		}
		b.addf(at, "lower the counts", "there are %s labs, more than %s", quantity.Count(total), quantity.Count(maxCount))
	}
	for i, id := range b.ids.labs {
		named := id
		if classes[i] {
			named = id + "#"
		}
		for n := range counts[i] {
			if crowd && n > 0 {
				b.ids.members[id] = append(b.ids.members[id], len(b.cfg.Labs)-1)
				continue
			}
			lab := defaultLab(named)
			if named != id {
				lab.ID = named + strconv.Itoa(n+1)
			}
			b.ids.members[id] = append(b.ids.members[id], len(b.cfg.Labs))
			b.cfg.Labs = append(b.cfg.Labs, lab)
		}
	}
}

// section returns the names in a section; the entries themselves must be mappings.
func (b *binder) section(root *node, name string, required bool) []string {
	n := root.get(name)
	if n == nil {
		if required && root.kind == mappingNode {
			b.addf(root.at, "write extends: baseline, or give "+name, "there are no %s", name)
		}
		return nil
	}
	if n.kind != mappingNode {
		b.addf(n.at, "write the name of each, then its keys below it", "%s is not a mapping", name)
		return nil
	}
	ids := b.identifiers(n, strings.TrimSuffix(strings.Replace(name, "policies", "policys", 1), "s"))
	if required && len(n.pairs) == 0 {
		b.addf(n.at, "give at least one", "there are no %s", name)
	}
	return ids
}

func defaultLab(id string) sim.LabSpec {
	l := sim.LabSpec{ID: id, Archetype: sim.Independent, Commercial: true}
	for _, f := range labFields() {
		*f.In(&l) = f.Default
	}
	return l
}

func defaultSegment(id string) sim.SegmentSpec {
	s := sim.SegmentSpec{ID: id, BrandsOf: -1}
	for _, f := range segmentFields() {
		*f.In(&s) = f.Default
	}
	return s
}

var (
	labFields     = sync.OnceValue(func() []sim.Field { return sim.Fields(sim.LabSpec{}) })
	segmentFields = sync.OnceValue(func() []sim.Field { return sim.Fields(sim.SegmentSpec{}) })
)

// Builtin is a scenario that the program carries.
type Builtin struct {
	Name, Title, Description string
	Extends                  string // the built-in scenario that it changes; "" for none
}
