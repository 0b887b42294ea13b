// Package press makes every public page of the paper: it renders a page once,
// keeps it compressed in memory, and knows which pages an event makes stale.
//
// It imports nothing that knows who is looking, so a public page cannot
// depend on its visitor and every page can be kept. An address always gives
// the same page, whether it comes from the cache or is rendered anew.
package press

import (
	"context"
	"io/fs"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/maypok86/otter/v2"
	"golang.org/x/sync/singleflight"

	"broadsheet/internal/news"
	"broadsheet/internal/store"
)

// Options are what a press works with.
type Options struct {
	Store *store.Store
	Now   func() time.Time
	Theme fs.FS  // the theme's files: *.html and assets/
	Base  string // scheme and host of absolute addresses, "https://paper.example"; editions with a host of their own use theirs
	Bytes uint64 // of pages kept, compressed and not; 0 = 64 MB
	// Stamp signs when an article's page was made, for its comment form.
	Stamp func(news.ID, time.Time) string
	Log   *slog.Logger
}

// Press makes and keeps pages.
type Press struct {
	o        Options
	theme    *theme
	pages    *otter.Cache[Address, *Page]
	flight   singleflight.Group
	rendered atomic.Int64
	index    tagIndex
	editions atomic.Pointer[[]news.Edition]
	sections sync.Map     // news.EditionID → []news.Section, as last read
	hot      chan Address // pages to render again without waiting for a reader
	done     chan struct{}
	wait     sync.WaitGroup
}

// New returns a press. Its theme is read and tried at once: a template that
// does not parse is an error here, not on a page.
func New(ctx context.Context, o Options) (*Press, error) {
	if o.Bytes == 0 {
		o.Bytes = 64 << 20
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	t, err := loadTheme(o.Theme)
	if err != nil {
		return nil, err
	}
	p := &Press{o: o, theme: t, hot: make(chan Address, 4096), done: make(chan struct{})}
	p.index.init()
	p.pages, err = otter.New(&otter.Options[Address, *Page]{
		MaximumWeight: o.Bytes,
		Weigher:       func(_ Address, page *Page) uint32 { return page.weight() },
		// Replaced pages leave the index too: tags that only they had would
		// keep them in memory for ever.
		OnDeletion: func(e otter.DeletionEvent[Address, *Page]) { p.index.forget(e.Key, e.Value) },
	})
	if err != nil {
		return nil, err
	}
	if err := p.loadEditions(ctx); err != nil {
		p.pages.StopAllGoroutines()
		return nil, err
	}
	p.wait.Add(1)
	go p.rerender()
	return p, nil
}

// Close ends the background work.
func (p *Press) Close() {
	close(p.done)
	p.wait.Wait()
	p.pages.StopAllGoroutines()
}

// Editions are the public editions, the default first. The slice is not changed.
func (p *Press) Editions() []news.Edition { return *p.editions.Load() }

// Base is the scheme and host of an edition's absolute addresses.
func (p *Press) Base(e news.Edition) string {
	if e.Host != "" {
		return "https://" + e.Host
	}
	return p.o.Base
}

func (p *Press) loadEditions(ctx context.Context) error {
	list, err := p.o.Store.Editions(ctx)
	if err != nil {
		return err
	}
	for _, e := range list {
		if _, err := p.sectionsOf(ctx, e.ID); err != nil {
			return err
		}
	}
	p.editions.Store(&list)
	return nil
}

// sectionsOf reads an edition's sections. While the database is away the last
// ones read have to do: they stand on error pages too.
func (p *Press) sectionsOf(ctx context.Context, id news.EditionID) ([]news.Section, error) {
	list, err := p.o.Store.Sections(ctx, id)
	if err == nil {
		p.sections.Store(id, list)
		return list, nil
	}
	if last, ok := p.sections.Load(id); ok && news.CodeOf(err) == news.Unavailable {
		return last.([]news.Section), nil
	}
	return nil, err
}

// Edition finds an edition by its number.
func (p *Press) Edition(id news.EditionID) (news.Edition, bool) {
	for _, e := range p.Editions() {
		if e.ID == id {
			return e, true
		}
	}
	return news.Edition{}, false
}

// Page returns the page at an address: from the cache if it is there and
// true, else rendered now. Whoever asks after Handle has returned is not given
// what was before the event. While the database is away the last known page is
// better than none, unless it speaks of an article that was withdrawn since.
func (p *Press) Page(ctx context.Context, a Address) (*Page, error) {
	if kept, ok := p.current(a); ok {
		return kept, nil
	}
	m := p.fly(ctx, a)
	if m.late() { // it may have begun before we asked; the next one does not
		m = p.fly(ctx, a)
	}
	if m.err == nil {
		return m.page, nil
	}
	if last, ok := p.pages.GetIfPresent(a); ok && !last.void.Load() && news.CodeOf(m.err) == news.Unavailable {
		p.o.Log.Debug("serving the last known page", "address", a, "error", m.err)
		return last, nil
	}
	return nil, m.err
}

// current is the kept page, if it still says what is true.
func (p *Press) current(a Address) (*Page, bool) {
	kept, ok := p.pages.GetIfPresent(a)
	return kept, ok && !kept.stale.Load() && (kept.Expires.IsZero() || p.o.Now().Before(kept.Expires))
}

// made is what a render gave. An event may have overtaken it: then it says
// what was before.
type made struct {
	page      *Page
	err       error
	overtaken bool
}

func (m made) late() bool { return m.overtaken || m.page != nil && m.page.stale.Load() }

// fly joins the render of the page that is under way, or begins one.
func (p *Press) fly(ctx context.Context, a Address) made {
	m, _, _ := p.flight.Do(a.flightKey(), func() (any, error) { return p.make(ctx, a), nil })
	return m.(made)
}

// renderMost is how long a render may wait for the database before the last
// known page goes out.
const renderMost = 10 * time.Second

// make renders a page and keeps it. What happens to the paper meanwhile is
// not missed: a page that was overtaken is kept as stale.
func (p *Press) make(ctx context.Context, a Address) made {
	if kept, ok := p.current(a); ok {
		return made{page: kept} // rendered since we looked: one render a change
	}
	ctx, stop := context.WithTimeout(context.WithoutCancel(ctx), renderMost)
	defer stop()
	w := p.index.begin()
	defer p.index.end(w)
	p.rendered.Add(1)
	page, err := p.Render(ctx, a)
	switch {
	case err != nil:
		return made{err: err, overtaken: p.index.overtaken(w, nil)}
	case !page.keep:
		return made{page: page, overtaken: p.index.overtaken(w, page.tags)}
	}
	if was, ok := p.pages.GetIfPresent(a); ok {
		page.follow(was)
	}
	p.index.keep(w, a, page)
	p.pages.Set(a, page)
	return made{page: page}
}

// rerender renders pages that became stale and that readers will ask for
// next: fronts, sections, feeds, the article itself.
func (p *Press) rerender() {
	defer p.wait.Done()
	for {
		select {
		case <-p.done:
			return
		case a := <-p.hot:
			p.renderSoon(a)
		}
	}
}

// renderSoon renders one page that nobody waits for. A panic here would end
// the program: a page that cannot be rendered is its reader's fault page, not
// everybody's.
func (p *Press) renderSoon(a Address) {
	defer func() {
		if fault := recover(); fault != nil {
			p.o.Log.Error("a render panicked", "address", a, "panic", fault)
		}
	}()
	if _, err := p.Page(context.Background(), a); err != nil && news.CodeOf(err) == "" {
		p.o.Log.Error("render", "address", a, "error", err)
	}
}

// Kept is the memory of all kept pages, in bytes.
func (p *Press) Kept() uint64 { return p.pages.WeightedSize() }

// Rendered counts the pages rendered since the start.
func (p *Press) Rendered() int64 { return p.rendered.Load() }
