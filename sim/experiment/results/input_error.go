package results

import (
	"errors"
	"fmt"

	"simulate/sim/scenario"
	"simulate/sim/table"
)

// An InputError is a mistake in what was asked for, found before the first step.
type InputError struct{ Err error }

func (e *InputError) Error() string { return e.Err.Error() }
func (e *InputError) Unwrap() error { return e.Err }

// InputErrorf makes an *InputError.
func InputErrorf(format string, a ...any) error { return &InputError{fmt.Errorf(format, a...)} }

// AsInput makes an *InputError of any error but one that says its places itself.
func AsInput(err error) error {
	var problems scenario.Problems
	var input *InputError
	var cells table.Problems
	if err == nil || errors.As(err, &problems) || errors.As(err, &cells) || errors.As(err, &input) {
		return err
	}
	return &InputError{err}
}
