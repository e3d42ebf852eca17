// Package study asks questions of many runs: which inputs matter (sensitivity), where in their
// space a condition holds (discovery), at which value a metric crosses a bound (threshold), and
// which policy does well in most futures (robustness).
//
// A Study is a sweep's folder or a table of one's own, as an estimator of the package analysis sees
// it.
//
//	s, err := study.OpenStudy("results/baseline-sweep", study.StudyOptions{})
//	found, err := s.Sensitivity("hhi_sales", "")
//	fmt.Println(found.Sentences())
//
// Only the search for a threshold runs a model.
package study
