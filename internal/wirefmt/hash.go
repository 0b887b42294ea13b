package wirefmt

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"
	"io"
)

// hashOf is the SHA-256, in hex, of texts each led by its length, so that no two lists look alike. What an item is
// hashed over are the values read from the file, not the body made of them: a later release that reads HTML better
// must not take every article of an import for a changed one.
func hashOf(parts ...string) string {
	h := sha256.New()
	for _, p := range parts {
		addPart(h, p)
	}
	return hex.EncodeToString(h.Sum(nil))
}

func addPart(h hash.Hash, s string) {
	var length [8]byte
	binary.BigEndian.PutUint64(length[:], uint64(len(s)))
	h.Write(length[:])
	_, _ = io.WriteString(h, s) // a hash never fails
}
