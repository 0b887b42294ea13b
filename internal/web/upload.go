package web

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"os"
	"strings"

	"broadsheet/internal/news"
)

// Upload limits beside MaxUpload for one file.
const (
	MaxUploads = 200 << 20 // all files of a form together, in bytes
	MaxFiles   = 20        // files of a form
	inMemory   = 256 << 10 // what is larger waits in a temporary file
)

// File is one file that was sent. Its bytes wait outside of the memory.
type File struct {
	Name string // as the sender calls it, without folders; may be ""
	Type string // what the sender says that it is
	Size int64
	Err  error // why it was not taken: news.TooLarge, or that the disk is full
	from io.ReaderAt
}

// ReadAt reads a piece of the file.
func (f File) ReadAt(p []byte, at int64) (int, error) { return f.from.ReadAt(p, at) }

// Bytes reads the whole file into memory.
func (f File) Bytes() ([]byte, error) {
	data := make([]byte, f.Size)
	n, err := f.from.ReadAt(data, 0)
	if n == len(data) {
		err = nil
	}
	return data, err
}

// Sent is a form with files. Close removes them.
type Sent struct {
	Values url.Values
	Files  []File
	spools []*os.File
}

// Close removes what waits on disk.
func (s *Sent) Close() {
	for _, f := range s.spools {
		f.Close()
		os.Remove(f.Name())
	}
	s.spools = nil
}

// Files reads a form with files (multipart/form-data), or a request whose body
// is one file and nothing else. A file over most bytes has an Err and does not
// stop the others. More than MaxFiles files or MaxFields fields, or a body over
// the route's limit: news.TooLarge. A field has at most 16 KB. The sender may
// take their time, as long as something arrives every half minute.
func Files(w http.ResponseWriter, r *http.Request, most int64) (*Sent, error) {
	kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || r.Header.Get("Content-Encoding") != "" {
		return nil, fmt.Errorf("%w: %q", UnreadableForm, r.Header.Get("Content-Type"))
	}
	body, stop := patiently(w, r.Body)
	defer stop()
	sent := &Sent{Values: url.Values{}}
	switch {
	case kind == "multipart/form-data" && params["boundary"] != "":
		err = sent.parts(multipart.NewReader(body, params["boundary"]), most)
	case strings.HasPrefix(kind, "multipart/"), kind == "application/x-www-form-urlencoded":
		return nil, fmt.Errorf("%w: %q", UnreadableForm, kind)
	default:
		var f File
		f, err = sent.spool(body, most)
		f.Type = kind
		sent.Files = append(sent.Files, f)
	}
	if err != nil {
		sent.Close()
		return nil, formFault(err)
	}
	return sent, nil
}

func (s *Sent) parts(reader *multipart.Reader, most int64) error {
	for count := 0; ; count++ {
		part, err := reader.NextPart()
		switch {
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		case count == MaxFields || len(s.Files) == MaxFiles:
			return fmt.Errorf("%w: a form has at most %d files and %d fields", news.TooLarge, MaxFiles, MaxFields)
		case part.FormName() == "":
			return errors.New("a part has no name")
		}
		if _, isFile := fileName(part); !isFile {
			if err := s.field(part); err != nil {
				return err
			}
			continue
		}
		f, err := s.spool(part, most)
		if err != nil {
			return err
		}
		f.Name, _ = fileName(part)
		f.Type = part.Header.Get("Content-Type")
		if f.Name != "" || f.Size > 0 || f.Err != nil { // an empty file field of a form
			s.Files = append(s.Files, f)
		}
	}
}

// fileName is the part's file name; a file without one is still a file.
func fileName(part *multipart.Part) (string, bool) {
	_, params, _ := mime.ParseMediaType(part.Header.Get("Content-Disposition"))
	name, has := params["filename"]
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	if !readable(name) {
		name = strings.ReplaceAll(strings.ToValidUTF8(name, "\uFFFD"), "\x00", "")
	}
	return name, has
}

const mostOfField = 16 << 10

func (s *Sent) field(part *multipart.Part) error {
	text, err := io.ReadAll(io.LimitReader(part, mostOfField+1))
	switch {
	case err != nil:
		return err
	case len(text) > mostOfField:
		return fmt.Errorf("%w: a field has at most 16 KB", news.TooLarge)
	case !readable(string(text)) || !readable(part.FormName()):
		return fmt.Errorf("%w: a field is not UTF-8 text", Malformed)
	}
	s.Values.Add(part.FormName(), string(text))
	return nil
}

// spool takes a file from the line. One that is too large is read to its end
// and forgotten, so that the files after it can be taken.
func (s *Sent) spool(from io.Reader, most int64) (File, error) {
	var head bytes.Buffer
	n, err := io.Copy(&head, io.LimitReader(from, inMemory))
	if err != nil || n < inMemory {
		return File{Size: n, from: bytes.NewReader(head.Bytes())}, err
	}
	disk, err := os.CreateTemp("", "broadsheet-upload-*")
	if err != nil {
		return s.past(from, unspooled(err))
	}
	s.spools = append(s.spools, disk)
	if _, err := disk.Write(head.Bytes()); err != nil {
		return s.past(from, unspooled(err))
	}
	line := &lineReader{from: from}
	more, err := io.Copy(disk, io.LimitReader(line, most-n+1))
	switch {
	case line.err != nil:
		return File{}, line.err
	case err != nil:
		return s.past(from, unspooled(err))
	case n+more > most:
		return s.past(from, news.Refuse(news.TooLarge, "error.upload.large", "a file has at most %d MB", most>>20))
	}
	return File{Size: n + more, from: disk}, nil
}

// lineReader tells a line that broke from a disk that is full.
type lineReader struct {
	from io.Reader
	err  error
}

func (l *lineReader) Read(p []byte) (int, error) {
	n, err := l.from.Read(p)
	if err != nil && err != io.EOF {
		l.err = err
	}
	return n, err
}

func unspooled(err error) error {
	refusal := news.Refuse(news.Unavailable, "error.disk", "the disk did not take the file, nothing was changed; free some space or check the disk and try again")
	refusal.Err = err
	return refusal
}

func (s *Sent) past(from io.Reader, why error) (File, error) {
	_, err := io.Copy(io.Discard, from)
	return File{Err: why, from: bytes.NewReader(nil)}, err
}
