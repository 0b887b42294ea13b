package store_test

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"broadsheet/internal/news"
	"broadsheet/internal/papertest"
	"broadsheet/internal/store"
)

// small are the tables that do not grow with the archive or its readers. Any
// other is never read from end to end.
var small = []string{"paper", "counter", "edition", "section", "person", "person_section", "desk", "desk_section", "desk_member", "room", "one_time_code", "identity_server"}

// allowed are the statements that may sort, by a part of their text, with the
// reason. None may scan.
var allowed = []struct{ statement, why string }{
	{"ORDER BY bm25", "relevance cannot be an index; the subquery keeps it to the newest 2,000 hits"},
	{"ORDER BY ts_rank", "the same"},
	{"ORDER BY is_default DESC", "a paper has a few editions"},
	{"FROM section WHERE edition_id = $1 ORDER BY", "an edition has a few sections"},
	{"ORDER BY p.disabled, p.name, p.id", "the staff, at most 1,000"},
	{"FROM desk ORDER BY", "at most 200 desks"},
	{"FROM desk_member ORDER BY", "at most 200 desks of the staff"},
	{"FROM desk_section ORDER BY", "the same of sections"},
}

// scanning are statements that the test must find: the test of the test.
var scanning = map[string][]string{
	"": {
		`SELECT id FROM article WHERE headline = $1`,
		`SELECT r.number FROM revision r WHERE r.person_id = $1`,
		`UPDATE comment SET text = '' WHERE email = $1`,
		`DELETE FROM event WHERE note = $1`,
		`SELECT a.id FROM article_topic t JOIN article a ON a.id = t.article_id WHERE a.slugline = $1`,
		`SELECT token FROM session WHERE agent = $1 ORDER BY created_at LIMIT 1`,
		`SELECT id FROM article WHERE state = $1 ORDER BY headline LIMIT 3`,
	},
	"sqlite": {`SELECT rowid FROM search LIMIT 5`},
}

// TestPlans explains every statement of the package on both databases.
func TestPlans(t *testing.T) {
	for name, empty := range databases {
		t.Run(name, func(t *testing.T) {
			p := found(t, store.Options{URL: empty(t)})
			grow(t, p)
			conn, err := p.Store.Writer().Conn(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			defer conn.Close()
			explain := sqliteFaults
			if name == "postgres" {
				explain = postgresFaults
				run(t, conn, `ANALYZE`, `SET enable_seqscan = off`, `SET enable_sort = off`, `SET plan_cache_mode = force_generic_plan`)
			}
			list := statements(t, p.Store)
			for _, s := range list {
				for _, fault := range explain(t, p, conn, s.text) {
					if !isAllowed(s.text, fault) {
						t.Errorf("%s: %s\n\t%s", s.where, fault, oneLine(s.text))
					}
				}
			}
			t.Logf("%d statements explained", len(list))
			for _, text := range append(scanning[name], scanning[""]...) {
				if len(explain(t, p, conn, text)) == 0 {
					t.Errorf("the test does not see what is wrong with %s", text)
				}
			}
		})
	}
}

func isAllowed(text, fault string) bool {
	return sorts.MatchString(fault) && slices.ContainsFunc(allowed, func(a struct{ statement, why string }) bool {
		return strings.Contains(oneLine(text), a.statement)
	})
}

var sorts = regexp.MustCompile(`^USE TEMP B-TREE FOR (LAST TERM OF )?ORDER BY|^(Incremental )?Sort by`)

func run(t testing.TB, conn *sql.Conn, texts ...string) {
	t.Helper()
	for _, text := range texts {
		if _, err := conn.ExecContext(context.Background(), text); err != nil {
			t.Fatalf("%s: %v", text, err)
		}
	}
}

// grow gives every table that grows some rows: enough for a planner to think.
func grow(t testing.TB, p *papertest.Paper) {
	t.Helper()
	ctx := t.Context()
	var bridge news.Topic
	write(t, p, func(tx *store.Tx) (err error) {
		bridge, err = tx.EnsureTopic(ctx, p.English.ID, "Bridge", news.TopicPlace)
		return err
	})
	for batch := range 10 {
		write(t, p, func(tx *store.Tx) error {
			for i := range 20 {
				if err := growOne(ctx, tx, p, bridge.ID, news.ID(1+batch*20+i)); err != nil {
					return err
				}
				p.Clock.Move(time.Minute)
			}
			return nil
		})
	}
}

// growOne keeps a published article and a row beside it in each other table.
func growOne(ctx context.Context, tx *store.Tx, p *papertest.Paper, topic news.TopicID, id news.ID) error {
	now := p.Clock.Now()
	c := p.Story(p.Town, fmt.Sprintf("Number %d of the bridge", id))
	c.Topics = []news.TopicID{topic}
	a := news.Article{ID: id, Edition: p.English.ID, Section: c.Section, Story: news.StoryID(id / 3), State: news.Published, Head: 1, Live: 1,
		CreatedAt: now, ChangedAt: now, PublishedAt: now, UpdatedAt: now, SourceKey: fmt.Sprint("wire:", id)}
	v := news.Revision{Article: id, Number: 1, Content: c, At: now, PublishedAt: now, Change: news.ChangeFirst}
	token := fmt.Sprint("token", id)
	set, err := store.SetType(c)
	if err != nil {
		return err
	}
	for _, act := range []func() error{
		func() error { return tx.InsertLive(ctx, a, v, set, news.Event{Kind: news.EventPublished, At: now}) },
		func() error { _, err := tx.NewStory(ctx, "bridge"); return err },
		func() error { return tx.KeepAside(ctx, store.Aside{Article: id, Person: p.Editor.ID, At: now}) },
		func() error {
			_, err := tx.KeepDraft(ctx, store.Draft{Article: id, Person: p.Editor.ID, Tab: token, Seq: 1, At: now, Copy: "{}"})
			return err
		},
		func() error {
			return tx.AddCorrection(ctx, news.Correction{Article: id, Revision: 1, Edition: a.Edition, Kind: news.ChangeUpdate, At: now})
		},
		func() error {
			return tx.AddComment(ctx, &news.Comment{Article: id, State: news.CommentHeld, At: now, Token: token})
		},
		func() error {
			return tx.SaveHolding(ctx, news.Holding{Article: id, Person: p.Editor.ID, Since: now, Seen: now})
		},
		func() error {
			return tx.AddNote(ctx, &news.Note{Article: id, By: p.Editor.ID, At: now, Mentions: []news.PersonID{p.Editor.ID, p.Reporter.ID}})
		},
		func() error {
			return tx.SaveStyleRule(ctx, &news.StyleRule{Name: token, Level: news.Level([]string{"hint", "block"}[id%2]), State: news.RuleOn})
		},
		func() error {
			return tx.SavePrepared(ctx, news.Prepared{Article: id, Revision: 1, SubmittedAt: now, Due: now})
		},
		func() error { return tx.SaveAnonymity(ctx, store.Anonymity{Article: id, At: now}) },
		func() error { return tx.AddTakeDown(ctx, news.TakeDown{Article: id, At: now}) },
		func() error {
			return tx.AddRequest(ctx, &news.Request{Article: id, Token: token, At: now, State: news.RequestOpen})
		},
		func() error {
			return tx.SaveVoice(ctx, news.Voice{Request: news.RequestID(id), By: p.Editor.ID, At: now})
		},
		func() error { return tx.QueueLetter(ctx, news.Letter{At: now}) },
		func() error {
			author := news.ProtectedAuthor{Article: id, Number: 1, Person: news.PersonID(id % 7), Name: token, At: now}
			if err := tx.SaveProtected(ctx, author); err != nil {
				return err
			}
			return tx.TellProtected(ctx, author, p.Editor.ID, p.Chief.ID, now)
		},
		func() error { return tx.SaveForm(ctx, token, 1, 1) },
		func() error {
			return tx.SavePlacement(ctx, news.Placement{Article: id, Desk: news.DeskID(1 + id%30), Person: p.Editor.ID, Stage: "copy", DueAt: now, At: now})
		},
		func() error {
			return tx.SaveAssignment(ctx, &news.Assignment{Edition: a.Edition, Day: news.DayOf(now, p.English), Desk: news.DeskID(1 + id%30), Person: p.Editor.ID, DueAt: now, Article: id})
		},
		func() error {
			return tx.SaveView(ctx, &news.SavedView{Person: p.Editor.ID, Name: token, Shared: id%2 == 0, Removed: id%3 == 0}, now)
		},
		func() error {
			return tx.SaveSession(ctx, store.Session{Token: token, Person: p.Editor.ID, Expires: now})
		},
		func() error { return tx.SaveInvitation(ctx, store.Invitation{Token: token, Person: p.Editor.ID}) },
		func() error {
			return tx.AddPreview(ctx, news.PreviewLink{Token: token, Article: id, MadeAt: now, Expires: now})
		},
		func() error {
			m := news.Media{Hash: token, Name: token}
			return tx.AddMedia(ctx, m, news.Original{Hash: token, Media: m.Hash})
		},
		func() error { return tx.SaveThrottle(ctx, store.Throttle{Name: token}) },
		func() error {
			return tx.AddPasskey(ctx, news.Passkey{ID: token, Person: []news.PersonID{p.Editor.ID, p.Reporter.ID}[id%2], MadeAt: now})
		},
		func() error { return tx.SaveRecoveryCodes(ctx, p.Editor.ID, []string{token, token + "b"}, now) },
		func() error { _, err := tx.Spend(ctx, token, now); return err },
		func() error { return tx.Tie(ctx, "issuer", token, p.Editor.ID, now) },
		func() error {
			return tx.AddAccountEntry(ctx, news.AccountEntry{Person: news.PersonID(id % 3), At: now, Kind: news.AccountIn})
		},
		func() error { _, err := tx.EnsureTopic(ctx, a.Edition, token, news.TopicSubject); return err },
	} {
		if err := act(); err != nil {
			return err
		}
	}
	return nil
}

// sqliteFaults reads a plan of SQLite: no scan but of a small table, no
// sorting but where it is allowed. A walk along an index that ends at a LIMIT
// is no scan of the table.
func sqliteFaults(t testing.TB, p *papertest.Paper, conn *sql.Conn, text string) (faults []string) {
	t.Helper()
	args := make([]any, len(placeholders(text)))
	rows, err := conn.QueryContext(t.Context(), `EXPLAIN QUERY PLAN `+p.Store.Numbered(text), args...)
	if err != nil {
		t.Fatalf("%s: %v", oneLine(text), err)
	}
	defer rows.Close()
	var steps []string
	for rows.Next() {
		var id, parent, unused int
		var step string
		if err := rows.Scan(&id, &parent, &unused, &step); err != nil {
			t.Fatal(err)
		}
		steps = append(steps, step)
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	sorted := slices.ContainsFunc(steps, func(s string) bool { return strings.Contains(s, "TEMP B-TREE") })
	for _, step := range steps {
		scan := scanned.FindStringSubmatch(step)
		switch {
		case strings.Contains(step, "USE TEMP B-TREE"):
			faults = append(faults, step)
		case scan == nil, scan[1] == "CONSTANT", slices.Contains(small, tableOf(text, scan[1])), tableOf(text, scan[1]) == "newest":
		case searched.MatchString(step):
		case strings.Contains(step, "USING") && strings.Contains(step, "INDEX") && strings.Contains(text, "ORDER BY") && strings.Contains(text, "LIMIT") && !sorted:
		default:
			faults = append(faults, step)
		}
	}
	return faults
}

var (
	scanned  = regexp.MustCompile(`^SCAN (\w+)`)
	searched = regexp.MustCompile(`VIRTUAL TABLE INDEX \d+:[^ ]*(M|=)`) // fts5: by words, or by number
)

// tableOf is the table behind an alias.
func tableOf(text, alias string) string {
	m := regexp.MustCompile(`(?:FROM|JOIN)\s+(\w+)\s+` + alias + `\b`).FindStringSubmatch(text)
	if m != nil {
		return m[1]
	}
	return alias
}

var placeholder = regexp.MustCompile(`\$(\d+)`)

// placeholders are the different arguments of a statement.
func placeholders(text string) (names []string) {
	for _, m := range placeholder.FindAllString(text, -1) {
		if !slices.Contains(names, m) {
			names = append(names, m)
		}
	}
	return names
}

// postgresFaults reads a plan of PostgreSQL, made without knowing the
// arguments and with scans and sorts avoided wherever an index can serve: what
// is left of them is what no index can do.
func postgresFaults(t testing.TB, _ *papertest.Paper, conn *sql.Conn, text string) (faults []string) {
	t.Helper()
	run(t, conn, `PREPARE plan AS `+text)
	defer run(t, conn, `DEALLOCATE plan`)
	args := strings.TrimSuffix(strings.Repeat("NULL, ", len(placeholders(text))), ", ")
	if args != "" {
		args = "(" + args + ")"
	}
	var raw []byte
	if err := conn.QueryRowContext(t.Context(), `EXPLAIN (FORMAT JSON) EXECUTE plan`+args).Scan(&raw); err != nil {
		t.Fatalf("%s: %v", oneLine(text), err)
	}
	var plans []struct{ Plan node }
	if err := json.Unmarshal(raw, &plans); err != nil || len(plans) == 0 {
		t.Fatalf("%s: %s: %v", oneLine(text), raw, err)
	}
	plans[0].Plan.walk(false, func(n node, limited bool) {
		whole := n.Type == "Seq Scan" || strings.HasPrefix(n.Type, "Index") && n.Cond == "" && !limited
		if whole && !slices.Contains(small, n.Table) {
			faults = append(faults, n.Type+" of all of "+n.Table)
		}
		if strings.HasSuffix(n.Type, "Sort") {
			faults = append(faults, n.Type+" by "+strings.Join(n.Key, ", "))
		}
	})
	return faults
}

// node is a step of a plan.
type node struct {
	Type  string   `json:"Node Type"`
	Table string   `json:"Relation Name"`
	Cond  string   `json:"Index Cond"`
	Key   []string `json:"Sort Key"`
	Plans []node
}

// walk sees every step; limited says that a LIMIT above ends it early.
func (n node) walk(limited bool, see func(n node, limited bool)) {
	see(n, limited)
	switch n.Type {
	case "Limit":
		limited = true
	case "Nested Loop", "Result", "Subquery Scan":
	default: // a sort or a hash reads everything below it
		limited = false
	}
	for _, p := range n.Plans {
		p.walk(limited, see)
	}
}
