package sim

import (
	"math"

	"simulate/sim/portable"
)

// Test-time reasoning is a technique: knowledge of how to turn more computing per answer into a
// better answer. Labs master it from a date on, or take it up once it is public (equations 13 and
// 13a).
//
//	l*_k = clamp((τ − ln10/θ_k)/τ2, 0, span),  offered capability c + τl* − τ2·l*²/2 at cost ×10^{l*}
//	Γ_k = θ_k·(τl* − τ2·l*²/2) − l*·ln 10, its gain in log quality-adjusted price
//	T_pub = min over masters j of {T_j + L_d; T_j + L_o where j is open at T_j}
//
// In the step [t_n, t_n+dt) lab i commands it if T_i < t_n+dt or T_pub ≤ t_n, and then offers l*;
// every other sells at l = 0. What an event keeps closed counts from T_j + secrecy in both terms,
// and what a closed lab discloses counts as open. Weights carry the technique: hosts offer l* with
// j's models from T_j on, later by weights_delay for a lab that publishes late and by its secrecy
// where it keeps the technique closed, or from T_pub on.

// mastery is a lab's command of the technique by an event.
type mastery struct {
	lab      int
	from     float64 // T_j
	secrecy  float64 // years in which an event keeps it closed
	open     bool    // what follows is public after L_o
	withheld bool    // from labs and hosts outside the bounds of its shock
}

// never is the date of what does not happen.
var never = math.Inf(1)

// known is a date in two worlds: with all events, and without those that withhold their know-how.
type known struct{ all, without float64 }

func (k *known) earlier(o known) { k.all, k.without = min(k.all, o.all), min(k.without, o.without) }

// testTime is l* and what it adds to capability, τl* − τ2·l*²/2, for sellers that command the
// technique.
func (m *Model) testTime(theta float64) (length, gain float64) {
	q := &m.p.Market
	length = clamp((q.TestTimeGain-math.Ln10/theta)/q.TestTimeCurvature, 0, q.TestTimeSpan)
	return length, float64(q.TestTimeGain*length) - float64(q.TestTimeCurvature*length*length/2)
}

// mastersFrom is T_i: the roster's date or an event's, whichever is earlier.
func (m *Model) mastersFrom(l *Lab) float64 {
	if roster := l.rosterMastery(); roster < l.learned {
		return roster
	}
	return l.learned
}

// rosterMastery is the date of the roster from which a lab masters the technique; never where it
// has none or the lab left before.
func (l *Lab) rosterMastery() float64 {
	if from := l.Spec.TestTimeFrom; from < l.left {
		return from
	}
	return never
}

// master gives a lab the technique by an event, and the public in its time.
func (m *Model) master(l *Lab, by mastery, itself bool) {
	m.commons.masteries = append(m.commons.masteries, by)
	if !itself {
		return
	}
	l.learned = min(l.learned, by.from)
	hosts := known{by.from + by.secrecy, by.from + by.secrecy}
	if by.withheld {
		hosts.without = never
	}
	l.weightsTaught.earlier(hosts)
}

// publicTechnique is T_pub by the lags in force; what is public stays so.
func (m *Model) publicTechnique() {
	closed, open := m.closedLag(), m.p.Research.OpenLag
	next := known{never, never}
	for i := range m.labs {
		l := &m.labs[i]
		from := l.rosterMastery()
		date := from + closed
		if l.Spec.Openness == Open {
			date = min(date, from+open)
		}
		next.earlier(known{date, date})
	}
	for _, b := range m.commons.masteries {
		date := b.from + b.secrecy + closed
		if b.open {
			date = min(date, b.from+b.secrecy+open)
		}
		next.all = min(next.all, date)
		if !b.withheld {
			next.without = min(next.without, date)
		}
	}
	c := &m.commons
	if !(c.TestTimePublic <= m.t+reached) {
		c.TestTimePublic = next.all
	}
	if !(m.apart.technique <= m.t+reached) {
		m.apart.technique = next.without
	}
}

// masters reports whether who has the technique from a date on has it at the market of date t: at
// the start from that date itself, then in the step that contains the date.
func (m *Model) masters(from, t float64) bool {
	if t == m.t {
		return from <= t+reached
	}
	return from < m.t+m.dt-reached
}

// commands reports whether a lab offers test-time reasoning at the market of date t.
func (m *Model) commands(l *Lab, t float64) bool {
	public := m.commons.TestTimePublic
	if l.keptOut {
		public = m.apart.technique
	}
	return !m.nobodyReasons && (public <= m.t+reached || m.masters(l.TestTimeFrom, t))
}

// hostsCommand reports whether hosts offer it with the models of a lab.
func (m *Model) hostsCommand(publisher int, t float64) bool {
	l := &m.labs[publisher]
	public, taught := m.commons.TestTimePublic, l.weightsTaught.all
	if m.apart.on && m.apart.hosts {
		public, taught = m.apart.technique, l.weightsTaught.without
	}
	taught = min(taught, l.rosterMastery())
	if l.Spec.Openness == Delayed {
		taught += m.p.Training.WeightsDelay
	}
	return !m.nobodyReasons && (public <= m.t+reached || m.masters(taught, t))
}

// meanLength is the test-time computing of what is sold in a segment, OOM, weighted by sales,
// hosts' included.
func (s *Segment) meanLength() float64 {
	if s.Spending == 0 {
		return 0
	}
	sum := float64(s.HostedOpenShare * s.hostLength)
	for i, sold := range s.sold {
		sum += float64(sold / s.Spending * s.length[i])
	}
	return sum
}

// answers are millions of tokens of answers sold per year, at what each seller charges for them;
// tokens count those spent on reasoning too, answers·10^l.
func (s *Segment) answers() (answers, tokens float64) {
	add := func(sales, price, length float64) {
		if sales > 0 && price > 0 {
			answers += sales / price
			tokens += float64(sales / price * portable.Exp(float64(length*math.Ln10)))
		}
	}
	for i, sold := range s.sold {
		add(sold, s.price[i], s.length[i])
	}
	add(float64(s.HostedOpenShare*s.Spending), s.hostPrice, s.hostLength)
	return answers, tokens
}

// updateTechnique brings T_pub and the labs' T up to date, and whether a policy withholds the
// technique.
func (m *Model) updateTechnique() {
	m.nobodyReasons = m.techniqueWithheld()
	m.publicTechnique()
	for i := range m.labs {
		m.labs[i].TestTimeFrom = m.mastersFrom(&m.labs[i])
	}
}
