package media_test

import (
	"crypto/sha256"
	"encoding/hex"
)

// hash and path are what an operator does by hand with sha256sum and ls.
func hash(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

func path(hash string) string { return "media/" + hash[:2] + "/" + hash }
