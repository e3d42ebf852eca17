package plots

import "simulate/internal/quantity"

// words turns an identifier into words.
func words(id string) string { return quantity.Words(id) }
