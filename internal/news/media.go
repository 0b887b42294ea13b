package news

import (
	"strings"
	"time"
)

// Limits of a picture that is handed in (PRODUCT.md, Limits of input).
const (
	MaxPicture = 25 << 20   // bytes of the file
	MaxPixels  = 50_000_000 // width times height
)

// Media is a picture that the paper keeps, as it is served: without the place
// and the device it was taken with. It is named by its own content, so it
// never changes.
type Media struct {
	Hash          string // SHA-256 of the file that is served, in hex
	Name          string // its last word in the address: small letters, digits, dashes, the ending of its kind
	Kind          string // media type by its bytes: image/jpeg, image/png, image/gif, image/webp
	Width, Height int    // in pixels, as it is shown: turned as its orientation says
	Bytes         int    // size of the file that is served
	At            time.Time
}

// Original is a file as somebody handed it in. It is kept, with everything in
// it, and never served.
type Original struct {
	Hash  string // SHA-256, in hex
	Media string // the Media made of it
	Name  string // as its owner calls it
	By    PersonID
	At    time.Time
	Bytes int
}

// mediaPath begins the address of every picture of the paper's own.
const mediaPath = "/media/"

// Src is its address on every door, as a picture of a body names it.
func (m Media) Src() string { return mediaPath + m.Hash + "/" + m.Name }

// ParseMedia takes the address of one of the paper's own pictures apart; ok is
// false for every other address.
func ParseMedia(src string) (hash, name string, ok bool) {
	rest, own := strings.CutPrefix(src, mediaPath)
	hash, name, ok = strings.Cut(rest, "/")
	return hash, name, own && ok && IsHash(hash) && name != ""
}

// IsHash reports whether s is a SHA-256 in small hex letters.
func IsHash(s string) bool {
	return len(s) == 64 && strings.Trim(s, "0123456789abcdef") == ""
}
