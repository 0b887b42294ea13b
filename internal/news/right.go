package news

// Right is one thing that somebody may do at the desk. Who has it stands in
// one table, below; the methods of the nouns, the rooms and the routes of the
// desk ask it. docs/roles.txt prints what comes of it, route by route.
type Right string

// The rights over one article.
const (
	MayRead           Right = "read"            // open it, its history, its notes and its preview
	MayEditDraft      Right = "edit a draft"    // and its settings; settle suggestions
	MayEditSubmitted  Right = "edit in review"  // likewise, in review or on the schedule
	MayEditLive       Right = "edit beside"     // prepare a change beside the live text
	MaySubmit         Right = "submit"          //
	MayHand           Right = "hand on"         // to a desk or a person, at a stage
	MayReturn         Right = "return"          //
	MayApprove        Right = "approve"         // nobody their own work: see Article.Approve
	MayPublish        Right = "publish"         // and go the way round, with a reason
	MaySchedule       Right = "schedule"        // and take off the schedule
	MayCorrect        Right = "correct"         //
	MayKill           Right = "kill"            //
	MayLabel          Right = "label"           // "developing", "story so far"
	MayTakeDown       Right = "take down"       // for legal reasons
	MayIndex          Right = "index"           // whether searches find it
	MayAnonymise      Right = "anonymise"       // replace a name
	MayAnswer         Right = "answer requests" // of the public, to change or remove it
	MaySpikeDraft     Right = "spike a draft"   //
	MaySpikeSubmitted Right = "spike in review" //
	MayRevive         Right = "revive"          //
	MayShow           Right = "show"            // make a preview link for somebody without an account
	MayDecide         Right = "decide comments" // of readers on it
	MayProtect        Right = "protect"         // give a byline that stands for somebody who is not named
)

// The rights over a planned story: see Assignment.Allows.
const (
	MayReadPlan Right = "read the plan"
	MayPlan     Right = "plan"        // add, change, move, drop; reporters for themselves
	MayBegin    Right = "begin story" // make the draft of a planned story
)

// The rights of the house, which are about no article.
const (
	MayEnter       Right = "enter"         // the desk, one's own account, views and mentions
	MayWrite       Right = "write"         // begin an article, bring pictures and files
	MayReadStyle   Right = "read style"    // the paper's own rules
	MayKeepStyle   Right = "keep style"    //
	MayKeepDesks   Right = "keep desks"    //
	MayOpenSealed  Right = "open sealed"   // what was taken down: every other right over it takes this one too
	MayShareViews  Right = "share views"   // with everybody
	MayReadRecord  Right = "read record"   // of every act of everybody, and export it
	MayKeepPeople  Right = "keep people"   //
	MayKeepSetting Right = "keep settings" // of the paper, its editions and their sections
	MayDuty        Right = "duty"          // the duty editor's page: of the sections they cover
)

// Grant is the least role that has a right, by what the article is to the
// person; "" = nobody has it for that alone. A right of the house has House only.
type Grant struct {
	Own     Role // they began the article
	Handed  Role // it was handed to them, or lies with a desk of theirs
	Section Role // they cover its section: see Person.Covers
	House   Role
}

// grants is the table.
var grants = []struct {
	right Right
	Grant
}{
	{MayRead, Grant{Own: Contributor, Handed: Contributor, Section: Editor}},
	{MayEditDraft, Grant{Own: Contributor, Handed: Contributor, Section: Editor}},
	{MayEditSubmitted, Grant{Handed: Editor, Section: Editor}},
	{MayEditLive, Grant{Section: Editor}},
	{MaySubmit, Grant{Own: Contributor, Handed: Contributor, Section: Editor}},
	{MayHand, Grant{Own: Contributor, Handed: Contributor, Section: Editor}},
	{MayReturn, Grant{Section: Editor}},
	{MayApprove, Grant{Section: Editor}},
	{MayPublish, Grant{Section: Editor}},
	{MaySchedule, Grant{Section: Editor}},
	{MayCorrect, Grant{Section: Editor}},
	{MayKill, Grant{Section: Editor}},
	{MayLabel, Grant{Section: Editor}},
	{MayTakeDown, Grant{Section: Chief}},
	{MayIndex, Grant{Section: Chief}},
	{MayAnonymise, Grant{Section: Editor}},
	{MayAnswer, Grant{Section: Editor}},
	{MaySpikeDraft, Grant{Own: Contributor, Section: Editor}},
	{MaySpikeSubmitted, Grant{Section: Editor}},
	{MayRevive, Grant{Own: Contributor, Section: Editor}},
	{MayShow, Grant{Own: Reporter, Handed: Reporter, Section: Editor}},
	{MayDecide, Grant{Section: Editor}},
	{MayProtect, Grant{Own: Contributor, Handed: Contributor, Section: Editor}},

	{MayReadPlan, Grant{Own: Contributor, Handed: Contributor, House: Reporter}},
	{MayPlan, Grant{Own: Reporter, Handed: Editor, Section: Editor}},
	{MayBegin, Grant{Own: Reporter, Handed: Contributor, Section: Editor}},

	{MayEnter, Grant{House: Contributor}},
	{MayWrite, Grant{House: Contributor}},
	{MayReadStyle, Grant{House: Editor}},
	{MayKeepStyle, Grant{House: Chief}},
	{MayKeepDesks, Grant{House: Chief}},
	{MayOpenSealed, Grant{House: Chief}},
	{MayShareViews, Grant{House: Chief}},
	{MayReadRecord, Grant{House: Chief}},
	{MayKeepPeople, Grant{House: Owner}},
	{MayKeepSetting, Grant{House: Owner}},
	{MayDuty, Grant{House: Editor}},
}

var grantOf = func() map[Right]Grant {
	m := make(map[Right]Grant, len(grants))
	for _, g := range grants {
		m[g.right] = g.Grant
	}
	return m
}()

// Rights lists the rights in the order of the table.
func Rights() []Right {
	list := make([]Right, len(grants))
	for i, g := range grants {
		list[i] = g.right
	}
	return list
}

// Grant is who has the right. One that is not in the table nobody has.
func (r Right) Grant() Grant { return grantOf[r] }

// Least is the least role that has the right at all: below it the door stays
// shut, whatever the article.
func (r Right) Least() Role {
	g := r.Grant()
	var least Role
	for _, role := range []Role{g.Own, g.Handed, g.Section, g.House} {
		if role != "" && (least == "" || least.AtLeast(role)) {
			least = role
		}
	}
	return least
}

// Least is the role itself: a route may name either.
func (r Role) Least() Role { return r }

// Allowed refuses a person who has not a right of the house.
func (p Person) Allowed(r Right) error {
	if !p.mayAt(r.Grant().House) {
		return Refuse(Forbidden, "error.right", "your role does not open this")
	}
	return nil
}

// mayAt is May for a cell of the table, where "" is nobody.
func (p Person) mayAt(least Role) bool { return least != "" && p.May(least) }

// Allows refuses a person who has not a right over the article.
func (a *Article) Allows(p Person, r Right) error {
	g := r.Grant()
	switch {
	case a.Sealed && p.Allowed(MayOpenSealed) != nil:
		return Refuse(Forbidden, "error.forbidden", "this article is sealed")
	case p.ID != 0 && a.Creator == p.ID && p.mayAt(g.Own):
	case a.HandedTo(p) && p.mayAt(g.Handed):
	case p.Covers(a.Section) && p.mayAt(g.Section):
	default:
		return Refuse(Forbidden, "error.forbidden", "you may not do this with this article: %s", r)
	}
	return nil
}

// HandedTo reports whether the article was handed to the person, or lies with
// a desk that they are a member of.
func (a *Article) HandedTo(p Person) bool {
	return p.ID != 0 && (a.Assignee == p.ID || p.OnDesk(a.Desk))
}
