package sim

import (
	"math"

	"simulate/sim/concentration"
	"simulate/sim/portable"
)

// overSegments sums over open segments.
func (m *Model) overSegments(of func(*Segment) float64) float64 {
	sum := 0.0
	for k := range m.segments {
		if m.segments[k].Open {
			sum += of(&m.segments[k])
		}
	}
	return sum
}

// bySpending is the mean over open segments weighted by spending; NaN where nothing is spent.
func (m *Model) bySpending(of func(*Segment) float64) float64 {
	all := m.overSegments(func(s *Segment) float64 { return s.Spending })
	if all == 0 {
		return math.NaN()
	}
	return m.overSegments(func(s *Segment) float64 { return float64(s.Spending * of(s)) }) / all
}

// surplus is the gain in consumer surplus over the reference prices, D·((P/P^ref)^{1−η}−1)/(η−1),
// −D·ln(P/P^ref) at η = 1 [USD/yr].
func (s *Segment) surplus() float64 {
	x := s.LogPrice - s.LogReferencePrice
	if eta := s.Spec.Eta; eta != 1 {
		return s.ReferenceSpending * portable.Expm1(float64((1-eta)*x)) / (eta - 1)
	}
	return float64(-s.ReferenceSpending * x)
}

// lerner is the mean Lerner index (p−mc)/p weighted by sales, hosts of open models included.
func (s *Segment) lerner() float64 {
	margin := s.HostedOpenShare * s.hostMargin / (1 + s.hostMargin)
	if s.Spending == 0 {
		return math.NaN()
	}
	for i, sold := range s.sold {
		if s.price[i] > 0 {
			margin += float64(sold / s.Spending * (1 - s.cost[i]/s.price[i]))
		}
	}
	return margin
}

// thresholdPrice is the shadow price of the threshold capability c_f: at each lab whose model
// reaches it, what a unit of serving costs on the small model distilled from the lab's own,
//
//	ln C_s = min{ln C, c_f·ln 10 + ln E_ref − A − ψ_S/(1−ψ_S)·(c−c_f)·ln 10};
//
// the lowest counts. NaN where no lab reaches it.
func (m *Model) thresholdPrice() float64 {
	goal := float64(m.p.Observation.Threshold * math.Ln10)
	psi := m.p.Market.SmallModelDistillation
	least := math.NaN()
	for i := range m.labs {
		l := &m.labs[i]
		if !l.Active || l.Capability < m.p.Observation.Threshold {
			continue
		}
		gain := float64(psi / (1 - psi) * (float64(l.Capability*math.Ln10) - goal))
		size := min(portable.Log(l.ServingSize), m.smallestRun(goal-gain+logReference, l.TrainingEfficiency))
		if cost := m.unitCost(size, l.ServingEfficiency, m.servingPrice(l)); !(least <= cost) {
			least = cost
		}
	}
	return least
}

// frontierPrice is what a million tokens of the best model costs, weighted by its sales over
// segments, test-time tokens left out; its serving cost where it sells nothing.
func (m *Model) frontierPrice() float64 {
	best := -1
	for i := range m.labs {
		if m.labs[i].Active && (best < 0 || m.labs[i].Capability > m.labs[best].Capability) {
			best = i
		}
	}
	if best < 0 {
		return math.NaN()
	}
	l := &m.labs[best]
	sum, sales := 0.0, 0.0
	for k := range m.segments {
		if s := &m.segments[k]; s.Open && s.sold[best] > 0 && s.price[best] > 0 {
			sum += float64(s.sold[best] * s.price[best] * portable.Exp(float64(-s.length[best]*math.Ln10)))
			sales += s.sold[best]
		}
	}
	if sales > 0 {
		return sum / sales
	}
	return m.unitCost(portable.Log(l.ServingSize), l.ServingEfficiency, m.servingPrice(l))
}

var priceMetrics = []Metric{
	{"price_index", "Price index", "start = 100", "chained index of quality-adjusted prices over segments, Törnqvist " +
		"weights by spending", func(m *Model) float64 { return float64(100 * portable.Exp(m.track.logIndex)) }},
	{"price_relative", "Price relative to the reference", "1", "quality-adjusted prices relative to the reference path, " +
		"geometric mean by spending", func(m *Model) float64 {
		return portable.Exp(m.bySpending(func(s *Segment) float64 { return s.LogPrice - s.LogReferencePrice }))
	}},
	{"price_of_threshold", "Price of the threshold capability", "USD/Mtok", "lowest serving cost of a small model, " +
		"distilled from the lab's own, that just reaches observation.threshold", (*Model).thresholdPrice},
	{"price_of_frontier", "Price of the frontier", "USD/Mtok", "price of the best model on offer, test-time tokens " +
		"left out", (*Model).frontierPrice},
	{"lerner", "Lerner index", "0–1", "(price − cost)/price, weighted by sales, hosts of open models included",
		func(m *Model) float64 {
			return m.bySpending((*Segment).lerner)
		}},
	{"floor_binds", "Sales at a limit price", "0–1", "share of sales whose price is the limit price of " +
		"market.epsilon_min and not a Nash price", func(m *Model) float64 {
		return m.bySpending(func(s *Segment) float64 { return s.FloorBinds })
	}},
	{"hosted_open_share", "Hosted open models", "0–1", "share of sales of open models hosted by whoever rents out " +
		"compute", func(m *Model) float64 {
		return m.bySpending(func(s *Segment) float64 { return s.HostedOpenShare })
	}},
	{"spending", "Spending", "USD/yr", "spending on AI services in all segments",
		func(m *Model) float64 { return m.overSegments(func(s *Segment) float64 { return s.Spending }) }},
	{"answers", "Answers", "Mtok/yr", "tokens of answers sold, those spent on reasoning left out", func(m *Model) float64 {
		return m.overSegments(func(s *Segment) float64 { answers, _ := s.answers(); return answers })
	}},
	{"tokens", "Tokens", "Mtok/yr", "tokens produced for what is sold, those spent on reasoning included",
		func(m *Model) float64 {
			return m.overSegments(func(s *Segment) float64 { _, tokens := s.answers(); return tokens })
		}},
	{"consumer_surplus", "Consumer surplus", "USD/yr", "buyers' gain over the reference prices",
		func(m *Model) float64 { return m.overSegments((*Segment).surplus) }},
	{"lab_profits", "Profits of labs", "USD/yr", "labs' revenue less serving cost, before research and training",
		func(m *Model) float64 {
			x := m.amounts(func(l *Lab) float64 { return l.GrossProfit })
			return concentration.Total(x)
		}},
	{"host_profits", "Profits of hosts", "USD/yr", "margin of those who host open models", func(m *Model) float64 {
		return m.overSegments(func(s *Segment) float64 {
			return s.HostedOpenShare * s.Spending * s.hostMargin / (1 + s.hostMargin)
		})
	}},
	{"supplier_profits", "Profits of the supplier", "USD/yr", "gross profit of the merchant chip supplier",
		func(m *Model) float64 { return m.supplier.GrossProfit }},
	{"policy_cost", "Cost of policies", "USD/yr", "public money paid out, less taxes that are not paid back",
		func(m *Model) float64 { return m.policyCost }},
	{"entries", "Entries", "count", "labs that have entered since the start",
		func(m *Model) float64 { return float64(m.entrants) }},
	{"departures", "Departures", "count", "labs that have closed or been acquired since the start",
		func(m *Model) float64 { return m.track.departures }},
	{"leader_changes", "Changes of leader", "count",
		"how often the lab with the largest sales has changed since the start",
		func(m *Model) float64 { return m.track.changes }},
	{"turnover", "Turnover of shares", "0–2", "Hymer–Pashigian index: sum of absolute changes of sales shares over " +
		"a year; empty in the first", (*Model).turnover},
}

var supplierMetrics = []Metric{
	{"chip_price", "Chip price", "USD/H100e", "price paid in the merchant market, all-in",
		func(m *Model) float64 { return m.supplier.Price }},
	{"chip_list_price", "List price of chips", "USD/H100e", "price at which chips are listed, all-in",
		func(m *Model) float64 { return m.supplier.ListPrice }},
	{"fill_rate", "Fill rate", "0–1", "share of merchant orders delivered",
		func(m *Model) float64 { return m.supplier.FillRate }},
	{"chip_scarcity", "Scarcity of chips", "1", "merchant orders over capacity at list price",
		func(m *Model) float64 { return m.supplier.Scarcity }},
	{"chip_capacity", "Chip capacity", "H100e/yr", "merchant capacity for the next step",
		func(m *Model) float64 { return m.supplier.Capacity }},
	{"supplier_revenue", "Supplier revenue", "USD/yr", "revenue of the merchant chip supplier",
		func(m *Model) float64 { return m.supplier.Revenue }},
	{"supplier_value", "Supplier value", "USD", "market value of the merchant chip supplier",
		func(m *Model) float64 { return m.supplier.Value }},
	{"compute_stock", "Compute stock", "H100e", "compute owned by labs, platforms, outsiders and the public",
		func(m *Model) float64 {
			x := m.amounts(func(l *Lab) float64 { return l.ComputeOwned })
			return concentration.Total(x) + m.outsideCompute()
		}},
	{"serving_compute", "Serving compute", "H100e", "compute that serves the labs' own sales", func(m *Model) float64 {
		x := m.amounts(func(l *Lab) float64 { return l.ServingCompute })
		return concentration.Total(x)
	}},
	{"compute_rented", "Compute rented", "H100e", "compute that renters use for research and labs for serving",
		func(m *Model) float64 {
			return m.computeRented()
		}},
	{"compute_for_rent", "Compute for rent", "H100e", "platforms' compute for other uses and outside owners' stock",
		func(m *Model) float64 {
			sum := m.commons.OutsideStock
			for i := range m.labs {
				if l := &m.labs[i]; l.Active && !l.Spec.Renter {
					sum += float64(l.Spec.ShareForOtherProducts * l.Compute)
				}
			}
			return sum
		}},
	{"hhi_chip_supply", "HHI, chip supply", "0–10,000", "concentration of chip supply: one merchant supplier, own " +
		"silicon and domestic chips each a supplier of its own", (*Model).supplyHHI},
}

func (m *Model) computeRented() float64 {
	sum := 0.0
	for i := range m.labs {
		if l := &m.labs[i]; l.Active {
			sum += l.ServingCompute
			if l.Spec.Renter {
				sum += l.Compute
			}
		}
	}
	return sum
}

// supplyHHI takes the yearly deliveries of the merchant supplier, of each lab's own silicon and of
// domestic chips as shares.
func (m *Model) supplyHHI() float64 {
	s := &m.supplier
	x := m.scratch[:0]
	for i := range m.labs {
		if l := &m.labs[i]; l.Active && !l.Spec.Renter && l.Spec.OwnSilicon > 0 {
			x = append(x, l.Spec.OwnSilicon*l.ComputeShare*l.Funding/float64(l.Spec.OwnSiliconCost*s.ListPrice))
		}
	}
	return concentration.HHI(append(x, s.domesticChips, s.FillRate*s.Orders/s.Price), 0)
}

// SegmentMetric is one column of segments.csv: what is observed of a segment at a date.
type SegmentMetric struct {
	Name, Title, Unit, Meaning string
	Of                         func(*Model, int) float64 // NaN: undefined at this date, or the segment is not open yet
}

// SegmentMetrics lists everything that is observed of a segment.
var SegmentMetrics = segmentMetrics()

func segmentMetrics() (out []SegmentMetric) {
	for _, c := range concentrationMeasures {
		if c.name == "gini_active" {
			continue
		}
		out = append(out, SegmentMetric{c.name + "_sales", c.title + ", sales", c.unit, c.meaning +
			" of sales in the segment", func(m *Model, k int) float64 {
			if !m.segments[k].Open {
				return math.NaN()
			}
			return c.of(m.soldIn(k))
		}})
	}
	return append(out,
		SegmentMetric{"leader_changes", "Changes of leader", "count", "how often the lab with the largest sales in the " +
			"segment has changed since the start", func(m *Model, k int) float64 {
			if !m.segments[k].Open {
				return math.NaN()
			}
			return m.track.leaders[k].changes
		}},
		segmentMetric("hosted_open_share", "Hosted open models", "0–1", "share of the segment's sales of open models "+
			"hosted by many", func(_ *Model, s *Segment) float64 { return s.HostedOpenShare }),
		segmentMetric("spending", "Spending", "USD/yr", "spending in the segment", func(_ *Model,
			s *Segment) float64 {
			return s.Spending
		}),
		segmentMetric("price_index", "Price index", "start = 100", "the segment's quality-adjusted price index, 100 when "+
			"it opens", func(_ *Model, s *Segment) float64 {
			return float64(100 * portable.Exp(s.LogPrice-s.firstPrice))
		}),
		segmentMetric("price_relative", "Price relative to the reference", "1", "quality-adjusted price relative to the "+
			"reference run", func(_ *Model, s *Segment) float64 { return portable.Exp(s.LogPrice - s.LogReferencePrice) }),
		segmentMetric("lerner", "Lerner index", "0–1", "(price − cost)/price, weighted by sales", func(_ *Model,
			s *Segment) float64 {
			return s.lerner()
		}),
		segmentMetric("floor_binds", "Sales at a limit price", "0–1", "share of sales whose price is a limit price",
			func(_ *Model, s *Segment) float64 { return s.FloorBinds }),
		segmentMetric("consumer_surplus", "Consumer surplus", "USD/yr", "buyers' gain over the reference price",
			func(_ *Model, s *Segment) float64 { return s.surplus() }),
		segmentMetric("test_time", "Test-time compute", "OOM", "orders of magnitude of inference spent on reasoning in "+
			"what is sold, weighted by sales", func(_ *Model, s *Segment) float64 { return s.TestTime }),
	)
}

func segmentMetric(name, title, unit, meaning string, of func(*Model, *Segment) float64) SegmentMetric {
	return SegmentMetric{name, title, unit, meaning, func(m *Model, k int) float64 {
		if s := &m.segments[k]; s.Open {
			return of(m, s)
		}
		return math.NaN()
	}}
}
