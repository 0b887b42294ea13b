package app

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"broadsheet/internal/durable"
	"broadsheet/internal/importer"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

type importCommand struct {
	Text  importTextCommand  `cmd:"" help:"Dispatches as plain text, one a file."`
	Ninjs importNinjsCommand `cmd:"" help:"IPTC ninjs: one object a file, one a line, or an array."`
}

// importFlags are the flags that every import has.
type importFlags struct {
	Data
	Edition string `help:"Slug of the edition; without it the default one." placeholder:"SLUG"`
	Section string `help:"Slug of the section, whatever the items say." placeholder:"SLUG"`
	Publish bool   `help:"Make the articles public, under the date they come with."`
	Report  string `help:"Also write the report to this file, a JSON object a line." placeholder:"FILE"`
}

type importTextCommand struct {
	importFlags
	Files []string `arg:"" name:"file" help:"The files, or - for the standard input."`
}

// Run imports dispatches.
func (c importTextCommand) Run(h *house) error {
	return c.run(h, c.Files, func(im *importer.Importer, name string, r io.Reader, o importer.Options, report func(importer.Line)) error {
		return im.Text(h.ctx, name, r, o, report)
	})
}

type importNinjsCommand struct {
	importFlags
	Files []string `arg:"" name:"file" help:"The files, or - for the standard input."`
}

// Run imports ninjs.
func (c importNinjsCommand) Run(h *house) error {
	return c.run(h, c.Files, func(im *importer.Importer, name string, r io.Reader, o importer.Options, report func(importer.Line)) error {
		return im.Ninjs(h.ctx, name, r, o, report)
	})
}

type importOne func(*importer.Importer, string, io.Reader, importer.Options, func(importer.Line)) error

// run imports file after file; one that cannot be read does not stop the next.
func (c importFlags) run(h *house, files []string, one importOne) error {
	s, _, release, err := openPaper(h.ctx, c.Data, false)
	if err != nil {
		return err
	}
	defer release()
	o, err := c.options(h, s)
	if err != nil {
		return err
	}
	root, err := c.reportFolder()
	if err != nil {
		return err
	}
	if root != nil {
		defer root.Close()
	}
	t := &tally{h: h, bar: h.progress("items read", -1), counts: map[importer.Outcome]int{}, keep: root != nil}
	im := importer.New(s, SystemClock().Now)
	var failed error
	for _, name := range files {
		if err := c.file(h, im, name, o, one, t.line); err != nil {
			failed = errors.Join(failed, err)
			if h.ctx.Err() != nil || news.CodeOf(err) == news.Unavailable {
				break
			}
		}
	}
	t.bar.end()
	if err := c.write(root, t); err != nil {
		failed = errors.Join(failed, err)
	}
	fmt.Fprintf(h.stdout, "%d new, %d unchanged, %d changed, %d refused\n",
		t.counts[importer.Made], t.counts[importer.Unchanged], t.counts[importer.Changed], t.counts[importer.Refused])
	if failed == nil && t.counts[importer.Refused] > 0 {
		return errFound
	}
	return failed
}

func (c importFlags) file(h *house, im *importer.Importer, name string, o importer.Options, one importOne, report func(importer.Line)) error {
	if name == "-" {
		return one(im, "standard input", h.in, o, report)
	}
	f, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("there is no file %s", name)
	}
	if err != nil {
		return fmt.Errorf("cannot read %s: %w", name, err)
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && info.IsDir() {
		return fmt.Errorf("%s is a folder; name the files in it", name)
	}
	return one(im, name, f, o, report)
}

func (c importFlags) options(h *house, s *store.Store) (importer.Options, error) {
	o := importer.Options{Publish: c.Publish}
	editions, err := s.Editions(h.ctx)
	if err != nil {
		return o, err
	}
	for _, e := range editions {
		if e.Slug == c.Edition || c.Edition == "" && e.Default {
			o.Edition = e
		}
	}
	switch {
	case len(editions) == 0:
		return o, errors.New("the paper has no edition yet; start it with serve and set it up at the desk first")
	case o.Edition.ID == 0:
		return o, fmt.Errorf("there is no edition %q", c.Edition)
	case c.Section == "":
		return o, nil
	}
	section, err := s.SectionBySlug(h.ctx, o.Edition.ID, c.Section)
	if news.CodeOf(err) == news.NotFound {
		return o, fmt.Errorf("the edition %s has no section %q", o.Edition.Slug, c.Section)
	}
	o.Section = section.ID
	return o, err
}

// reportMost bounds what is kept of the report in memory before it is written
// to its file; the lines on the terminal are printed as they come.
const reportMost = 64 << 20

// tally prints the report as it comes, and keeps it for the file.
type tally struct {
	h      *house
	bar    *progress
	counts map[importer.Outcome]int
	items  int64
	keep   bool // the report goes to a file too
	kept   []byte
	cut    bool
}

// line tells of one item: what was not plain sailing is printed, the rest is
// only counted.
func (t *tally) line(l importer.Line) {
	t.counts[l.Outcome]++
	t.items++
	t.bar.set(t.items)
	if t.keep {
		raw, err := json.Marshal(l)
		if t.cut = t.cut || len(t.kept)+len(raw) > reportMost; err == nil && !t.cut {
			t.kept = append(append(t.kept, raw...), '\n')
		}
	}
	if l.Outcome != importer.Refused && t.items > 20 {
		return // a bulk import speaks only of what it refused
	}
	where := l.File
	if l.Item > 1 || t.items > 1 {
		where = fmt.Sprintf("%s, item %d", l.File, l.Item)
	}
	fmt.Fprintf(t.h.stdout, "%s: %s", where, l.Outcome)
	if l.NewsID != 0 {
		fmt.Fprintf(t.h.stdout, ", News ID %d, %s", l.NewsID, l.State)
	}
	if l.Headline != "" {
		fmt.Fprintf(t.h.stdout, ": %s", l.Headline)
	}
	if l.Message != "" {
		fmt.Fprintf(t.h.stdout, " (%s)", l.Message)
	}
	fmt.Fprintln(t.h.stdout)
	for _, f := range l.Findings {
		fmt.Fprintf(t.h.stdout, "  line %d: %s\n", f.Line, f.Message)
	}
}

// reportFolder opens where the report will be written, before anything is
// imported; nil without one.
func (c importFlags) reportFolder() (*durable.Root, error) {
	if c.Report == "" {
		return nil, nil
	}
	root, err := durable.Open(filepath.Dir(c.Report))
	if err != nil {
		return nil, fmt.Errorf("cannot write the report: %w", err)
	}
	return root, nil
}

// write puts the report into its file, whole or not at all.
func (c importFlags) write(root *durable.Root, t *tally) error {
	if root == nil {
		return nil
	}
	if err := root.WriteFile(filepath.Base(c.Report), t.kept, 0o600); err != nil {
		return fmt.Errorf("cannot write the report: %w", err)
	}
	if t.cut {
		return fmt.Errorf("the report was cut at %d MB; import fewer files at a time to have it whole", reportMost>>20)
	}
	return nil
}
