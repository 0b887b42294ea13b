package app

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strconv"
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
	Rules    string `help:"The paper's own style: the file that the desk gives at Style." placeholder:"FILE"`
}

// Run checks the copy of a dispatch.
func (c proofCommand) Run(h *house) error {
	raw, err := c.read(h)
	if err != nil {
		return err
	}
	style, err := c.style()
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
	findings := proof.Check(proof.Copy{Style: style, Kicker: item.Content.Kicker, Headline: item.Content.Headline, Standfirst: item.Content.Standfirst, Place: d.Place, Country: d.Country,
		Source: d.Source, Paragraphs: proof.FromBody(item.Content.Body), Language: language, Published: published, Calendar: calendar})
	for _, f := range findings {
		if c.JSON {
			if err := json.NewEncoder(h.stdout).Encode(f); err != nil {
				return err
			}
			continue
		}
		place := strconv.Itoa(f.Paragraph)
		if f.Field != "" {
			place = f.Field
		}
		fmt.Fprintf(h.stdout, "%s:%s:%d: %s: %s\n", c.File, place, f.Start+1, f.Rule, f.Message)
	}
	if len(findings) > 0 {
		return errFound
	}
	return nil
}

func (c proofCommand) read(h *house) ([]byte, error) {
	if c.File == "-" {
		return readAtMost(c.File, h.in, 2*news.MaxArticle+64) // what is more is refused by its length
	}
	return readFile(c.File, 2*news.MaxArticle+64)
}

// style reads the paper's own rules; nil where no file is named.
func (c proofCommand) style() (*proof.Style, error) {
	if c.Rules == "" {
		return nil, nil
	}
	raw, err := readFile(c.Rules, 16<<20)
	if err != nil {
		return nil, err
	}
	rules, err := proof.ReadRules(raw)
	if err != nil {
		return nil, fmt.Errorf("%s: %s", c.Rules, err) // the sentence, with its file
	}
	return proof.NewStyle(slices.DeleteFunc(rules, func(r news.StyleRule) bool { return r.State != news.RuleOn }))
}

func readFile(name string, most int64) ([]byte, error) {
	f, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("there is no file %s", name)
	}
	if err != nil {
		return nil, fmt.Errorf("cannot read %s: %w", name, err)
	}
	defer f.Close()
	return readAtMost(name, f, most)
}

func readAtMost(name string, from io.Reader, most int64) ([]byte, error) {
	raw, err := io.ReadAll(io.LimitReader(from, most))
	if err != nil {
		return nil, fmt.Errorf("cannot read %s: %w", name, err)
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
