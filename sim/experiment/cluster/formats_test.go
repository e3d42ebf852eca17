package cluster

import "simulate/sim/table/formats"

func init() { formats.Register() }
