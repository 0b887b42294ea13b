package manuscript

import (
	"archive/zip"
	"encoding/binary"
	"errors"
	"io"
	"path"
	"strings"

	"broadsheet/internal/news"
)

// Limits of an archive: what a manuscript of 25 MB may unpack to.
const (
	maxUnpacked  = 100 << 20 // bytes of all parts that are read together
	maxPart      = 50 << 20  // bytes of one part
	maxRatio     = 300       // a part may be so many times as large as in the file …
	smallEnough  = 2 << 20   // … once it is over this
	maxDirectory = 1 << 20   // bytes of the archive's own list of parts
)

// archive is an open zip file that holds its limits.
type archive struct {
	files map[string]*zip.File
	left  int64 // bytes that may still be unpacked
}

// errBomb is what a reader of a part meets at a limit.
var errBomb = news.Refuse(news.TooLarge, "error.manuscript.bomb", "the file unpacks to more than 100 MB, or is packed in a way that no word processor does; it was not read")

func openArchive(file io.ReaderAt, size int64) (*archive, error) {
	if err := checkDirectory(file, size); err != nil {
		return nil, err
	}
	z, err := zip.NewReader(file, size)
	if err != nil {
		return nil, damaged(err)
	}
	a := &archive{files: map[string]*zip.File{}, left: maxUnpacked}
	for _, f := range z.File {
		name := strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/")
		if _, twice := a.files[name]; !twice {
			a.files[name] = f
		}
	}
	return a, nil
}

// checkDirectory asks how long the list of parts is before the list is read
// (APPNOTE.TXT 4.3.16): it could name millions.
func checkDirectory(file io.ReaderAt, size int64) error {
	tail := make([]byte, min(size, 1<<16+22))
	if _, err := file.ReadAt(tail, size-int64(len(tail))); err != nil && err != io.EOF {
		return err
	}
	for i := len(tail) - 22; i >= 0; i-- {
		if string(tail[i:i+4]) != "PK\x05\x06" {
			continue
		}
		begins, ends := int64(binary.LittleEndian.Uint32(tail[i+16:])), size-int64(len(tail)-i)
		if begins > ends { // or the mark of a zip64 archive, which no manuscript of 25 MB needs
			return damaged(zip.ErrFormat)
		}
		if max(ends-begins, int64(binary.LittleEndian.Uint32(tail[i+12:]))) > maxDirectory {
			return errBomb
		}
		return nil
	}
	return damaged(zip.ErrFormat)
}

func damaged(err error) error {
	refusal := news.Refuse(news.Invalid, "error.manuscript.damaged", "the file is damaged or was not copied whole")
	refusal.Err = err
	return refusal
}

// has reports whether there is a part of that name.
func (a *archive) has(name string) bool { return a.files[name] != nil }

// open opens a part for reading; a missing one is errMissing.
func (a *archive) open(name string) (io.ReadCloser, error) {
	f := a.files[name]
	if f == nil {
		return nil, errMissing
	}
	r, err := f.Open()
	if err != nil {
		return nil, damaged(err)
	}
	return &part{from: r, archive: a, packed: int64(f.CompressedSize64)}, nil
}

var errMissing = errors.New("there is no such part")

// bytes reads a part whole, at most limit bytes of it.
func (a *archive) bytes(name string, limit int64) ([]byte, error) {
	r, err := a.open(name)
	if err != nil {
		return nil, err
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err == nil && int64(len(data)) > limit {
		err = errBomb
	}
	return data, err
}

// part counts what comes out of the archive, whatever its list promised.
type part struct {
	from    io.ReadCloser
	archive *archive
	packed  int64
	read    int64
}

func (p *part) Read(b []byte) (int, error) {
	n, err := p.from.Read(b)
	p.read += int64(n)
	p.archive.left -= int64(n)
	switch {
	case p.archive.left < 0, p.read > maxPart, p.read > smallEnough && p.read > maxRatio*max(p.packed, 1):
		return 0, errBomb
	case err != nil && err != io.EOF:
		err = damaged(err)
	}
	return n, err
}

func (p *part) Close() error { return p.from.Close() }

// readArchive tells the kinds of document apart by what is in them.
func readArchive(file io.ReaderAt, size int64) (Manuscript, error) {
	a, err := openArchive(file, size)
	if err != nil {
		return Manuscript{}, err
	}
	kind, err := a.bytes("mimetype", 200)
	if err != nil && !errors.Is(err, errMissing) {
		return Manuscript{}, err
	}
	switch {
	case strings.HasPrefix(string(kind), "application/vnd.oasis.opendocument.text"):
		return readODT(a)
	case len(kind) > 0:
		return Manuscript{}, refuse("kind", "this is no text document; send .docx, .odt, .html, .md or .txt")
	case a.has("_rels/.rels") || a.has("word/document.xml"):
		return readDOCX(a)
	}
	return Manuscript{}, refuse("kind", "this is no text document; send .docx, .odt, .html, .md or .txt")
}

// resolve is the name of a part that another one names (OPC, annex A).
func resolve(from, target string) string {
	if strings.HasPrefix(target, "/") {
		return path.Clean(target)[1:]
	}
	return strings.TrimPrefix(path.Join(path.Dir(from), target), "../")
}
