package sim

import "fmt"

// Key is one key of a lever in a scenario file, and the field of its settings that it fills.
type Key struct {
	Name    string
	Meaning string

	Unit      string // of a number, one of the units of package scenario
	Low, High float64
	Or        *Or // another unit that the number may have

	Words []string // for a switch: the words for off and on
	Of    Things   // for indices: what they number

	// Field returns the address of the field in settings: *float64, *bool, *int, *[]int, *ChipSet or
	// *Eligibility.
	Field func(settings any) any
	// Fits refuses a chip that the lever can do nothing with; what is "" for one that fits. A remedy
	// may list what fits.
	Fits func(cfg *Config, settings any, chip int) (what, remedy string, fit []string)
}

// Or is a second unit of a number.
type Or struct {
	Unit  string
	High  float64
	Field func(settings any) *bool // whether the second is meant
}

// Things are what indices of a key number.
type Things string

// The tables of a Config whose rows levers name.
const (
	InRegions  Things = "region"
	InSegments Things = "segment"
	InChips    Things = "chip"
)

// ChipSet are chips of the catalogue.
type ChipSet struct {
	All   bool
	Chips []int // indices into Config.Chips, where not All
}

// numberKey is a key for a number in [low, high] of a unit.
func numberKey[L any](name, unit string, low, high float64, field func(*L) *float64, meaning string) Key {
	return Key{Name: name, Meaning: meaning, Unit: unit, Low: low, High: high, Field: addressed(field)}
}

// switchKey is a key for true or false, or for one of two words.
func switchKey[L any](name string, field func(*L) *bool, meaning string, words ...string) Key {
	return Key{Name: name, Meaning: meaning, Words: words, Field: addressed(field)}
}

// nameKey is a key for the name of one thing.
func nameKey[L any](name string, of Things, field func(*L) *int, meaning string) Key {
	return Key{Name: name, Meaning: meaning, Of: of, Field: addressed(field)}
}

// namesKey is a key for the names of some things.
func namesKey[L any](name string, of Things, field func(*L) *[]int, meaning string) Key {
	return Key{Name: name, Meaning: meaning, Of: of, Field: addressed(field)}
}

// labsKey is a key for a selection of labs.
func labsKey[L any](name string, field func(*L) *Eligibility, meaning string) Key {
	return Key{Name: name, Meaning: meaning, Field: addressed(field)}
}

// addressed makes the address of a field that of settings of any kind.
func addressed[L, F any](field func(*L) *F) func(any) any {
	return func(settings any) any { return field(settings.(*L)) }
}

// inRange refuses an index that numbers nothing; −1 stands for no chip.
func (k Key) inRange(cfg *Config, settings any) error {
	size := len(cfg.Regions)
	if k.Of == InChips {
		size = len(cfg.Chips)
	}
	if i, single := k.Field(settings).(*int); single && (*i < 0 || *i >= size) && !(k.Of == InChips && *i == -1) {
		return fmt.Errorf("is about no %s", k.Of)
	}
	return nil
}
