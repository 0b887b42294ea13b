package app

import (
	"fmt"
	"net"
	"net/http"
	"net/http/pprof"
	"net/netip"
	"strings"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"broadsheet/internal/web"
)

// opsDoor is for the operator: metrics, health, profiles. It stays on loopback.
func (s *server) opsDoor() http.Handler {
	registry := prometheus.NewRegistry()
	registry.MustRegister(collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "broadsheet_clock_behind_seconds", Help: "By how much the paper's time is behind the system clock."},
			func() float64 { return s.clock.Behind().Seconds() }),
		prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: "broadsheet_pages_kept_bytes", Help: "Memory of rendered pages."},
			func() float64 { return float64(s.press.Kept()) }),
		prometheus.NewCounterFunc(prometheus.CounterOpts{Name: "broadsheet_pages_rendered_total", Help: "Pages rendered since the start."},
			func() float64 { return float64(s.press.Rendered()) }))
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", promhttp.HandlerFor(registry, promhttp.HandlerOpts{}))
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	mux.HandleFunc("GET /readyz", s.ready)
	mux.HandleFunc("GET /debug/pprof/", pprof.Index)
	mux.HandleFunc("GET /debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("GET /debug/pprof/trace", pprof.Trace)
	return web.Headers(mux, web.Data)
}

// onLoopback refuses other names than the machine's own where the door listens
// on loopback: a page that the operator reads elsewhere could else give its own
// name our address and read memory profiles, with drafts in them.
func onLoopback(next http.Handler, l net.Listener) http.Handler {
	if a, err := netip.ParseAddrPort(l.Addr().String()); err != nil || !a.Addr().IsLoopback() {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		host := r.Host
		if h, _, err := net.SplitHostPort(host); err == nil {
			host = h
		}
		if a, err := netip.ParseAddr(strings.Trim(host, "[]")); host != "localhost" && (err != nil || !a.IsLoopback()) {
			http.Error(w, "ask for this page as localhost or by its address", http.StatusMisdirectedRequest)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// ready says whether the paper can take writes: the database answers.
func (s *server) ready(w http.ResponseWriter, r *http.Request) {
	start := time.Now()
	if _, err := s.store.LastEvent(r.Context()); err != nil {
		http.Error(w, "the database does not answer: "+err.Error(), http.StatusServiceUnavailable)
		return
	}
	fmt.Fprintf(w, "ready; the database answered in %s\n", time.Since(start).Round(time.Microsecond))
}
