package sim

import (
	"math"
	"testing"
)

// hosting is a case in two region groups: three platforms with clouds of 60, 30 and 20 H100e for
// rent, the last in China, outside owners of 10, and open models hosted in an American and a
// Chinese segment.
func hosting() *Config {
	roster := labs(4, 1e9)
	for i := range 3 {
		l := &roster[i]
		l.Archetype, l.Renter, l.Cloud = Platform, false, true
		l.Compute, l.ShareForOtherProducts = []float64{100, 60, 40}[i], []float64{.6, .5, .5}[i]
	}
	roster[2].Region, roster[3].Openness = 1, Open
	cfg := still(testConfig(roster...))
	cfg.Regions = append(cfg.Regions, Region{ID: "china"})
	cfg.Segments = append(cfg.Segments, testSegment("abroad", 5e8))
	cfg.Segments[1].Region = 1
	cfg.Labs[0].Sales, cfg.Labs[1].Sales = []Position{sold(0, .5)}, []Position{sold(0, .2)}
	cfg.Labs[2].Sales = []Position{sold(1, .6)}
	cfg.Outside.Stock = 10
	return cfg
}

// Result 29. Sales of hosts are attributed within a region group in proportion to the compute for
// rent, outside owners' outside China: .3·$1B to clouds of 60 and 30 and outsiders of 10, .4·$0.5B
// to the one Chinese cloud. What clouds and atoms get is all that hosts sell; with nothing for rent
// (o = 0 everywhere) hhi_sales_clouds is hhi_sales, and a lab of the region that rents nothing out
// gets nothing. [1e-12]
func TestHostsAttributed(t *testing.T) {
	m := started(t, hosting(), 1)
	attributed := m.hostAtoms
	for i, want := range []float64{.6 * 3e8, .3 * 3e8, 2e8, 0} {
		near(t, "hosted by "+m.LabID(i), m.labs[i].HostedSales/1e9, want/1e9, 1e-12)
		attributed += m.labs[i].HostedSales
	}
	near(t, "atoms", m.hostAtoms/1e9, .03, 1e-12)
	near(t, "all", attributed/m.hostSpend, 1, 1e-12)
	a, b, c := .5+.18, .2+.09, .3+.2
	near(t, "attributed", metric(t, m, "hhi_sales_clouds"), 1e4*(a*a+b*b+c*c)/(1.5*1.5), 1e-8)
	near(t, "CR4", metric(t, m, "cr4_sales_clouds"), (a+b+c)/1.5, 1e-12)
	near(t, "atoms", metric(t, m, "hhi_sales"), 1e4*(.25+.04+.09)/(1.5*1.5), 1e-8)
	near(t, "labs alone", metric(t, m, "hhi_sales_labs"), 1e4*(.25+.04+.09), 1e-8)
	near(t, "CR4 among labs", metric(t, m, "cr4_sales_labs"), 1, 1e-12)
	near(t, "hosted", metric(t, m, "hosted_open_share"), .5/1.5, 1e-12)
	for !m.Done() {
		advance(t, m, 1)
		sum := m.hostAtoms
		for i := range m.labs {
			sum += m.labs[i].HostedSales
		}
		near(t, "all", sum/m.hostSpend, 1, 1e-12)
	}

	cfg := hosting()
	for i := range cfg.Labs {
		cfg.Labs[i].ShareForOtherProducts = 0
	}
	cfg.Outside.Stock = 0
	m = started(t, cfg, 1)
	near(t, "nothing for rent", metric(t, m, "hhi_sales_clouds"), metric(t, m, "hhi_sales"), 1e-12*1e4)
	near(t, "atoms", m.hostAtoms, m.hostSpend, 0)
}

// Chips ever delivered count what has worn out, move with an owner that is bought, and stay in the
// whole when a lab closes.
func TestDeliveriesByHand(t *testing.T) {
	cfg := hosting()
	cfg.Outside.Orders = flat(1e6)
	m := started(t, cfg, 1)
	// what is delivered to outside buyers in a step is what brings their stock from K·e^{−δdt} to K
	decay := math.Exp(-m.p.Chips.Depreciation * m.dt)
	for range 6 {
		stock, delivered := m.commons.OutsideStock, m.commons.OutsideDeliveries
		advance(t, m, 1)
		yearly := (m.commons.OutsideStock - stock*decay) * m.p.Chips.Depreciation / (1 - decay)
		agrees(t, "delivered outside", m.commons.OutsideDeliveries-delivered, yearly*m.dt)
	}
	advance(t, m, 18)
	total := func() float64 {
		sum := m.commons.OutsideDeliveries
		for i := range m.labs {
			sum += m.labs[i].CumulativeDeliveries
		}
		return sum
	}
	all, stock := total(), metric(t, m, "compute_stock")
	if !(all > stock) {
		t.Errorf("%g delivered, %g at work", all, stock)
	}
	hhi := 0.0
	for i := range m.labs {
		share := m.labs[i].CumulativeDeliveries / all
		hhi += 1e4 * share * share
	}
	agrees(t, "HHI", metric(t, m, "hhi_compute_delivered"), hhi)
	m.closeLab(1)
	agrees(t, "after a platform's lab has closed", total(), all)
	m.labs[0].Spec.Archetype = Independent
	m.closeLab(0)
	agrees(t, "after an owner has closed", total(), all)
}

// The sales of the step in which a lab leaves stay in the measures of that date and in its row; a
// step later it is gone.
func TestSalesOfTheStepInWhichALabLeaves(t *testing.T) {
	cfg := sells(still(testConfig(labs(4, 1e9)...)), 1)
	m := started(t, cfg, 1)
	advance(t, m, 3)
	before := metric(t, m, "hhi_sales")
	m.exit(0)
	m.observeAt(m.step)
	near(t, "HHI", metric(t, m, "hhi_sales"), before, 1e-9)
	if !m.Present(0) {
		t.Error("no row for the lab that has left")
	}
	near(t, "sales", m.labs[0].Revenue, 2.5e8, 1)
	advance(t, m, 1)
	near(t, "HHI a step later", metric(t, m, "hhi_sales"), 1e4/3., 1e-9)
	if m.Present(0) || m.labs[0].ServingCompute != 0 || math.IsNaN(m.labs[0].Revenue) {
		t.Error("the lab is still there")
	}
}
