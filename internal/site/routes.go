package site

import (
	"broadsheet/internal/news"
	"broadsheet/internal/web"
)

// commentForm is the most a comment's form may weigh: the text's limit, and
// as much again for what the form's encoding adds.
const commentForm = 3*news.MaxComment + 4<<10

// Routes is the map of the public door, the same for every edition.
func (s *Site) Routes(e news.Edition) []web.Route {
	d := &door{Site: s, e: e}
	get := func(pattern string, h web.Handler, query ...string) web.Route {
		return web.Route{Pattern: "GET " + pattern, Least: web.Everyone, Query: query, Handle: h}
	}
	return []web.Route{
		get("/{$}", d.front),
		get("/news/{id}", d.article),
		get("/news/{id}/{words...}", d.articleWords),
		get("/news/{id}/comments", d.comments, "after"),
		{Pattern: "POST /news/{id}/comments", Least: web.Everyone, Body: commentForm, Handle: d.postComment},
		get("/news/{id}/versions", d.versions),
		get("/news/{id}/request", d.request),
		{Pattern: "POST /news/{id}/request", Least: web.Everyone, Body: requestForm, Handle: d.postRequest},
		get("/preview/{secret}", d.preview),

		get("/section/{slug}", d.section),
		get("/section/{slug}/{year}/{month}", d.sectionMonth),
		get("/author/{slug}", d.author),
		get("/topic/{slug}", d.topic),

		get("/archive", d.archive),
		get("/archive/{a}", d.archive),
		get("/archive/{a}/{b}", d.archive),
		get("/archive/{a}/{b}/{c}", d.archive),
		get("/archive/{a}/{b}/{c}/{d}", d.archive),
		get("/search", d.search, "q", "section", "from", "to", "order", "below"),
		get("/corrections", d.corrections, "after"),

		get("/feed.xml", d.feed), get("/feed.atom", d.feed), get("/feed.json", d.feed),
		get("/section/{slug}/feed.xml", d.feed), get("/section/{slug}/feed.atom", d.feed), get("/section/{slug}/feed.json", d.feed),
		get("/author/{slug}/feed.xml", d.feed), get("/author/{slug}/feed.atom", d.feed), get("/author/{slug}/feed.json", d.feed),
		get("/topic/{slug}/feed.xml", d.feed), get("/topic/{slug}/feed.atom", d.feed), get("/topic/{slug}/feed.json", d.feed),

		get("/sitemap.xml", d.sitemap),
		get("/sitemap-news.xml", d.sitemapNews),
		get("/robots.txt", d.robots),
		get("/{file}", d.sitemapMonth),

		get("/media/{hash}/{name}", d.picture, "preview"),
		get("/assets/{mark}/{name...}", d.asset),
		get("/accent/{name}", d.accent),
	}
}
