package run

import "simulate/sim/table/formats"

func init() { formats.Register() }
