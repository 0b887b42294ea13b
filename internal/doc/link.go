package doc

// Link is the address that a link may carry for what somebody wrote: http,
// https, mailto, tel, a path, a query or a fragment, with what browsers read
// differently written as %XX. ok is false for every other, such as a script.
func Link(s string) (href string, ok bool) { return safeHref(s) }
