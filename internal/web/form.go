package web

import (
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"

	"broadsheet/internal/news"
)

// Form reads the form in a request's body, urlencoded or multipart without
// files, of at most limit bytes and MaxFields fields. Over those: TooLarge.
// What cannot be read, is not UTF-8 or contains NUL: Malformed. Another kind
// of body, another charset or a compressed body: UnreadableForm. The address's
// query is never part of it.
func Form(r *http.Request, limit int64) (url.Values, error) {
	kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	charset := params["charset"]
	if err != nil || r.Header.Get("Content-Encoding") != "" || charset != "" && !strings.EqualFold(charset, "utf-8") {
		return nil, fmt.Errorf("%w: %q", UnreadableForm, r.Header.Get("Content-Type"))
	}
	if r.ContentLength > limit {
		return nil, fmt.Errorf("%w: a form of %d bytes where %d are allowed", news.TooLarge, r.ContentLength, limit)
	}
	body := http.MaxBytesReader(nil, r.Body, limit)
	var values url.Values
	switch kind {
	case "application/x-www-form-urlencoded":
		values, err = urlencoded(body)
	case "multipart/form-data":
		values, err = multiparted(body, params["boundary"])
	default:
		return nil, fmt.Errorf("%w: %q", UnreadableForm, kind)
	}
	if err != nil {
		return nil, formFault(err)
	}
	for name, list := range values {
		if !readable(name) || !readable(strings.Join(list, "")) {
			return nil, fmt.Errorf("%w: a field is not UTF-8 text", Malformed)
		}
	}
	return values, nil
}

func urlencoded(body io.Reader) (url.Values, error) {
	text, err := io.ReadAll(body)
	if err != nil {
		return nil, err
	}
	if strings.Count(string(text), "&") >= MaxFields {
		return nil, tooManyFields()
	}
	return url.ParseQuery(string(text))
}

func multiparted(body io.Reader, boundary string) (url.Values, error) {
	if boundary == "" {
		return nil, errors.New("there is no boundary")
	}
	values, reader := url.Values{}, multipart.NewReader(body, boundary)
	for count := 0; ; count++ {
		part, err := reader.NextPart()
		switch {
		case err == io.EOF:
			return values, nil
		case err != nil:
			return nil, err
		case count == MaxFields:
			return nil, tooManyFields()
		case part.FormName() == "":
			return nil, errors.New("a part has no name")
		case part.FileName() != "":
			return nil, errors.New("no file is taken here")
		}
		text, err := io.ReadAll(part)
		if err != nil {
			return nil, err
		}
		values.Add(part.FormName(), string(text))
	}
}

func tooManyFields() error {
	return fmt.Errorf("%w: a form has at most %d fields", news.TooLarge, MaxFields)
}

// formFault keeps the errors that say more than "cannot be read": too large,
// and a reader who was too slow or went away.
func formFault(err error) error {
	var tooLarge *http.MaxBytesError
	var slow interface{ Timeout() bool }
	switch {
	case errors.As(err, &tooLarge):
		return fmt.Errorf("%w: %w", news.TooLarge, err)
	case errors.Is(err, news.TooLarge):
		return err
	case errors.As(err, &slow) && slow.Timeout():
		return fmt.Errorf("read the form: %w", err)
	}
	return fmt.Errorf("%w: %w", Malformed, err)
}
