package manuscript

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"io"
	"mime"
	"mime/multipart"
	"mime/quotedprintable"
	"net/textproto"
	"strings"
)

// isMHTML tells a web page that was saved with its pictures (RFC 2557), or a
// mail.
func isMHTML(data []byte) bool {
	head := bytes.ToLower(data[:min(len(data), 2048)])
	return bytes.Contains(head, []byte("mime-version:")) && bytes.Contains(head, []byte("multipart/related"))
}

// mhtml are the parts of such a file.
type mhtml struct {
	page     []byte
	charset  string
	location string
	parts    map[string][]byte // by content location and by content id
	left     int64
}

func readMHTML(data []byte) (Manuscript, error) {
	head, err := textproto.NewReader(bufio.NewReader(bytes.NewReader(data))).ReadMIMEHeader()
	if err != nil {
		return Manuscript{}, damaged(err)
	}
	_, body, _ := bytes.Cut(data, []byte("\r\n\r\n"))
	if body == nil {
		_, body, _ = bytes.Cut(data, []byte("\n\n"))
	}
	f := &mhtml{parts: map[string][]byte{}, left: maxUnpacked}
	if err := f.read(bytes.NewReader(body), head, 0); err != nil {
		return Manuscript{}, err
	}
	if f.page == nil {
		return Manuscript{}, refuse("no-text", "there is no text in the file")
	}
	return readPageWith(f.page, f.charset, func(src string) ([]byte, string) {
		for _, name := range []string{src, "cid:" + strings.TrimPrefix(src, "cid:"), resolveLocation(f.location, src)} {
			if data := f.parts[name]; data != nil {
				return data, lastWord(strings.TrimPrefix(name, "cid:"))
			}
		}
		return nil, ""
	})
}

// read reads a part, and those inside it.
func (f *mhtml) read(from io.Reader, head textproto.MIMEHeader, depth int) error {
	kind, params, err := mime.ParseMediaType(head.Get("Content-Type"))
	if err != nil || depth > 5 {
		return nil
	}
	if strings.HasPrefix(kind, "multipart/") {
		parts := multipart.NewReader(from, params["boundary"])
		for count := 0; count < 1000; count++ {
			part, err := parts.NextRawPart()
			if err == io.EOF {
				return nil
			}
			if err != nil {
				return damaged(err)
			}
			if err := f.read(part, part.Header, depth+1); err != nil {
				return err
			}
		}
		return errBomb
	}
	switch strings.ToLower(head.Get("Content-Transfer-Encoding")) {
	case "base64":
		from = base64.NewDecoder(base64.StdEncoding, from)
	case "quoted-printable":
		from = quotedprintable.NewReader(from)
	}
	data, err := io.ReadAll(io.LimitReader(from, f.left+1))
	if f.left -= int64(len(data)); f.left < 0 {
		return errBomb
	}
	if err != nil {
		return damaged(err)
	}
	location := head.Get("Content-Location")
	if kind == "text/html" && f.page == nil {
		f.page, f.charset, f.location = data, params["charset"], location
		return nil
	}
	if location != "" {
		f.parts[location] = data
	}
	if id := strings.Trim(head.Get("Content-ID"), "<> "); id != "" {
		f.parts["cid:"+id] = data
	}
	return nil
}

// resolveLocation is where a picture lies that the page names by a relative
// address.
func resolveLocation(page, src string) string {
	if i := strings.LastIndexByte(page, '/'); i >= 0 {
		return page[:i+1] + src
	}
	return src
}
