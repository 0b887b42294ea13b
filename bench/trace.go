package main

import (
	"slices"

	"github.com/go-rod/rod"
	"github.com/go-rod/rod/lib/proto"
)

// trace is Chromium's own record of a page.
type trace struct {
	p      *rod.Page
	events []traceEvent
	done   func()
}

// traceEvent is one event of the trace, times in microseconds ("Trace Event
// Format", Chromium).
type traceEvent struct {
	name, kind    string
	process, line int
	at, took, ran float64 // begin, duration, time on the processor
}

// traced begins a trace of the browser.
func traced(p *rod.Page) *trace {
	t := &trace{p: p}
	b := p.Browser()
	t.done = b.EachEvent(func(e *proto.TracingDataCollected) {
		for _, v := range e.Value {
			one := traceEvent{name: v["name"].Str(), process: v["pid"].Int(), line: v["tid"].Int(), at: v["ts"].Num(), took: v["dur"].Num(), ran: v["tdur"].Num()}
			if args, ok := v["args"]; ok {
				one.kind = args.Get("data.type").Str()
			}
			t.events = append(t.events, one)
		}
	}, func(*proto.TracingTracingComplete) bool { return true })
	err := (proto.TracingStart{TransferMode: proto.TracingStartTransferModeReportEvents, TraceConfig: &proto.TracingTraceConfig{
		IncludedCategories: []string{"devtools.timeline", "disabled-by-default-devtools.timeline"}, ExcludedCategories: []string{"*"}}}).Call(b)
	if err != nil {
		panic(err)
	}
	return t
}

// busyAfterKeys ends the trace and adds up, for each key, the tasks of the
// page's thread from that key to the next, in milliseconds: by the clock, and
// by the processor, which other programs on the machine do not lengthen.
func (t *trace) busyAfterKeys() (clock, processor []float64) {
	if err := (proto.TracingEnd{}).Call(t.p.Browser()); err != nil {
		panic(err)
	}
	t.done()
	var keys []traceEvent
	for _, e := range t.events {
		if e.name == "EventDispatch" && e.kind == "keydown" {
			keys = append(keys, e)
		}
	}
	slices.SortFunc(keys, func(a, b traceEvent) int { return int(a.at - b.at) })
	clock = make([]float64, max(0, len(keys)-1))
	processor = make([]float64, len(clock))
	for _, e := range t.events {
		if e.name != "RunTask" || len(keys) == 0 || e.process != keys[0].process || e.line != keys[0].line {
			continue
		}
		end := e.at + e.took
		// the task in which the key was dispatched belongs to it
		for i := range clock {
			if end > keys[i].at && end <= keys[i+1].at {
				clock[i] += e.took / 1000
				processor[i] += e.ran / 1000
			}
		}
	}
	return clock, processor
}
