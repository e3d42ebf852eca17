package sim

// Whose are the sales of hosted open models? Statistics of firms count them with the clouds that
// host, and a market of atoms is the other end, so concentration of sales has three readings: hosts
// as atoms, hosts attributed to clouds, and labs among themselves.
//
//	h_i = Σ_r H_r·o_i·K_i/(Σ_{j in r} o_j·K_j + K_out·1[r ≠ China])
//
// H_r is what hosts sell in the segments of region group r, and the sum goes over platforms of the
// group whose compute is for rent. Chinese buyers and clouds are a group of their own, and outside
// owners are elsewhere. Where nothing is for rent H_r stays atomistic.

// apartRegion is the region whose clouds and segments form a group of their own.
const apartRegion = "china"

// hostGroup is the group of a region: 1 for China, 0 for the rest of the world.
func (m *Model) hostGroup(region int) int {
	if m.cfg.Regions[region].ID == apartRegion {
		return 1
	}
	return 0
}

// forRent is the compute that a platform rents out, o_i·K_i; 0 for labs without a cloud.
func (l *Lab) forRent() float64 {
	if !l.Active || !l.Spec.Cloud {
		return 0
	}
	return float64(l.Spec.ShareForOtherProducts * l.Compute)
}

// attributeHosts shares what hosts sell among the clouds, and leaves what nobody's cloud sells to
// atoms.
func (m *Model) attributeHosts() {
	var sold, rented [2]float64
	for k := range m.segments {
		if s := &m.segments[k]; s.Open {
			sold[m.hostGroup(s.Spec.Region)] += float64(s.HostedOpenShare * s.Spending)
		}
	}
	rented[0] = m.commons.OutsideStock
	for i := range m.labs {
		rented[m.hostGroup(m.labs[i].Spec.Region)] += m.labs[i].forRent()
	}
	m.hostAtoms = m.hostSpend
	for i := range m.labs {
		l := &m.labs[i]
		l.HostedSales = 0
		if g := m.hostGroup(l.Spec.Region); rented[g] > 0 {
			l.HostedSales = sold[g] * l.forRent() / rented[g]
			m.hostAtoms -= l.HostedSales
		}
	}
	m.hostAtoms = max(0, m.hostAtoms)
}
