package importer

import (
	"context"
	"fmt"
	"io"

	"broadsheet/internal/news"
	"broadsheet/internal/wirefmt"
)

// Text imports one dispatch as plain text. What is wrong with the dispatch
// itself is a Refused line of the report, not an error.
func (im *Importer) Text(ctx context.Context, file string, r io.Reader, o Options, report func(Line)) error {
	raw, err := io.ReadAll(io.LimitReader(r, 2*news.MaxArticle+64))
	if err != nil {
		return fmt.Errorf("cannot read %s: %w", file, err)
	}
	style, err := o.Edition.Style()
	if err != nil {
		return err
	}
	options := wirefmt.TextOptions{Zone: style.Zone, Calendar: o.Edition.Calendar, Language: o.Edition.Language}
	return im.take(ctx, file, o, func(yield func(int, func() parsed) bool) {
		yield(len(raw), func() parsed {
			item, err := wirefmt.Text(raw, options)
			if item.NewsID == 0 {
				item.SourceKey = "text:" + item.Hash
			}
			return read(1, item, err)
		})
	}, report)
}

// Ninjs imports a file of IPTC ninjs: one object, one a line, or an array. It
// is read as a stream; an item that is too large or no ninjs is a Refused line
// and the next is read.
func (im *Importer) Ninjs(ctx context.Context, file string, r io.Reader, o Options, report func(Line)) error {
	style, err := o.Edition.Style()
	if err != nil {
		return err
	}
	options := wirefmt.TextOptions{Zone: style.Zone, Calendar: o.Edition.Calendar, Language: o.Edition.Language}
	var broken error
	err = im.take(ctx, file, o, func(yield func(int, func() parsed) bool) {
		number := 0
		for raw, err := range wirefmt.NinjsStream(r) {
			number++
			n := number
			if err != nil && news.CodeOf(err) == "" {
				broken = fmt.Errorf("cannot read %s: %w", file, err)
				return
			}
			one := func() parsed {
				if err != nil {
					return parsed{number: n, err: err}
				}
				item, err := wirefmt.Ninjs(raw.Bytes, options)
				return read(n, item, err)
			}
			if !yield(len(raw.Bytes), one) {
				return
			}
		}
	}, report)
	if err != nil {
		return err
	}
	return broken
}
