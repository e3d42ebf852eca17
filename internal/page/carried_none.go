//go:build !page

package page

func carried() *Module { return nil }
