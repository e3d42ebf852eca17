package quantity_test

import (
	"fmt"

	"simulate/internal/quantity"
)

// A decimal year is an instant: what is observed then bears the last day before it, what begins
// then the day itself.
func ExampleLastDay() {
	fmt.Println(quantity.LastDay(2025.0), quantity.DayOf(2025.0))
	// Output: 2024-12-31 2025-01-01
}

// A month is a twelfth of a year.
func ExampleMonthOf() {
	fmt.Println(quantity.MonthOf(2026.5))
	// Output: July 2026
}

func ExampleMoney() {
	fmt.Println(quantity.Money(6.2e6), quantity.Money(80e9))
	// Output: $6.2M $80B
}

// Neighbours of a list of numbers join.
func ExampleRanges() {
	fmt.Println(quantity.Ranges([]int{1, 2, 3, 7, 9, 10}))
	// Output: 1-3,7,9-10
}
