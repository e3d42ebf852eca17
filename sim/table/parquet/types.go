package parquet

import (
	"encoding/binary"
	"fmt"
	"math"
	"math/big"
	"strconv"
	"strings"
	"time"

	pq "github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/format"
)

// reader turns the values of a column into numbers, or into text where number is nil; why says what
// cannot be read.
type reader struct {
	number func(pq.Value) float64
	whole  bool // numbers are whole, and digits writes all their digits
	digits func(pq.Value) string
	text   func(pq.Value) (string, error)
	why    string
}

func words(of func(pq.Value) string) reader {
	return reader{text: func(v pq.Value) (string, error) { return of(v), nil }}
}

// readerOf reads a column by its logical type, and by its physical one where it has none.
func readerOf(node *pq.Column) reader {
	t := node.Type()
	if l := t.LogicalType(); l != nil && l.Value != nil {
		switch of := l.Value.(type) {
		case *format.DecimalType:
			return decimal(t, int(of.Scale))
		case *format.DateType:
			return words(func(v pq.Value) string {
				return time.Unix(0, 0).UTC().AddDate(0, 0, int(v.Int32())).Format(time.DateOnly)
			})
		case *format.TimeType:
			unit := unitOf(of.Unit)
			return words(func(v pq.Value) string {
				return short(time.Unix(0, 0).UTC().Add(time.Duration(integer(v))*unit), "15:04:05")
			})
		case *format.TimestampType:
			unit := unitOf(of.Unit)
			return words(func(v pq.Value) string {
				per := int64(time.Second / unit)
				n := integer(v)
				s := n / per
				if n%per < 0 {
					s--
				}
				return instant(time.Unix(s, (n-s*per)*int64(unit)).UTC())
			})
		case *format.IntType:
			if !of.IsSigned {
				return reader{number: func(v pq.Value) float64 { return float64(unsigned(v)) }, whole: true,
					digits: func(v pq.Value) string { return strconv.FormatUint(unsigned(v), 10) }}
			}
		case *format.UUIDType:
			return words(func(v pq.Value) string {
				b := v.ByteArray()
				if len(b) != 16 {
					return fmt.Sprintf("%x", b)
				}
				return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
			})
		case *format.Float16Type:
			return reader{number: func(v pq.Value) float64 { return half(binary.LittleEndian.Uint16(v.ByteArray())) }}
		case *format.StringType, *format.EnumType, *format.JsonType:
			return reader{text: func(v pq.Value) (string, error) { return utf8Text(v.ByteArray()) }}
		case *format.NullType:
		default:
			return reader{why: fmt.Sprintf("values of type %s", l)}
		}
	}
	switch t.Kind() {
	case pq.Boolean:
		return reader{number: func(v pq.Value) float64 {
			if v.Boolean() {
				return 1
			}
			return 0
		}}
	case pq.Int32, pq.Int64:
		return reader{number: func(v pq.Value) float64 { return float64(integer(v)) }, whole: true,
			digits: func(v pq.Value) string { return strconv.FormatInt(integer(v), 10) }}
	case pq.Int96: // nanoseconds of a day and the day in the Julian calendar, as old Spark and Impala write times
		return words(func(v pq.Value) string {
			x := v.Int96()
			const epoch = 2440588 // 1970-01-01
			return instant(time.Unix((int64(x[2])-epoch)*86400, int64(x[1])<<32|int64(x[0])).UTC())
		})
	case pq.Float:
		return reader{number: func(v pq.Value) float64 { return float64(v.Float()) }}
	case pq.Double:
		return reader{number: pq.Value.Double}
	case pq.ByteArray: // text, where a writer forgot to say so
		return reader{text: func(v pq.Value) (string, error) { return utf8Text(v.ByteArray()) }}
	}
	return reader{why: fmt.Sprintf("values of type %s", t)}
}

func integer(v pq.Value) int64 {
	if v.Kind() == pq.Int32 {
		return int64(v.Int32())
	}
	return v.Int64()
}

func unsigned(v pq.Value) uint64 {
	if v.Kind() == pq.Int32 {
		return uint64(uint32(v.Int32()))
	}
	return uint64(v.Int64())
}

// decimal reads numbers kept as whole ones of a smaller unit: in 32 or 64 bits, or as big-endian
// bytes of any length.
func decimal(t pq.Type, scale int) reader {
	power := "e-" + strconv.Itoa(scale)
	return reader{number: func(v pq.Value) float64 {
		var digits string
		switch t.Kind() {
		case pq.Int32, pq.Int64:
			digits = strconv.FormatInt(integer(v), 10)
		default:
			b := v.ByteArray()
			n := new(big.Int).SetBytes(b)
			if len(b) > 0 && b[0] >= 0x80 {
				n.Sub(n, new(big.Int).Lsh(big.NewInt(1), uint(8*len(b))))
			}
			digits = n.String()
		}
		x, err := strconv.ParseFloat(digits+power, 64)
		if err != nil {
			return math.NaN()
		}
		return x
	}}
}

func unitOf(u format.TimeUnit) time.Duration {
	switch s := strings.ToLower(u.String()); {
	case strings.HasPrefix(s, "milli"):
		return time.Millisecond
	case strings.HasPrefix(s, "nano"):
		return time.Nanosecond
	}
	return time.Microsecond
}

// instant writes a date, with its time where it is not midnight.
func instant(t time.Time) string {
	if t.Truncate(24 * time.Hour).Equal(t) {
		return t.Format(time.DateOnly)
	}
	return short(t, time.DateTime)
}

// short writes a time with as many decimals of a second as it has.
func short(t time.Time, layout string) string { return t.Format(layout + ".999999999") }

// half is a number of 16 bits.
func half(b uint16) float64 {
	sign, exponent, fraction := 1.0, int(b>>10&0x1f), float64(b&0x3ff)
	if b&0x8000 != 0 {
		sign = -1
	}
	switch {
	case exponent == 0:
		return sign * math.Ldexp(fraction, -24)
	case exponent == 31 && fraction == 0:
		return math.Inf(int(sign))
	case exponent == 31:
		return math.NaN()
	}
	return sign * math.Ldexp(1+fraction/1024, exponent-15)
}
