package raster

import (
	"encoding/binary"
	"fmt"
	"math"
	"unsafe"

	"github.com/shanyraq/shanyraq/fault"
)

// maxWhole is the largest whole number below which float32 holds every other.
const maxWhole = 1 << 24

var nan = float32(math.NaN())

// nativeLittle says that this machine keeps the lowest byte first, so that
// bytes of a file in that order are floats already.
var nativeLittle = binary.NativeEndian.Uint16([]byte{1, 0}) == 1

// bytesOf shows the memory of v as bytes, so that a file is read straight into
// the slice of the caller.
func bytesOf(v []float32) []byte {
	if len(v) == 0 {
		return nil
	}
	return unsafe.Slice((*byte)(unsafe.Pointer(&v[0])), 4*len(v))
}

// toNative turns floats whose bytes were read in the order of the file.
func toNative(v []float32, little bool) {
	if little == nativeLittle {
		return
	}
	b := bytesOf(v)
	for i := 0; i < len(b); i += 4 {
		b[i], b[i+1], b[i+2], b[i+3] = b[i+3], b[i+2], b[i+1], b[i]
	}
}

// blank puts NaN where a float32 file says nodata. The value was written as
// text with more or fewer digits than a float32 has, so it is compared as one.
func blank(v []float32, nodata float64, has bool) {
	if !has || math.IsNaN(nodata) {
		return
	}
	lost := float32(nodata)
	if math.IsInf(float64(lost), 0) { // rounded up beyond the largest, as -3.40282347e+38 is
		lost = float32(math.Copysign(math.MaxFloat32, nodata))
	}
	for i, x := range v {
		if x == lost {
			v[i] = nan
		}
	}
}

// narrow gives the float32 of a value of another type, NaN for nodata.
func narrow(v float64, nodata float64, has, whole bool) (float32, error) {
	switch {
	case has && v == nodata:
		return nan, nil
	case whole && (v > maxWhole || v < -maxWhole):
		return 0, fault.New(fault.Invalid, "raster.narrow", "", "a cell holds %.0f; whole numbers beyond 16777216 cannot be kept exactly: number the classes anew, or set this value as nodata", v)
	case math.Abs(v) > math.MaxFloat32 && !math.IsInf(v, 0):
		return 0, fault.New(fault.Invalid, "raster.narrow", "", "a cell holds %g, beyond the range of float32: set this value as nodata", v)
	}
	return float32(v), nil
}

// width returns the bytes of one value.
func (t Type) width() int {
	switch t {
	case Uint8, Int8:
		return 1
	case Uint16, Int16:
		return 2
	case Float64:
		return 8
	default:
		return 4
	}
}

// whole says that the type holds no fractions.
func (t Type) whole() bool { return t != Float32 && t != Float64 }

// samples turns one row of bytes into cells: from is the first byte, step the
// distance of two values in bytes.
type samples struct {
	kind   Type
	order  binary.ByteOrder
	nodata float64
	has    bool
}

func (s samples) row(dst []float32, raw []byte, from, step int) error {
	var value func(b []byte) float64
	switch s.kind {
	case Float32:
		if step == 4 {
			copy(bytesOf(dst), raw[from:from+4*len(dst)])
			toNative(dst, s.order == binary.ByteOrder(binary.LittleEndian))
			blank(dst, s.nodata, s.has)
			return nil
		}
		for i := range dst {
			dst[i] = math.Float32frombits(s.order.Uint32(raw[from+i*step:]))
		}
		blank(dst, s.nodata, s.has)
		return nil
	case Uint8:
		for i := range dst {
			dst[i] = float32(raw[from+i*step])
		}
		blank(dst, s.nodata, s.has)
		return nil
	case Int8:
		value = func(b []byte) float64 { return float64(int8(b[0])) }
	case Uint16:
		value = func(b []byte) float64 { return float64(s.order.Uint16(b)) }
	case Int16:
		value = func(b []byte) float64 { return float64(int16(s.order.Uint16(b))) }
	case Uint32:
		value = func(b []byte) float64 { return float64(s.order.Uint32(b)) }
	case Int32:
		value = func(b []byte) float64 { return float64(int32(s.order.Uint32(b))) }
	case Float64:
		value = func(b []byte) float64 { return math.Float64frombits(s.order.Uint64(b)) }
	default:
		return fmt.Errorf("no such type: %s", s.kind)
	}
	whole := s.kind.whole()
	for i := range dst {
		v, err := narrow(value(raw[from+i*step:]), s.nodata, s.has, whole)
		if err != nil {
			return err
		}
		dst[i] = v
	}
	return nil
}
