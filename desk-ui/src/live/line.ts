// One line to the desk for all windows of a browser: a browser keeps six
// connections to a server, and ten open stories must not use them up. The
// window that holds the lock has the stream and tells the others.

/** What happened, as newsroom/live.go says it. */
export interface Happened {
  kind: string;
  article: number;
  head: number;
  actor: number;
  by: string;
  at: string;
  time: string; // by the desk's clock
  mentions?: number;
}

interface Message {
  seq: number;
  happened?: Happened; // without: much was missed
}

/** What windows tell each other. */
type Said = { tell: Message } | { ask: number };

const longHidden = 5 * 60_000; // a window nobody looks at gives the line up
const kept = 200; // messages that are told again to a window that comes late

export function line(): void {
  const { seq, person } = document.body.dataset;
  if (!seq || !person) return;
  new Line(Number(seq), "broadsheet-live-" + person).watch();
}

class Line {
  private readonly channel: BroadcastChannel | null;
  private recent: Message[] = [];
  private from = 0; // everything after this event stands in recent
  private source: EventSource | null = null;
  private stop: AbortController | null = null; // while this window wants the line
  private hidden = 0;
  private tries = 0;
  private retry = 0;

  constructor(private seq: number, private readonly name: string) {
    this.channel = "BroadcastChannel" in window ? new BroadcastChannel(name) : null;
  }

  watch(): void {
    this.channel?.addEventListener("message", (e: MessageEvent<Said>) => this.hear(e.data));
    document.addEventListener("visibilitychange", () => this.look());
    addEventListener("pagehide", () => this.leave());
    addEventListener("pageshow", (e) => { if (e.persisted) this.look(); });
    addEventListener("online", () => { if (this.source) this.open(); });
    this.look();
  }

  private look(): void {
    clearTimeout(this.hidden);
    if (document.visibilityState === "visible") this.join();
    // without locks every window has a line of its own: only the one that is seen may
    else this.hidden = window.setTimeout(() => this.leave(), navigator.locks ? longHidden : 5_000);
  }

  private join(): void {
    if (this.stop) return;
    const stop = (this.stop = new AbortController());
    this.channel?.postMessage({ ask: this.seq } satisfies Said);
    if (!navigator.locks) {
      this.open();
      return;
    }
    navigator.locks.request(this.name, { signal: stop.signal }, () => new Promise<void>((done) => {
      if (stop.signal.aborted) return done();
      stop.signal.addEventListener("abort", () => done());
      this.open();
    })).catch(() => { /* given up before it was this window's turn */ });
  }

  private leave(): void {
    clearTimeout(this.retry);
    this.stop?.abort();
    this.stop = null;
    this.source?.close();
    this.source = null;
  }

  private open(): void {
    this.source?.close();
    this.from = this.seq;
    this.recent = [];
    const source = (this.source = new EventSource("/live?after=" + this.seq));
    source.onopen = () => { this.tries = 0; };
    source.onmessage = (e) => this.tell({ seq: Number(e.lastEventId), happened: JSON.parse(e.data) as Happened });
    source.addEventListener("missed", (e) => this.tell({ seq: Number(e.lastEventId) }));
    source.onerror = () => {
      if (source.readyState !== EventSource.CLOSED || source !== this.source) return; // the browser tries again by itself
      this.retry = window.setTimeout(() => { if (source === this.source) this.open(); }, Math.min(60_000, 2_000 * 2 ** this.tries++) * (0.75 + Math.random() / 2));
    };
  }

  /** The window with the line hears something. */
  private tell(m: Message): void {
    this.recent.push(m);
    if (this.recent.length > kept) this.from = this.recent.shift()!.seq;
    this.channel?.postMessage({ tell: m } satisfies Said);
    this.take(m);
  }

  private hear(s: Said): void {
    if ("tell" in s) this.take(s.tell);
    else if (this.source && s.ask < this.seq) {
      const missed: Message[] = s.ask < this.from ? [{ seq: this.seq }] : this.recent.filter((m) => m.seq > s.ask);
      for (const m of missed) this.channel?.postMessage({ tell: m } satisfies Said);
    }
  }

  private take(m: Message): void {
    if (m.seq <= this.seq) return;
    this.seq = m.seq;
    document.dispatchEvent(m.happened ? new CustomEvent("desk:happened", { detail: m.happened }) : new CustomEvent("desk:missed"));
  }
}

/** Hears what happens at the desk; missed says that this page may be old in more than one place. */
export function listen(happened: (h: Happened) => void, missed: () => void = () => {}): void {
  document.addEventListener("desk:happened", (e) => happened((e as CustomEvent<Happened>).detail));
  document.addEventListener("desk:missed", missed);
}
