package app

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"broadsheet/internal/locale"
	"broadsheet/internal/news"
	"broadsheet/internal/proof"
	"broadsheet/internal/wirefmt"
)

type proofCommand struct {
	File     string `arg:"" help:"The dispatch, or - for the standard input."`
	JSON     bool   `help:"One JSON object a line."`
	Language string `help:"Language of the dispatch: en, ar or fa; without it, by its script." placeholder:"TAG"`
}

// Run checks the copy of a dispatch.
func (c proofCommand) Run(h *house) error {
	raw, err := c.read(h)
	if err != nil {
		return err
	}
	language, calendar := c.language(raw)
	item, err := wirefmt.Text(raw, wirefmt.TextOptions{Calendar: calendar, Language: language})
	if err != nil {
		return err
	}
	d := item.Content.Dateline
	published := item.PublishedAt
	if published.IsZero() {
		published = SystemClock().Now()
	}
	findings := proof.Check(proof.Copy{Headline: item.Content.Headline, Standfirst: item.Content.Standfirst, Place: d.Place, Country: d.Country,
		Source: d.Source, Paragraphs: proof.FromBody(item.Content.Body), Language: language, Published: published, Calendar: calendar})
	for _, f := range findings {
		if c.JSON {
			if err := json.NewEncoder(h.stdout).Encode(f); err != nil {
				return err
			}
			continue
		}
		fmt.Fprintf(h.stdout, "%s:%d:%d: %s: %s\n", c.File, f.Paragraph, f.Start+1, f.Rule, f.Message)
	}
	if len(findings) > 0 {
		return errFound
	}
	return nil
}

func (c proofCommand) read(h *house) ([]byte, error) {
	in := h.in
	if c.File != "-" {
		f, err := os.Open(c.File)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("there is no file %s", c.File)
		}
		if err != nil {
			return nil, fmt.Errorf("cannot read %s: %w", c.File, err)
		}
		defer f.Close()
		in = f
	}
	raw, err := io.ReadAll(io.LimitReader(in, 2*news.MaxArticle+64)) // what is more is refused by its length
	if err != nil {
		return nil, fmt.Errorf("cannot read %s: %w", c.File, err)
	}
	return raw, nil
}

// language is what the flag says, else what the letters say, and the calendar
// its papers date by.
func (c proofCommand) language(raw []byte) (string, locale.Calendar) {
	language := c.Language
	if text, _, err := wirefmt.Decode(raw); err == nil && language == "" {
		language = proof.Language(text)
	}
	if part, _, _ := strings.Cut(language, "-"); part == "fa" {
		return language, locale.Persian
	}
	return language, locale.Gregorian
}
