package design

// makeSaltelli is the design of Saltelli et al. (2010) for Sobol indices. Base point k takes 2d
// coordinates of the Sobol' sequence: A_k the first d, B_k the rest. Its rows are A; AB_1 … AB_d,
// which are A but for one coordinate from B; with second order BA_1 … BA_d, which are B but for one
// coordinate from A; and B. More base points only add rows at the end.
func makeSaltelli(s Spec) (*Points, error) {
	d := s.Dimensions
	if err := checkSobol("saltelli", s, 2*d); err != nil {
		return nil, err
	}
	if err := independent("saltelli", s); err != nil {
		return nil, err
	}
	block := d + 2
	if s.SecondOrder {
		block = 2*d + 2
	}
	at := sobolSequence(s, 2*d)
	return points(float64(s.Samples)*float64(block), d, func(i int, u []float64) {
		base, role := i/block, i%block
		fromB := func(j int) bool {
			switch {
			case role == block-1:
				return true
			case role > d:
				return j != role-d-1
			}
			return j == role-1
		}
		for j := range u {
			if fromB(j) {
				u[j] = at(base, d+j)
			} else {
				u[j] = at(base, j)
			}
		}
	})
}
