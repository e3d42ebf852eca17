package parquet

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"

	pq "github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/encoding/thrift"
	"github.com/parquet-go/parquet-go/format"
	"github.com/pierrec/lz4/v4"
)

const mark = "PAR1"

// unpackLZ4 gives the file with its LZ4_RAW pages unpacked, all else as it is. The library loses
// such pages: it unpacks into a buffer of its own where three times the packed size exceeds the one
// that it is given, and then reads the given one. It also tries without end where a page is
// damaged.
func unpackLZ4(data []byte) ([]byte, error) {
	n := len(data)
	if n < 12 || string(data[n-4:]) != mark || int64(binary.LittleEndian.Uint32(data[n-8:])) > int64(n-12) {
		return nil, io.ErrUnexpectedEOF // the library takes the length of the footer on trust
	}
	in, err := pq.OpenFile(bytes.NewReader(data), int64(len(data)), pq.SkipPageIndex(true), pq.SkipBloomFilters(true))
	if err != nil {
		return nil, err
	}
	meta := in.Metadata()
	out := bytes.NewBufferString(mark)
	found := false
	for _, group := range meta.RowGroups {
		for i := range group.Columns {
			c := &group.Columns[i].MetaData
			first := c.DataPageOffset
			if c.DictionaryPageOffset > 0 {
				first = min(first, c.DictionaryPageOffset)
			}
			if first < 4 || c.TotalCompressedSize < 0 || first+c.TotalCompressedSize > int64(len(data)) {
				return nil, fmt.Errorf("column %v lies outside the file", c.PathInSchema)
			}
			chunk := data[first : first+c.TotalCompressedSize]
			begin := int64(out.Len())
			if c.Codec == format.Lz4Raw {
				found = true
				if err := unpackPages(out, chunk); err != nil {
					return nil, err
				}
				c.Codec = format.Uncompressed
			} else {
				out.Write(chunk)
			}
			shift := begin - first
			if c.Codec == format.Uncompressed && c.DictionaryPageOffset > 0 {
				// The dictionary stands first and changes its length; the library finds the pages after it by
				// reading on.
				c.DictionaryPageOffset, c.DataPageOffset = begin, begin+dictionaryLength(out.Bytes()[begin:])
			} else {
				c.DataPageOffset += shift
				if c.DictionaryPageOffset > 0 {
					c.DictionaryPageOffset += shift
				}
			}
			c.TotalCompressedSize = int64(out.Len()) - begin
			c.BloomFilterOffset, c.BloomFilterLength = 0, 0
			g := &group.Columns[i]
			g.OffsetIndexOffset, g.OffsetIndexLength, g.ColumnIndexOffset, g.ColumnIndexLength = 0, 0, 0, 0
		}
	}
	if !found {
		return data, nil
	}
	footer, err := thrift.Marshal(new(thrift.CompactProtocol), meta)
	if err != nil {
		return nil, err
	}
	out.Write(footer)
	out.Write(binary.LittleEndian.AppendUint32(nil, uint32(len(footer))))
	out.WriteString(mark)
	return out.Bytes(), nil
}

// header reads the head of a page and says how long it is.
func header(data []byte) (h format.PageHeader, length int, err error) {
	from := bytes.NewReader(data)
	err = thrift.NewDecoder(new(thrift.CompactProtocol).NewReader(from)).Decode(&h)
	return h, len(data) - from.Len(), err
}

// checkPages follows the heads of a column's pages, so that sizes and counts that a damaged file
// claims are not taken on trust.
func checkPages(data []byte, c *format.ColumnMetaData, rows int64) error {
	first := c.DataPageOffset
	if c.DictionaryPageOffset > 0 {
		first = min(first, c.DictionaryPageOffset)
	}
	end := first + c.TotalCompressedSize
	if first < int64(len(mark)) || c.TotalCompressedSize < 0 || end > int64(len(data)) || rows < 0 {
		return io.ErrUnexpectedEOF
	}
	values, unpacked := int64(0), int64(0)
	for chunk := data[first:end]; len(chunk) > 0 && values < rows; {
		h, length, err := header(chunk)
		if err != nil {
			return err
		}
		size := int64(length) + int64(h.CompressedPageSize)
		if h.CompressedPageSize < 0 || h.UncompressedPageSize < 0 || size > int64(len(chunk)) {
			return io.ErrUnexpectedEOF
		}
		if unpacked += int64(h.UncompressedPageSize); unpacked > mostBytes || h.UncompressedPageSize > mostPage {
			return fmt.Errorf("more than %d MB in one column", mostBytes>>20)
		}
		n := int64(0)
		switch {
		case h.DataPageHeader.Valid:
			n = int64(h.DataPageHeader.V.NumValues)
		case h.DataPageHeaderV2.Valid:
			n = int64(h.DataPageHeaderV2.V.NumValues)
		case h.DictionaryPageHeader.Valid && (h.DictionaryPageHeader.V.NumValues < 0 ||
			int64(h.DictionaryPageHeader.V.NumValues) > int64(h.UncompressedPageSize)*8):
			return fmt.Errorf("a dictionary of %d values", h.DictionaryPageHeader.V.NumValues)
		}
		if values += n; n < 0 || values > rows {
			return fmt.Errorf("more values than rows")
		}
		chunk = chunk[size:]
	}
	if values != rows {
		return fmt.Errorf("%d values in %d rows", values, rows)
	}
	return nil
}

func dictionaryLength(data []byte) int64 {
	h, length, err := header(data)
	if err != nil || h.Type != format.DictionaryPage {
		return 0
	}
	return int64(length) + int64(h.CompressedPageSize)
}

func unpackPages(out *bytes.Buffer, chunk []byte) error {
	for len(chunk) > 0 {
		h, length, err := header(chunk)
		if err != nil {
			return err
		}
		size := int(h.CompressedPageSize)
		if size < 0 || length+size > len(chunk) || h.UncompressedPageSize < 0 ||
			out.Len()+int(h.UncompressedPageSize) > mostBytes {
			return io.ErrUnexpectedEOF
		}
		body := chunk[length : length+size]
		if h.CRC != 0 && crc32.ChecksumIEEE(body) != uint32(h.CRC) {
			return fmt.Errorf("the checksum of a page is not that of its bytes")
		}
		chunk = chunk[length+size:]
		plain, levels := body, 0
		packed := true
		if h.Type == format.DataPageV2 && h.DataPageHeaderV2.Valid { // its levels are not packed
			v2 := &h.DataPageHeaderV2.V
			levels = int(v2.RepetitionLevelsByteLength) + int(v2.DefinitionLevelsByteLength)
			packed = !v2.IsCompressed.Valid || v2.IsCompressed.V
			v2.IsCompressed = thrift.New(false)
		}
		if levels < 0 || levels > len(body) || levels > int(h.UncompressedPageSize) {
			return io.ErrUnexpectedEOF
		}
		if packed && len(body) > levels {
			plain = make([]byte, h.UncompressedPageSize)
			copy(plain, body[:levels])
			n, err := lz4.UncompressBlock(body[levels:], plain[levels:])
			if err != nil || levels+n != len(plain) {
				return fmt.Errorf("a page of LZ4 does not unpack")
			}
		}
		h.UncompressedPageSize, h.CompressedPageSize, h.CRC = int32(len(plain)), int32(len(plain)), 0
		head, err := thrift.Marshal(new(thrift.CompactProtocol), &h)
		if err != nil {
			return err
		}
		out.Write(head)
		out.Write(plain)
	}
	return nil
}
