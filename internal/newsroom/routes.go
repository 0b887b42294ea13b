package newsroom

import (
	"slices"

	"broadsheet/internal/news"
	"broadsheet/internal/web"
)

// Limits of what the desk's forms send, in bytes. A letter of a Persian text
// takes six in a form where it takes two in the article.
const (
	articleForm = 4 * news.MaxArticle
	smallForm   = 128 << 10
	onePicture  = web.MaxUpload + 64<<10 // and the form around it
	manyFiles   = web.MaxUploads + 64<<10
)

// Routes is the map of the desk: address, least role, most bytes of a form,
// known query parameters.
func (n *Newsroom) Routes() []web.Route {
	return slices.Concat(n.storyRoutes(), n.sharedRoutes(), n.accountRoutes(), n.houseRoutes())
}

func (n *Newsroom) get(pattern string, least news.Role, page page, query ...string) web.Route {
	return web.Route{Pattern: "GET " + pattern, Least: least, Query: query, Handle: n.with(page)}
}

func (n *Newsroom) post(pattern string, least news.Role, body int64, page page) web.Route {
	return web.Route{Pattern: "POST " + pattern, Least: least, Body: body, Handle: n.with(page)}
}

// sharedRoutes are for two people at one story: what happens elsewhere, who has
// it open, what is written in the margin.
func (n *Newsroom) sharedRoutes() []web.Route {
	get, post := n.get, n.post
	return []web.Route{
		get("/rows", news.Contributor, n.rows, "ids", "state", "section", "edition", "mine", "q"),
		{Pattern: "GET /live", Least: news.Contributor, Query: []string{"after"}, Handle: n.with(n.liveStream)},
		get("/notes", news.Contributor, n.calledPage),
		post("/articles/{id}/hold", news.Contributor, smallForm, n.hold),
		get("/articles/{id}/notes", news.Contributor, n.notesPage, "done", "part"),
		post("/articles/{id}/notes", news.Contributor, smallForm, n.addNote),
		get("/articles/{id}/names", news.Contributor, n.noteNames, "q"),
		post("/articles/{id}/notes/{note}/reply", news.Contributor, smallForm, n.replyNote),
		post("/articles/{id}/notes/{note}/resolve", news.Contributor, smallForm, n.resolveNote),
		post("/articles/{id}/notes/{note}/reopen", news.Contributor, smallForm, n.reopenNote),
		post("/articles/{id}/notes/{note}/withdraw", news.Contributor, smallForm, n.withdrawNote),
	}
}

// storyRoutes are the door itself, the list, one article and the acts on it.
func (n *Newsroom) storyRoutes() []web.Route {
	get, post := n.get, n.post
	return []web.Route{
		// the door itself
		get("/sign-in", web.Everyone, n.signInPage, "to", "done"),
		post("/sign-in", web.Everyone, smallForm, n.signIn),
		post("/sign-in/code", web.Everyone, smallForm, n.answerCode),
		get("/sign-in/identity", web.Everyone, n.identitySignIn, "to"),
		get("/sign-in/identity/done", web.Everyone, n.identityAnswer, "code", "state", "iss", "session_state", "scope", "error", "error_description"),
		post("/sign-in/passkey/ask", web.Everyone, smallForm, n.askPasskey),
		post("/sign-in/passkey", web.Everyone, smallForm, n.signInByPasskey),
		post("/sign-out", web.Everyone, smallForm, n.signOut),
		get("/invitation/{secret}", web.Everyone, n.invitationPage),
		post("/invitation/{secret}", web.Everyone, smallForm, n.acceptInvitation),
		{Pattern: "GET /assets/{hash}/{name...}", Least: web.Everyone, Handle: n.asset},
		{Pattern: "GET /accent/{name}", Least: web.Everyone, Handle: n.accent},

		// the list and one article
		get("/{$}", news.Contributor, n.queue, "state", "section", "edition", "mine", "q", "below", "done"),
		get("/find", news.Contributor, n.findArticles, "q", "state"),
		get("/articles/new", news.Contributor, n.newArticle, "edition", "section"),
		post("/articles", news.Contributor, articleForm, n.createArticle),
		get("/articles/{id}", news.Contributor, n.article, "done"),
		get("/articles/{id}/edit", news.Contributor, n.editArticle, "done", "aside", "joined"),
		post("/articles/{id}/edit", news.Contributor, articleForm, n.saveArticle),
		post("/articles/{id}/draft", news.Contributor, articleForm, n.keepDraft),
		get("/articles/{id}/drafts", news.Contributor, n.drafts, "person", "tab", "seq", "base", "done"),
		post("/articles/{id}/drafts", news.Contributor, smallForm, n.takeDraft),
		post("/articles/{id}/compare", news.Contributor, articleForm, n.comparePage),
		get("/articles/{id}/history", news.Contributor, n.history, "below"),
		get("/articles/{id}/revisions", news.Contributor, n.revisions, "below"),
		get("/articles/{id}/revisions/{number}", news.Contributor, n.revision),
		get("/articles/{id}/revisions/{number}/restore", news.Contributor, n.restorePage),
		post("/articles/{id}/revisions/{number}/restore", news.Contributor, smallForm, n.restore),
		get("/articles/{id}/difference", news.Contributor, n.differencePage, "from", "to"),
		get("/articles/{id}/preview", news.Contributor, n.previewPage, "revision", "at", "width", "done"),
		get("/articles/{id}/preview/page", news.Contributor, n.previewFrame, "revision", "at"),
		post("/articles/{id}/preview", news.Reporter, smallForm, n.makePreview),
		post("/articles/{id}/preview/end", news.Reporter, smallForm, n.endPreview),

		// the acts
		post("/articles/{id}/proof", news.Contributor, articleForm, n.proofArticle),
		post("/proof", news.Contributor, articleForm, n.proofNew),
		post("/articles/{id}/submit", news.Contributor, smallForm, n.submit),
		post("/articles/{id}/return", news.Editor, smallForm, n.giveBack),
		post("/articles/{id}/suggestions/accept", news.Contributor, smallForm, n.acceptSuggestion),
		post("/articles/{id}/suggestions/refuse", news.Contributor, smallForm, n.refuseSuggestion),
		post("/articles/{id}/approve", news.Editor, smallForm, n.approve),
		post("/articles/{id}/publish", news.Editor, smallForm, n.publish),
		get("/articles/{id}/schedule", news.Editor, n.schedulePage),
		post("/articles/{id}/schedule", news.Editor, smallForm, n.schedule),
		post("/articles/{id}/unschedule", news.Editor, smallForm, n.unschedule),
		get("/articles/{id}/correct", news.Editor, n.correctPage, "done"),
		post("/articles/{id}/correct", news.Editor, smallForm, n.correct),
		get("/articles/{id}/labels", news.Editor, n.labelsPage),
		post("/articles/{id}/labels", news.Editor, smallForm, n.labels),
		get("/articles/{id}/anonymise", news.Editor, n.anonymisePage),
		post("/articles/{id}/anonymise", news.Editor, smallForm, n.anonymise),
		post("/articles/{id}/index", news.Chief, smallForm, n.index),
		get("/articles/{id}/take-down", news.Chief, n.takeDownPage),
		post("/articles/{id}/take-down", news.Chief, smallForm, n.takeDown),
		get("/articles/{id}/kill", news.Editor, n.killPage),
		post("/articles/{id}/kill", news.Editor, smallForm, n.kill),
		get("/articles/{id}/spike", news.Contributor, n.spikePage),
		post("/articles/{id}/spike", news.Contributor, smallForm, n.spike),
		post("/articles/{id}/revive", news.Contributor, smallForm, n.revive),
	}
}

// accountRoutes are one's own account: the ways in, and where one is in.
func (n *Newsroom) accountRoutes() []web.Route {
	get, post := n.get, n.post
	return []web.Route{
		get("/account", news.Contributor, n.accountPage, "done"),
		post("/account/password", news.Contributor, smallForm, n.changePassword),
		post("/account/passkeys/ask", news.Contributor, smallForm, n.offerPasskey),
		post("/account/passkeys", news.Contributor, smallForm, n.addPasskey),
		get("/account/passkeys/{key}", news.Contributor, n.passkeyPage),
		post("/account/passkeys/{key}", news.Contributor, smallForm, n.removePasskey),
		get("/account/codes", news.Contributor, n.codesPage),
		post("/account/codes", news.Contributor, smallForm, n.confirmCodes),
		get("/account/codes/off", news.Contributor, n.codesOffPage),
		post("/account/codes/off", news.Contributor, smallForm, n.codesOff),
		post("/account/recovery", news.Contributor, smallForm, n.newRecovery),
		post("/account/sessions", news.Contributor, smallForm, n.endSession),
		post("/account/sign-out-everywhere", news.Contributor, smallForm, n.signOutEverywhere),
		get("/account/identity", news.Contributor, n.identityTie),
		post("/account/identity/untie", news.Contributor, smallForm, n.identityUntie),
		get("/account/record", news.Contributor, n.ownRecord, "below"),
	}
}

// houseRoutes are readers' comments, people and settings.
func (n *Newsroom) houseRoutes() []web.Route {
	get, post := n.get, n.post
	return []web.Route{
		// pictures and files
		post("/media", news.Contributor, onePicture, n.keepPicture),
		get("/manuscripts/new", news.Contributor, n.newManuscripts),
		post("/manuscripts", news.Contributor, manyFiles, n.takeManuscripts),
		get("/media/{hash}/{name}", news.Contributor, n.picture),

		// the paper's own style
		get("/style", news.Editor, n.styleList, "undo", "was", "done"),
		post("/style", news.Chief, smallForm, n.addRule),
		get("/style/new", news.Chief, n.newRule),
		get("/style/style.toml", news.Editor, n.exportRules),
		post("/style/file", news.Chief, ruleFile+64<<10, n.importRules),
		get("/style/{id}", news.Editor, n.ruleOne, "done"),
		post("/style/{id}", news.Chief, smallForm, n.saveRule),
		get("/style/{id}/try", news.Editor, n.tryRule, "below", "seen", "hits", "in"),
		post("/style/{id}/state", news.Chief, smallForm, n.setRule),

		// readers' comments
		get("/comments", news.Editor, n.commentQueue, "state", "below", "undo", "did"),
		post("/comments", news.Editor, smallForm, n.decideComments),
		post("/comments/undo", news.Editor, smallForm, n.undoComments),

		// readers' requests to unpublish
		get("/requests", news.Editor, n.requestQueue, "state", "below", "done"),
		get("/requests/{id}", news.Editor, n.requestOne, "done"),
		post("/requests/{id}", news.Editor, smallForm, n.speak),
		post("/requests/{id}/answer", news.Editor, smallForm, n.answerRequest),
		post("/requests/{id}/spam", news.Editor, smallForm, n.spamRequest),

		// the owner's rooms
		get("/set-up", news.Owner, n.setUpPage, "language"),
		post("/set-up", news.Owner, smallForm, n.setUp),
		get("/people", news.Owner, n.people, "done"),
		post("/people", news.Owner, smallForm, n.addPerson),
		get("/people/{id}", news.Owner, n.person, "done"),
		post("/people/{id}", news.Owner, smallForm, n.savePerson),
		post("/people/{id}/link", news.Owner, smallForm, n.newLink),
		get("/people/{id}/ways", news.Owner, n.forgetWaysPage),
		post("/people/{id}/ways", news.Owner, smallForm, n.forgetWays),
		get("/people/{id}/leave", news.Owner, n.leaving, "done"),
		post("/people/{id}/leave", news.Owner, smallForm, n.leave),
		get("/people/{id}/record", news.Owner, n.personRecord, "below"),
		get("/settings", news.Owner, n.settings, "done"),
		post("/settings", news.Owner, smallForm, n.savePaper),
		get("/settings/identity", news.Owner, n.identitySettings, "done"),
		post("/settings/identity", news.Owner, smallForm, n.saveIdentity),
		get("/settings/editions/new", news.Owner, n.newEdition),
		post("/settings/editions", news.Owner, smallForm, n.addEdition),
		get("/settings/editions/{id}", news.Owner, n.editionPage, "done"),
		post("/settings/editions/{id}", news.Owner, smallForm, n.saveEdition),
		post("/settings/editions/{id}/sections", news.Owner, smallForm, n.saveSections),
	}
}
