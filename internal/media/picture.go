package media

import (
	"bytes"
	"errors"
	"image"
	_ "image/gif"
	_ "image/jpeg"
	_ "image/png"

	_ "golang.org/x/image/webp"

	"broadsheet/internal/news"
)

// picture is a file that is fit to be served: the same picture without what
// its file tells of the place, the device and the person.
type picture struct {
	kind          string // "jpeg", "png", "gif", "webp"
	width, height int    // as it is shown
	data          []byte
}

// errDamaged is wrapped by whatever is wrong inside a file of a known kind.
var errDamaged = errors.New("the picture's file is damaged")

// strip takes the file of a picture apart and puts it together again without
// re-encoding: what is not needed to show it is left out. It reads the size
// from the header first, so a small file that would fill the memory is refused
// before anything is unpacked.
func strip(data []byte) (picture, error) {
	if len(data) > news.MaxPicture {
		return picture{}, news.Refuse(news.TooLarge, "error.media.large", "a picture's file has at most 25 MB")
	}
	config, kind, err := image.DecodeConfig(bytes.NewReader(data))
	if errors.Is(err, image.ErrFormat) {
		return picture{}, refuseKind(data)
	}
	if err != nil {
		return picture{}, damaged(err)
	}
	if config.Width <= 0 || config.Height <= 0 {
		return picture{}, damaged(errDamaged)
	}
	if int64(config.Width)*int64(config.Height) > news.MaxPixels {
		return picture{}, news.Refuse(news.TooLarge, "error.media.pixels", "a picture has at most 50 megapixels; this one has %d × %d", config.Width, config.Height)
	}
	p := picture{kind: kind, width: config.Width, height: config.Height}
	turn := 1
	switch kind {
	case "jpeg":
		p.data, turn, err = stripJPEG(data)
	case "png":
		p.data, turn, err = stripPNG(data, config.Width, config.Height)
	case "gif":
		p.data, err = stripGIF(data)
	case "webp":
		p.data, turn, err = stripWebP(data, config.Width, config.Height)
	}
	if err != nil {
		return picture{}, damaged(err)
	}
	if turn >= 5 { // lies on its side
		p.width, p.height = p.height, p.width
	}
	return p, nil
}

func damaged(err error) error {
	refusal := news.Refuse(news.Invalid, "error.media.damaged", "the picture's file is damaged or was not copied whole")
	refusal.Err = err
	return refusal
}

// refuseKind names the kinds that people try most, so that they know what to do.
func refuseKind(data []byte) error {
	kind := ""
	switch {
	case len(data) >= 12 && string(data[4:8]) == "ftyp" && (string(data[8:12]) == "avif" || string(data[8:12]) == "avis"):
		kind = "AVIF"
	case len(data) >= 12 && string(data[4:8]) == "ftyp":
		kind = "HEIC"
	case bytes.HasPrefix(data, []byte("II*\x00")), bytes.HasPrefix(data, []byte("MM\x00*")):
		kind = "TIFF"
	case bytes.HasPrefix(data, []byte("BM")):
		kind = "BMP"
	case bytes.HasPrefix(data, []byte("%PDF-")):
		kind = "PDF"
	case bytes.Contains(data[:min(len(data), 1024)], []byte("<svg")):
		kind = "SVG"
	}
	if kind != "" {
		return news.Refuse(news.Invalid, "error.media.kind.of", "this is a file of the kind %s; pictures are JPEG, PNG, GIF or WebP", kind)
	}
	return news.Refuse(news.Invalid, "error.media.kind", "this file is no picture that the paper can read; pictures are JPEG, PNG, GIF or WebP")
}
