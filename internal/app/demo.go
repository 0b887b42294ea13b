package app

import (
	"bufio"
	"context"
	"embed"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"broadsheet/internal/doc"
	"broadsheet/internal/locale"
	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// demoFiles are the sample paper: a folder for each edition, a file for each
// article. README.md in that folder says how they are written.
//
//go:embed demo
var demoFiles embed.FS

// Demo sign-in: the same for every demo, printed at the start.
const (
	demoPassword = "valmere-courier-demo"
	demoOwner    = "owner@valmere.example"
	demoEditor   = "editor@valmere.example"
	demoReporter = "reporter@valmere.example"
)

// fillDemo fills an empty paper with the sample and adds the desk's sign-in
// to the greeting. A paper that has anything in it is left alone.
func (s *server) fillDemo(ctx context.Context, desk string) error {
	editions, err := s.store.Editions(ctx)
	if err != nil {
		return err
	}
	if len(editions) > 0 {
		s.log.Info("the paper is not empty; --demo adds nothing")
		return nil
	}
	d := &demo{now: s.clock.Now(), people: map[string]news.PersonID{}, stories: map[string]news.StoryID{}}
	for _, p := range []struct {
		email, name string
		role        news.Role
	}{{demoOwner, "Olga Orme", news.Owner}, {demoEditor, "Edda Elm", news.Editor}, {demoReporter, "Rana Reed", news.Reporter}} {
		person, err := s.store.PersonByEmail(ctx, p.email) // there if an earlier start was cut off
		if news.CodeOf(err) == news.NotFound {
			person, err = s.auth.AddPerson(ctx, 0, news.Person{Email: p.email, Name: p.name, Role: p.role})
		}
		if err != nil {
			return fmt.Errorf("demo staff: %w", err)
		}
		if err := s.auth.ResetPassword(ctx, person.ID, demoPassword); err != nil {
			return fmt.Errorf("demo staff: %w", err)
		}
		d.people[p.email] = person.ID
	}
	if err := s.store.Write(ctx, "fill the demo", func(tx *store.Tx) error { return d.fill(ctx, tx) }); err != nil {
		return err
	}
	s.greeting = append(s.greeting, "", "A sample paper. Sign in at the desk with one of these and the password "+demoPassword+":",
		"  "+demoOwner+" (owner), "+demoEditor+" (editor), "+demoReporter+" (reporter)")
	return nil
}

// demo is the sample while it is written.
type demo struct {
	now     time.Time
	people  map[string]news.PersonID
	stories map[string]news.StoryID
}

// fill writes editions, sections and articles, oldest first.
func (d *demo) fill(ctx context.Context, tx *store.Tx) error {
	if err := tx.SavePaper(ctx, news.Paper{Name: "The Valmere Courier", Language: "en", FourEyes: true, SetUp: true}); err != nil {
		return err
	}
	for i, e := range []news.Edition{
		{Slug: "en", Default: true, Name: "The Valmere Courier", Tagline: "The daily newspaper of Valmere and the Ostland coast", Language: "en", TimeZone: "Europe/London", Calendar: locale.Gregorian, Accent: "#8c1d18", Comments: true, CloseAfter: 30},
		{Slug: "ar", Name: "بريد فالمير", Tagline: "صحيفة فالمير وساحل أوستلاند", Language: "ar", TimeZone: "Asia/Riyadh", Calendar: locale.Hijri, Accent: "#0f5c4a", Comments: true, CloseAfter: 30},
		{Slug: "fa", Name: "پیک والمر", Tagline: "روزنامهٔ والمر و کرانهٔ اوستلند", Language: "fa", TimeZone: "Asia/Tehran", Calendar: locale.Persian, Accent: "#1d4f8c", Comments: true, CloseAfter: 30},
	} {
		e.Position = i
		if err := tx.SaveEdition(ctx, &e); err != nil {
			return err
		}
		if err := d.edition(ctx, tx, e); err != nil {
			return fmt.Errorf("demo edition %s: %w", e.Slug, err)
		}
	}
	return nil
}

func (d *demo) edition(ctx context.Context, tx *store.Tx, e news.Edition) error {
	folder := path.Join("demo", e.Slug)
	sections, err := d.sections(ctx, tx, e, path.Join(folder, "sections.txt"))
	if err != nil {
		return err
	}
	names, err := fs.Glob(demoFiles, path.Join(folder, "*.md"))
	if err != nil {
		return err
	}
	var articles []demoArticle
	for _, name := range names {
		a, err := readDemo(name)
		if err != nil {
			return err
		}
		articles = append(articles, a)
	}
	slices.SortStableFunc(articles, func(a, b demoArticle) int { return int(b.age - a.age) })
	for _, a := range articles {
		if err := d.article(ctx, tx, e, sections, a); err != nil {
			return fmt.Errorf("%s: %w", a.name, err)
		}
	}
	return nil
}

// sections reads one section a line: "slug = Name", with "(opinion)" behind
// the name of an opinion section.
func (d *demo) sections(ctx context.Context, tx *store.Tx, e news.Edition, name string) (map[string]news.Section, error) {
	raw, err := demoFiles.ReadFile(name)
	if err != nil {
		return nil, err
	}
	out := map[string]news.Section{}
	for line := range strings.Lines(string(raw)) {
		slug, title, ok := strings.Cut(strings.TrimSpace(line), "=")
		if !ok {
			continue
		}
		s := news.Section{Edition: e.ID, Slug: strings.TrimSpace(slug), Position: len(out)}
		s.Name, s.Opinion = strings.CutSuffix(strings.TrimSpace(title), "(opinion)")
		s.Name = strings.TrimSpace(s.Name)
		if err := s.Validate(); err != nil {
			return nil, fmt.Errorf("%s: %w", line, err)
		}
		if err := tx.SaveSection(ctx, &s); err != nil {
			return nil, err
		}
		out[s.Slug] = s
	}
	return out, nil
}

// demoArticle is one file of the sample.
type demoArticle struct {
	name  string
	head  map[string]string
	many  map[string][]string // Correction, Comment, Held
	age   time.Duration
	body  doc.Body
	state news.State
}

func readDemo(name string) (demoArticle, error) {
	a := demoArticle{name: name, head: map[string]string{}, many: map[string][]string{}, state: news.Published}
	raw, err := demoFiles.ReadFile(name)
	if err != nil {
		return a, err
	}
	head, body, _ := strings.Cut(string(raw), "\n\n")
	for lines := bufio.NewScanner(strings.NewReader(head)); lines.Scan(); {
		key, value, ok := strings.Cut(lines.Text(), ":")
		if !ok {
			return a, fmt.Errorf("%s: %q is not a field", name, lines.Text())
		}
		key, value = strings.TrimSpace(key), strings.TrimSpace(value)
		if key == "Correction" || key == "Comment" || key == "Held" {
			a.many[key] = append(a.many[key], value)
			continue
		}
		a.head[key] = value
	}
	if s := a.head["State"]; s != "" {
		a.state = news.State(s)
	}
	if a.age, err = demoAge(a.head["Age"]); err != nil {
		return a, fmt.Errorf("%s: %w", name, err)
	}
	var reports []doc.Report
	if a.body, reports = doc.FromMarkdown(body); len(reports) > 0 {
		return a, fmt.Errorf("%s: the body does not fit: %v", name, reports)
	}
	return a, nil
}

// demoAge reads 40m, 5h or 12d.
func demoAge(s string) (time.Duration, error) {
	if days, ok := strings.CutSuffix(s, "d"); ok {
		hours, err := time.ParseDuration(days + "h")
		return 24 * hours, err
	}
	return time.ParseDuration(s)
}
