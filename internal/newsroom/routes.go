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
	return slices.Concat(n.storyRoutes(), n.sharedRoutes(), n.deskRoutes(), n.planRoutes(), n.accountRoutes(), n.houseRoutes())
}

// needs is what a route asks of a person: a right of the house's table, from
// which its least role comes, or for the door itself a role.
type needs interface{ Least() news.Role }

func (n *Newsroom) get(pattern string, needs needs, page page, query ...string) web.Route {
	right, _ := needs.(news.Right)
	return web.Route{Pattern: "GET " + pattern, Right: right, Least: needs.Least(), Query: query, Handle: n.with(page)}
}

func (n *Newsroom) post(pattern string, needs needs, body int64, page page) web.Route {
	right, _ := needs.(news.Right)
	return web.Route{Pattern: "POST " + pattern, Right: right, Least: needs.Least(), Body: body, Handle: n.with(page)}
}

// sharedRoutes are for two people at one story: what happens elsewhere, who has
// it open, what is written in the margin.
func (n *Newsroom) sharedRoutes() []web.Route {
	get, post := n.get, n.post
	return []web.Route{
		get("/rows", news.MayEnter, n.rows, "ids", "state", "section", "edition", "desk", "stage", "person", "mine", "q"),
		{Pattern: "GET /live", Right: news.MayEnter, Least: news.MayEnter.Least(), Query: []string{"after"}, Handle: n.with(n.liveStream)},
		get("/notes", news.MayEnter, n.calledPage),
		post("/articles/{id}/hold", news.MayEditDraft, smallForm, n.hold),
		get("/articles/{id}/notes", news.MayRead, n.notesPage, "done", "part"),
		post("/articles/{id}/notes", news.MayRead, smallForm, n.addNote),
		get("/articles/{id}/names", news.MayRead, n.noteNames, "q"),
		post("/articles/{id}/notes/{note}/reply", news.MayRead, smallForm, n.replyNote),
		post("/articles/{id}/notes/{note}/resolve", news.MayRead, smallForm, n.resolveNote),
		post("/articles/{id}/notes/{note}/reopen", news.MayRead, smallForm, n.reopenNote),
		post("/articles/{id}/notes/{note}/withdraw", news.MayRead, smallForm, n.withdrawNote),
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
		get("/{$}", news.MayEnter, n.queue, "state", "section", "edition", "desk", "stage", "person", "mine", "q", "below", "done", "undo"),
		get("/find", news.MayEnter, n.findArticles, "q", "state"),
		get("/articles/new", news.MayWrite, n.newArticle, "edition", "section", "protect"),
		post("/articles", news.MayWrite, articleForm, n.createArticle),
		get("/articles/{id}", news.MayRead, n.article, "done"),
		get("/articles/{id}/edit", news.MayEditDraft, n.editArticle, "done", "aside", "joined"),
		post("/articles/{id}/edit", news.MayEditDraft, articleForm, n.saveArticle),
		post("/articles/{id}/draft", news.MayEditDraft, articleForm, n.keepDraft),
		get("/articles/{id}/drafts", news.MayRead, n.drafts, "person", "tab", "seq", "base", "done"),
		post("/articles/{id}/drafts", news.MayEditDraft, smallForm, n.takeDraft),
		post("/articles/{id}/compare", news.MayRead, articleForm, n.comparePage),
		get("/articles/{id}/history", news.MayRead, n.history, "below"),
		get("/articles/{id}/revisions", news.MayRead, n.revisions, "below"),
		get("/articles/{id}/revisions/{number}", news.MayRead, n.revision),
		get("/articles/{id}/revisions/{number}/restore", news.MayEditDraft, n.restorePage),
		post("/articles/{id}/revisions/{number}/restore", news.MayEditDraft, smallForm, n.restore),
		get("/articles/{id}/difference", news.MayRead, n.differencePage, "from", "to"),
		get("/articles/{id}/preview", news.MayRead, n.previewPage, "revision", "at", "width", "done"),
		get("/articles/{id}/preview/page", news.MayRead, n.previewFrame, "revision", "at"),
		post("/articles/{id}/preview", news.MayShow, smallForm, n.makePreview),
		post("/articles/{id}/preview/end", news.MayShow, smallForm, n.endPreview),

		// the acts
		post("/articles/{id}/proof", news.MayRead, articleForm, n.proofArticle),
		post("/proof", news.MayWrite, articleForm, n.proofNew),
		post("/articles/{id}/submit", news.MaySubmit, smallForm, n.submit),
		post("/articles/{id}/hand", news.MayHand, smallForm, n.hand),
		post("/articles/{id}/return", news.MayReturn, smallForm, n.giveBack),
		post("/articles/{id}/suggestions/accept", news.MayEditDraft, smallForm, n.acceptSuggestion),
		post("/articles/{id}/suggestions/refuse", news.MayEditDraft, smallForm, n.refuseSuggestion),
		post("/articles/{id}/approve", news.MayApprove, smallForm, n.approve),
		post("/articles/{id}/publish", news.MayPublish, smallForm, n.publish),
		get("/articles/{id}/schedule", news.MaySchedule, n.schedulePage),
		post("/articles/{id}/schedule", news.MaySchedule, smallForm, n.schedule),
		post("/articles/{id}/unschedule", news.MaySchedule, smallForm, n.unschedule),
		get("/articles/{id}/correct", news.MayCorrect, n.correctPage, "done"),
		post("/articles/{id}/correct", news.MayCorrect, smallForm, n.correct),
		get("/articles/{id}/protect", news.MayProtect, n.protectPage, "done"),
		post("/articles/{id}/protect", news.MayProtect, smallForm, n.protect),
		get("/articles/{id}/labels", news.MayLabel, n.labelsPage),
		post("/articles/{id}/labels", news.MayLabel, smallForm, n.labels),
		get("/articles/{id}/anonymise", news.MayAnonymise, n.anonymisePage),
		post("/articles/{id}/anonymise", news.MayAnonymise, smallForm, n.anonymise),
		post("/articles/{id}/index", news.MayIndex, smallForm, n.index),
		get("/articles/{id}/take-down", news.MayTakeDown, n.takeDownPage),
		post("/articles/{id}/take-down", news.MayTakeDown, smallForm, n.takeDown),
		get("/articles/{id}/kill", news.MayKill, n.killPage),
		post("/articles/{id}/kill", news.MayKill, smallForm, n.kill),
		get("/articles/{id}/spike", news.MaySpikeDraft, n.spikePage),
		post("/articles/{id}/spike", news.MaySpikeDraft, smallForm, n.spike),
		post("/articles/{id}/revive", news.MayRevive, smallForm, n.revive),
	}
}

// accountRoutes are one's own account: the ways in, and where one is in.
func (n *Newsroom) accountRoutes() []web.Route {
	get, post := n.get, n.post
	return []web.Route{
		get("/account", news.MayEnter, n.accountPage, "done"),
		post("/account/password", news.MayEnter, smallForm, n.changePassword),
		post("/account/passkeys/ask", news.MayEnter, smallForm, n.offerPasskey),
		post("/account/passkeys", news.MayEnter, smallForm, n.addPasskey),
		get("/account/passkeys/{key}", news.MayEnter, n.passkeyPage),
		post("/account/passkeys/{key}", news.MayEnter, smallForm, n.removePasskey),
		get("/account/codes", news.MayEnter, n.codesPage),
		post("/account/codes", news.MayEnter, smallForm, n.confirmCodes),
		get("/account/codes/off", news.MayEnter, n.codesOffPage),
		post("/account/codes/off", news.MayEnter, smallForm, n.codesOff),
		post("/account/recovery", news.MayEnter, smallForm, n.newRecovery),
		post("/account/sessions", news.MayEnter, smallForm, n.endSession),
		post("/account/sign-out-everywhere", news.MayEnter, smallForm, n.signOutEverywhere),
		get("/account/identity", news.MayEnter, n.identityTie),
		post("/account/identity/untie", news.MayEnter, smallForm, n.identityUntie),
		get("/account/record", news.MayEnter, n.ownRecord, "below"),
		get("/account/acts", news.MayEnter, n.ownActs, "below"),
	}
}

// deskRoutes are the desks, and the views that people save of the list.
func (n *Newsroom) deskRoutes() []web.Route {
	get, post := n.get, n.post
	return []web.Route{
		get("/desks", news.MayKeepDesks, n.desksPage, "done"),
		post("/desks", news.MayKeepDesks, smallForm, n.addDesk),
		get("/desks/{id}", news.MayKeepDesks, n.deskPage, "done"),
		post("/desks/{id}", news.MayKeepDesks, smallForm, n.saveDesk),
		post("/desks/{id}/remove", news.MayKeepDesks, smallForm, n.removeDesk),
		post("/views", news.MayEnter, smallForm, n.addView),
		post("/views/{id}", news.MayEnter, smallForm, n.saveView),
		post("/views/{id}/remove", news.MayEnter, smallForm, n.removeView),
		post("/views/{id}/restore", news.MayEnter, smallForm, n.restoreView),
	}
}

// planRoutes are the pages of those who look ahead: the story plan, the duty
// editor's page, the calendar.
func (n *Newsroom) planRoutes() []web.Route {
	get, post := n.get, n.post
	return []web.Route{
		get("/plan", news.MayReadPlan, n.planShow, "day", "edition", "desk", "span", "done", "undo"),
		post("/plan", news.MayPlan, smallForm, n.addPlan),
		get("/plan/{id}", news.MayReadPlan, n.planOne, "done"),
		post("/plan/{id}", news.MayPlan, smallForm, n.savePlan),
		post("/plan/{id}/move", news.MayPlan, smallForm, n.movePlan),
		post("/plan/{id}/drop", news.MayPlan, smallForm, n.dropPlan),
		post("/plan/{id}/restore", news.MayPlan, smallForm, n.restorePlan),
		post("/plan/{id}/begin", news.MayBegin, smallForm, n.beginPlan),
		post("/plan/{id}/tie", news.MayPlan, smallForm, n.tiePlan),
		get("/duty", news.MayDuty, n.duty),
		get("/calendar", news.MayEnter, n.calendar, "day", "edition"),
	}
}

// houseRoutes are readers' comments, people and settings.
func (n *Newsroom) houseRoutes() []web.Route {
	get, post := n.get, n.post
	return []web.Route{
		// pictures and files
		post("/media", news.MayWrite, onePicture, n.keepPicture),
		get("/manuscripts/new", news.MayWrite, n.newManuscripts),
		post("/manuscripts", news.MayWrite, manyFiles, n.takeManuscripts),
		get("/media/{hash}/{name}", news.MayEnter, n.picture),

		// the paper's own style
		get("/style", news.MayReadStyle, n.styleList, "undo", "was", "done"),
		post("/style", news.MayKeepStyle, smallForm, n.addRule),
		get("/style/new", news.MayKeepStyle, n.newRule),
		get("/style/style.toml", news.MayReadStyle, n.exportRules),
		post("/style/file", news.MayKeepStyle, ruleFile+64<<10, n.importRules),
		get("/style/{id}", news.MayReadStyle, n.ruleOne, "done"),
		post("/style/{id}", news.MayKeepStyle, smallForm, n.saveRule),
		get("/style/{id}/try", news.MayReadStyle, n.tryRule, "below", "seen", "hits", "in"),
		post("/style/{id}/state", news.MayKeepStyle, smallForm, n.setRule),

		// readers' comments
		get("/comments", news.MayDecide, n.commentQueue, "state", "below", "undo", "did"),
		post("/comments", news.MayDecide, smallForm, n.decideComments),
		post("/comments/undo", news.MayDecide, smallForm, n.undoComments),

		// readers' requests to unpublish
		get("/requests", news.MayAnswer, n.requestQueue, "state", "below", "done"),
		get("/requests/{id}", news.MayAnswer, n.requestOne, "done"),
		post("/requests/{id}", news.MayAnswer, smallForm, n.speak),
		post("/requests/{id}/answer", news.MayAnswer, smallForm, n.answerRequest),
		post("/requests/{id}/spam", news.MayAnswer, smallForm, n.spamRequest),

		// the record of every act
		get("/record", news.MayReadRecord, n.actsRecord, "person", "kind", "article", "q", "from", "to", "below"),
		get("/record/record.jsonl", news.MayReadRecord, n.exportRecord),
		get("/people/{id}/acts", news.MayReadRecord, n.personActs, "below"),

		// the owner's rooms
		get("/set-up", news.MayKeepSetting, n.setUpPage, "language"),
		post("/set-up", news.MayKeepSetting, smallForm, n.setUp),
		get("/people", news.MayKeepPeople, n.people, "done"),
		post("/people", news.MayKeepPeople, smallForm, n.addPerson),
		get("/people/{id}", news.MayKeepPeople, n.person, "done"),
		post("/people/{id}", news.MayKeepPeople, smallForm, n.savePerson),
		post("/people/{id}/link", news.MayKeepPeople, smallForm, n.newLink),
		get("/people/{id}/ways", news.MayKeepPeople, n.forgetWaysPage),
		post("/people/{id}/ways", news.MayKeepPeople, smallForm, n.forgetWays),
		get("/people/{id}/leave", news.MayKeepPeople, n.leaving, "done"),
		post("/people/{id}/leave", news.MayKeepPeople, smallForm, n.leave),
		get("/people/{id}/record", news.MayKeepPeople, n.personRecord, "below"),
		get("/settings", news.MayKeepSetting, n.settings, "done"),
		post("/settings", news.MayKeepSetting, smallForm, n.savePaper),
		get("/settings/identity", news.MayKeepSetting, n.identitySettings, "done"),
		post("/settings/identity", news.MayKeepSetting, smallForm, n.saveIdentity),
		get("/settings/editions/new", news.MayKeepSetting, n.newEdition),
		post("/settings/editions", news.MayKeepSetting, smallForm, n.addEdition),
		get("/settings/editions/{id}", news.MayKeepSetting, n.editionPage, "done"),
		post("/settings/editions/{id}", news.MayKeepSetting, smallForm, n.saveEdition),
		post("/settings/editions/{id}/sections", news.MayKeepSetting, smallForm, n.saveSections),
	}
}
