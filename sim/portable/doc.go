// Package portable has the elementary functions of the model, with the same bits on every machine.
//
// The functions of package math do not give that: on amd64 Exp is assembly that branches on the
// processor, and where a machine can multiply and add with one rounding (arm64, for one) the
// compiler fuses products and sums, also across statements. Here no function is assembly, and every
// product that might meet a sum is converted, float64(a*b), which by the language's definition
// rounds it. The same conversion stands in the model for the same reason.
//
// Errors are below one unit in the last place for [Exp], [Log], [Expm1] and [Log1p], and below a
// few for [Log10] and [Pow], whose relative error grows with |y·ln x|.
//
// What drawn values and their summaries need stands beside them: [NormalQuantile], [NormalCDF],
// [BetaQuantile], [StudentQuantile], [Cholesky], [MeanStdDev]. A test reads the assembly that a
// machine with fused products would run, of this package and of all that make up a run.
//
//	portable.Exp(1)       // 2.718281828459045
//	portable.Pow(10, 0.5) // 3.1622776601683795
//
// It never allocates, and imports nothing but the bit patterns and square root of package math,
// which are exact.
package portable
