package web

import "net/http"

// Policy is what a door allows browsers to do with its answers.
type Policy uint8

// The policies. Secure is added to one of the others with "|" where the door
// is reached over HTTPS only: it promises so for two years (HSTS).
const (
	Public Policy = iota // pages and feeds: own scripts, styles, pictures, fonts; nothing inline, nobody else's
	Desk                 // the same, never kept in a cache; scripts may ask the desk and need trusted types
	Data                 // JSON for machines, ops: nothing at all
	Upload               // pictures and files from outside: sandboxed, other sites may show them

	Secure Policy = 1 << 7
)

// No inline script and no inline style anywhere: pages need no nonce and stay
// cacheable (CSP Level 3).
const (
	ownOnly = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; " +
		"form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
	trusted = "; connect-src 'self'; frame-src 'self'; require-trusted-types-for 'script'"
	framed  = "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; base-uri 'none'; frame-ancestors 'self'; sandbox allow-same-origin"
	nothing = "default-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
	sandbox = "default-src 'none'; sandbox"
	devices = "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), " +
		"microphone=(), midi=(), payment=(), usb=(), browsing-topics=()"
)

// field is a header line ready to be set: its value is shared by all answers,
// so it has no spare capacity that an append could write to.
type field struct {
	name  string
	value []string
}

// Headers sets the policy's headers on every answer before next is called; a
// handler may replace one for its own answer. Nothing is allocated here but
// what the answer's header map itself needs.
func Headers(next http.Handler, policy Policy) http.Handler {
	fields := policy.fields()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		header := w.Header()
		for i := range fields {
			header[fields[i].name] = fields[i].value
		}
		next.ServeHTTP(w, r)
	})
}

// fields are the header lines of a policy, names in canonical form.
func (p Policy) fields() []field {
	pairs := map[string]string{
		"Content-Security-Policy":      ownOnly,
		"X-Content-Type-Options":       "nosniff",
		"Referrer-Policy":              "strict-origin-when-cross-origin",
		"Cross-Origin-Opener-Policy":   "same-origin",
		"Cross-Origin-Resource-Policy": "same-origin",
		"Permissions-Policy":           devices,
	}
	switch p &^ Secure {
	case Desk:
		// not "no-referrer": browsers then send "Origin: null" with forms,
		// and without HTTPS nothing else tells where a form came from
		pairs["Referrer-Policy"] = "same-origin"
		pairs["Content-Security-Policy"] = ownOnly + trusted
		pairs["Cache-Control"] = "no-store, private"
	case Data:
		pairs["Content-Security-Policy"] = nothing
		pairs["Referrer-Policy"] = "no-referrer"
	case Upload:
		pairs["Content-Security-Policy"] = sandbox
		pairs["Cross-Origin-Resource-Policy"] = "cross-origin"
	}
	if p&Secure != 0 {
		pairs["Strict-Transport-Security"] = "max-age=63072000; includeSubDomains"
	}
	fields := make([]field, 0, len(pairs))
	for name, value := range pairs {
		fields = append(fields, field{name, []string{value}})
	}
	return fields
}

// Framed lets the door's own pages show this answer in a frame, without its
// scripts and forms.
func Framed(h http.Header) { h["Content-Security-Policy"] = []string{framed} }
