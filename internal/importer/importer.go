// Package importer takes articles in from files: dispatches as plain text and
// IPTC ninjs. It is streamed, each item within its limits; an item is there
// once, however often its file is imported, and every item has a line in the
// report.
package importer

import (
	"context"
	"fmt"
	"runtime"
	"time"

	"golang.org/x/sync/semaphore"

	"broadsheet/internal/news"
	"broadsheet/internal/store"
	"broadsheet/internal/wirefmt"
)

// Options say where imported articles go.
type Options struct {
	Edition news.Edition
	Section news.SectionID // 0 = as the item says, else the edition's first
	Publish bool           // make them public; else they are drafts
}

// Outcome is what became of an item.
type Outcome string

// The outcomes.
const (
	Made      Outcome = "new"       // an article was made
	Unchanged Outcome = "unchanged" // it was there already, with the same content
	Changed   Outcome = "changed"   // a further revision was kept beside what is there
	Refused   Outcome = "refused"   // nothing was stored; the message says why
)

// Line is one item of the report.
type Line struct {
	File     string            `json:"file"`
	Item     int               `json:"item"` // place in the file, from 1
	Outcome  Outcome           `json:"outcome"`
	NewsID   news.ID           `json:"news_id,omitempty"`
	State    news.State        `json:"state,omitempty"`
	Headline string            `json:"headline,omitempty"`
	Message  string            `json:"message,omitempty"`
	Findings []wirefmt.Finding `json:"findings,omitempty"`
}

// Importer takes articles in.
type Importer struct {
	store *store.Store
	now   func() time.Time
}

// New returns the importer of a paper.
func New(s *store.Store, now func() time.Time) *Importer { return &Importer{store: s, now: now} }

// parsed is an item on its way: read, or refused.
type parsed struct {
	size   int64 // bytes of the item as it came, which it holds of readAhead
	number int
	item   wirefmt.Item
	set    store.Type
	err    error
}

// read joins what reading an item gave, and sets its text.
func read(number int, item wirefmt.Item, err error) parsed {
	p := parsed{number: number, item: item, err: err}
	if err == nil {
		p.set, p.err = store.SetType(item.Content)
	}
	return p
}

const (
	batchItems = 200                    // articles in one transaction, at most
	batchBytes = 4 << 20                // of text in one transaction
	batchTime  = 100 * time.Millisecond // the desk and readers' comments wait no longer for the writer
	readAhead  = 16 << 20               // bytes of items that are read and not yet stored: the next batch is read while one is kept
)

// take reads items in parallel, keeps their order, and stores them in
// batches: each batch is one transaction, so a cut leaves whole batches. It
// returns at once when ctx ends, also while the file has more to come; what
// reads the file stops with its next item.
func (im *Importer) take(ctx context.Context, file string, o Options, items func(yield func(size int, read func() parsed) bool), report func(Line)) error {
	places, err := im.places(ctx, o)
	if err != nil {
		return err
	}
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	queue := make(chan chan parsed, batchItems)
	ahead := semaphore.NewWeighted(readAhead)
	go func() {
		defer close(queue)
		slots := make(chan struct{}, runtime.GOMAXPROCS(0))
		items(func(size int, read func() parsed) bool {
			weight := min(int64(size), readAhead)
			if ahead.Acquire(ctx, weight) != nil {
				return false
			}
			done := make(chan parsed, 1)
			select {
			case queue <- done:
			case <-ctx.Done():
				return false
			}
			slots <- struct{}{}
			go func() {
				it := read()
				it.size = weight
				done <- it
				<-slots
			}()
			return true
		})
	}()
	return im.collect(ctx, file, o, places, queue, ahead, report)
}

// places are the sections an edition has, for items that name one.
func (im *Importer) places(ctx context.Context, o Options) (*places, error) {
	sections, err := im.store.Sections(ctx, o.Edition.ID)
	if err != nil {
		return nil, err
	}
	if len(sections) == 0 {
		return nil, news.Refuse(news.Invalid, "import.sections", "the edition %s has no sections yet: set the paper up at the desk first", o.Edition.Slug)
	}
	return newPlaces(sections, o.Section), nil
}

// collect gathers read items into batches and stores them.
func (im *Importer) collect(ctx context.Context, file string, o Options, p *places, queue <-chan chan parsed, ahead *semaphore.Weighted, report func(Line)) error {
	var batch []parsed
	size := 0
	flush := func() error {
		if len(batch) == 0 {
			return nil
		}
		err := im.keep(ctx, file, o, p, batch, report)
		batch, size = batch[:0], 0
		return err
	}
	for {
		var next chan parsed
		var more bool
		select {
		case next, more = <-queue:
		case <-ctx.Done():
		}
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("import %s: %w", file, err)
		}
		if !more {
			return flush()
		}
		it := <-next
		ahead.Release(it.size)
		batch = append(batch, it)
		size += len(it.item.Content.Headline) + it.item.Content.Body.Words()*8
		if len(batch) >= batchItems || size >= batchBytes {
			if err := flush(); err != nil {
				return err
			}
		}
	}
}

// keep stores one batch. The lines of the report are told only when the batch
// is on disk: a success that did not happen is never reported.
func (im *Importer) keep(ctx context.Context, file string, o Options, p *places, batch []parsed, report func(Line)) error {
	for len(batch) > 0 {
		var lines []Line
		done := 0
		err := im.store.Write(ctx, "import "+file, func(tx *store.Tx) error {
			lines, done = lines[:0], 0
			begun := im.now()
			for _, it := range batch {
				line, err := im.one(ctx, tx, o, p, it)
				if err != nil {
					return err
				}
				line.File, line.Item = file, it.number
				lines = append(lines, line)
				if done++; im.now().Sub(begun) > batchTime {
					break
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		for _, line := range lines {
			report(line)
		}
		batch = batch[done:]
	}
	return nil
}
