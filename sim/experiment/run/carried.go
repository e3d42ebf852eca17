package run

import (
	"bytes"
	"crypto/sha256"
	"embed"

	"simulate/sim"
)

// The program carries the reference paths of the built-in scenarios that others extend, at their
// own values, so that the first run of one costs a few runs instead of 256. They are those that the
// runs would give, to the last bit, which a test holds; and the program looks: it makes the first
// of the 256 runs and uses what it carries only where that run is the one that was averaged. A file
// holds
//
//	key of the configuration · SHA-256 of the first run · mean · mean of the first few · SHA-256
//
//go:embed carried/*.ref
var carriedFiles embed.FS

// carried are the files by the key of their configuration.
var carried = func() map[Key][]byte {
	all := map[Key][]byte{}
	entries, err := carriedFiles.ReadDir("carried")
	if err != nil {
		return nil
	}
	for _, e := range entries {
		if text, err := carriedFiles.ReadFile("carried/" + e.Name()); err == nil && len(text) > 3*sha256.Size {
			all[Key(text[:sha256.Size])] = text[sha256.Size:]
		}
	}
	return all
}()

// carriedFor fills the means of a reference from what the program carries; false where it carries
// nothing that can be used.
func carriedFor(r *reference, cfg *sim.Config) bool {
	text, there := carried[r.key]
	if !there {
		return false
	}
	first, text := text[:sha256.Size], text[sha256.Size:]
	body, sum := text[:len(text)-sha256.Size], text[len(text)-sha256.Size:]
	if own := sha256.Sum256(body); !bytes.Equal(own[:], sum) {
		return false
	}
	mean, rest, err := sim.ParseReference(body)
	if err != nil || !mean.Fits(cfg) {
		return false
	}
	few, rest, err := sim.ParseReference(rest)
	if err != nil || len(rest) > 0 || !few.Fits(cfg) {
		return false
	}
	if now, err := firstRun(cfg); err != nil || !bytes.Equal(now[:], first) {
		return false
	}
	r.averaged = averaged{mean: mean, few: few}
	return true
}

// firstRun is the hash of the first reference run of a configuration.
func firstRun(cfg *sim.Config) (Key, error) {
	m, err := sim.New(sim.ReferenceConfig(cfg))
	if err != nil {
		return Key{}, err
	}
	run, err := m.ReferenceRun(0)
	if err != nil {
		return Key{}, err
	}
	b, err := run.AppendBinary(nil)
	return sha256.Sum256(b), err
}

// pack writes a file of carried.
func pack(cfg *sim.Config, a averaged) ([]byte, error) {
	key := ReferenceKey(cfg)
	first, err := firstRun(cfg)
	if err != nil {
		return nil, err
	}
	body, err := a.mean.AppendBinary(nil)
	if err == nil {
		body, err = a.few.AppendBinary(body)
	}
	sum := sha256.Sum256(body)
	return append(append(append(key[:], first[:]...), body...), sum[:]...), err
}
