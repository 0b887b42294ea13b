// One window's log: its states, where each of them is kept, and what became a
// revision. Every change goes into the browser's store within a third of a
// second, and to the desk within two; saving is never needed by hand.
import type { Node } from "prosemirror-model";
import { Refusal, ask } from "../ask";
import { fromDocument } from "../editor/document";
import type { Copy, Sheet } from "../sheet";
import { freshName, keepHere, live, type Refused } from "./browser";
import { field, post } from "./outbox";
import { size, spliceOf, type Splice } from "./splice";

const toBrowser = 250; // milliseconds from a change to the browser's store
const afterKey = 1_000; // from the last key to the desk
const atMost = 1_800; // from the first
const pause = 45_000; // without a key: what was typed becomes a revision
const idle = 1_500; // without a key: another's text may be joined in
const longest = 30_000; // between two tries
const patience = 10_000; // milliseconds for an answer that brings nothing
const leaving = 60_000; // bytes that a browser sends for a window that closes

/** Where the newest words are. */
export type Place = "kept" | "coming" | "offline" | "signed-out" | "refused";

/** What the desk answers. */
export interface Answer {
  kept: number;
  time: string;
  head: number;
  by?: string;
  settled: number;
  revision: number;
  barred?: string;
  id?: number;
  number?: number;
  joined?: boolean;
  copy?: Copy;
}

/** Two texts that a person has to compare. */
export interface Clash {
  head: number;
  page: string;
  saved: Copy;
  joined: Copy;
}

/** A state of another window, or of this one before it was opened again, that this one goes on with. */
export interface Before {
  tab: string;
  seq: number;
}

/** What the log tells the page. */
export interface Tells {
  place(): void;
  joined(copy: Copy, base: number, number: number): void;
  clash(clash: Clash): void;
}

const factNames = ["embargo", "comments", "story"]; // a form that was opened long ago must not take back what a colleague set

export class Log {
  place: Place = "kept";
  time = ""; // of the last state the desk has, by its clock
  said = ""; // why something was refused
  bad: Refused | null = null; // what the browser's store answers
  clash: Clash | null = null;
  private clashAt = 0; // the state that was compared
  private readonly window = freshName();
  private tab = "";
  private before: Before | null = null; // the log that this window goes on with
  private naming: Promise<void> | null = null;
  private release: (() => void) | null = null; // gives the log's name free
  private text: string; // of the newest state
  private seq = 0;
  private here = 0; // the newest state in the browser's store
  private acked = 0; // the newest state that the desk has
  private ackedText = "";
  private settled = 0; // the newest state in a revision
  private readonly facts: Record<string, string> = {}; // embargo and the like, as the desk has them
  private dirty = false;
  private since = 0; // when the first key came that the desk has not
  private last = 0; // when the last key came
  private timers = { browser: 0, send: 0, pause: 0, again: 0 };
  private sending: Promise<void> | null = null;
  private tries = 0;
  private quiet = false;
  private join = false; // somebody saved: to be joined in at the next pause

  constructor(private readonly sheet: Sheet, private readonly tells: Tells) {
    this.remember();
    this.text = this.copy();
    live(this.window);
    sheet.onChange(() => this.changed());
  }

  /** Takes in what somebody typed while the page was still being put together. */
  catchUp(): void {
    const letters = (doc: Node): string => doc.textContent.replace(/\s+/g, ""); // an undone text may end in other spaces
    if (letters(fromDocument(this.sheet.facts.document)) === letters(this.sheet.view.state.doc)) return;
    this.text = "";
    this.changed();
  }

  /** Whether anything was typed in this window. */
  get typed(): boolean { return this.seq > 0 || this.dirty; }

  /** Whether the newest words are neither on the desk nor in the browser's store, nor on their way into it. */
  get nowhere(): boolean { return this.acked < this.seq && this.here < this.seq && this.bad !== null; }

  /** Whether the newest words are in no revision. */
  get open(): boolean { return this.dirty || this.settled < this.seq; }

  /** Whether the newest words wait for the desk. */
  get waits(): boolean { return this.dirty || this.acked < this.seq; }

  /** Whether the two texts to be compared are the newest ones of this window. */
  get compared(): boolean {
    this.snapshot();
    return this.clash !== null && this.clashAt === this.seq;
  }

  /** Whether the desk answers and takes what is typed. */
  get reached(): boolean { return this.place === "kept" || this.place === "coming"; }

  /** Takes what stands in the form as the newest state that is known elsewhere. */
  adopt(base: number): void {
    this.sheet.facts.base = base;
    const hidden = this.sheet.form.elements.namedItem("base");
    if (hidden instanceof HTMLInputElement) hidden.value = String(base);
    this.text = this.copy();
    this.dirty = false;
  }

  /** Takes the name of a log that was begun elsewhere, for the time when it goes on here. */
  async reserve(tab: string): Promise<void> {
    this.release = await take(tab);
  }

  /** Goes on with a log that was begun elsewhere, or begins one. */
  begin(before: Before | null): Promise<void> {
    this.before = before;
    return this.name();
  }

  /** Another window of the person goes on: everything is sent, and the log is free for it. */
  async giveWay(): Promise<void> {
    await this.send();
    this.release?.();
    this.release = null;
    this.before = this.tab ? { tab: this.tab, seq: 0 } : null;
    this.tab = "";
  }

  /** Does something to the form that nobody typed. */
  silently(act: () => void): void {
    this.quiet = true;
    try { act(); } finally { this.quiet = false; }
  }

  /** What stands in the form for embargo and the like is what the desk has. */
  remember(): void {
    const copy = this.sheet.copy();
    for (const name of factNames) this.facts["was." + name] = String(copy[name] ?? "");
  }

  /** The same, as a copy that was kept before says it. */
  was(copy: Copy): void {
    for (const name of factNames) {
      const said = copy["was." + name];
      if (typeof said === "string") this.facts["was." + name] = said;
    }
    this.text = this.copy();
  }

  /** What stands in the form was typed on an older revision: at the next pause it is joined with the newest. */
  joinSoon(): void {
    this.join = true;
    this.restate();
    window.setTimeout(() => this.joinIn(), idle);
  }

  private copy(): string { return this.sheet.text(this.facts); }

  private changed(): void {
    if (this.quiet) return;
    const now = performance.now();
    this.last = now;
    if (!this.dirty) this.dirty = true;
    this.since ||= now;
    if (!this.timers.browser) this.timers.browser = whenIdle(() => { this.timers.browser = 0; this.snapshot(); }, toBrowser);
    this.plan();
    if (this.place === "kept") this.tell("coming");
  }

  private plan(): void {
    clearTimeout(this.timers.send);
    const now = performance.now();
    const wait = Math.min(this.since + atMost, this.last + afterKey) - now;
    this.timers.send = window.setTimeout(() => void this.send(), Math.max(0, wait));
    clearTimeout(this.timers.pause);
    this.timers.pause = window.setTimeout(() => void this.save(true), pause);
  }

  /** Makes a state of what stands in the form, and keeps it in the browser. */
  snapshot(): void {
    if (!this.dirty) return;
    this.dirty = false;
    const text = this.copy();
    if (text === this.text) {
      if (this.acked === this.seq) {
        this.since = 0;
        if (this.place === "coming") this.tell("kept"); // typed and taken back
      }
      return;
    }
    this.text = text;
    this.seq++;
    void this.keep();
  }

  private async keep(): Promise<void> {
    const { facts } = this.sheet;
    const seq = this.seq;
    const bad = await keepHere({ window: this.window, person: facts.person.id, article: facts.article, token: facts.token, tab: this.tab || this.window,
      seq, acked: this.acked, base: facts.base, copy: this.text, title: this.title(), at: Date.now() });
    if (!bad) this.here = Math.max(this.here, seq);
    if (bad !== this.bad) {
      this.bad = bad;
      this.tells.place();
    }
  }

  private title(): string {
    const headline = this.sheet.form.elements.namedItem("headline");
    return headline instanceof HTMLTextAreaElement || headline instanceof HTMLInputElement ? headline.value : "";
  }

  /** Sends the newest state now. */
  send(): Promise<void> {
    this.snapshot();
    if (this.sending) return this.sending;
    const looks = this.acked === this.seq; // nothing waits; only a revision did not arrive
    if (looks && (this.reached || this.place === "refused")) return Promise.resolve();
    this.sending = (looks ? this.look() : this.sendOne()).finally(() => {
      this.sending = null;
      if (this.reached && this.waits) this.plan();
      else if (this.reached && this.join && !this.clash) window.setTimeout(() => this.joinIn(), idle);
    });
    return this.sending;
  }

  private async sendOne(): Promise<void> {
    try {
      if (this.sheet.facts.article === 0) await this.create();
      await this.name();
      const { seq, text } = this;
      this.since = this.dirty ? this.since : 0;
      const answer = await post<Answer>("/articles/" + this.sheet.facts.article + "/draft", ...this.state(text));
      this.has(seq, text, answer);
    } catch (e) {
      this.failed(e);
    }
  }

  /** Asks whether the desk answers again. */
  private async look(): Promise<void> {
    const { article, base } = this.sheet.facts;
    try {
      await ask("/articles/" + article + "/drafts?base=" + base, { signal: AbortSignal.timeout(patience) });
      this.tries = 0;
      this.tell("kept");
    } catch (e) {
      this.failed(e);
    }
  }

  /** A new article gets its number with its first words. */
  private async create(): Promise<void> {
    const { facts, form } = this.sheet;
    const made = await post<Answer>("/articles", { person: facts.person.id, token: facts.token, tab: this.tab || this.window, seq: this.seq }, this.text);
    facts.article = made.id!;
    facts.base = 1;
    facts.action = "/articles/" + made.id + "/edit";
    form.action = facts.action;
    const base = document.createElement("input");
    base.type = "hidden";
    base.name = "base";
    base.value = "1";
    form.append(base);
    history.replaceState(null, "", facts.action);
    document.dispatchEvent(new CustomEvent("desk:numbered"));
  }

  private name(): Promise<void> {
    if (this.tab) return Promise.resolve();
    this.naming ??= this.nameOnce().finally(() => { this.naming = null; });
    return this.naming;
  }

  /** The log goes on under the name it had before, if no other window does so. */
  private async nameOnce(): Promise<void> {
    const { before } = this;
    if (before) this.release ??= await take(before.tab);
    if (before && this.release) {
      this.tab = before.tab;
      this.seq += before.seq;
      this.acked += before.seq; // those states are the desk's
      this.here += before.seq;
      this.settled = 0;
      before.seq = 0;
      return;
    }
    this.release?.(); // of a log that does not go on here
    this.tab = before ? freshName() : this.window;
    this.ackedText = "";
    this.release = await take(this.tab);
  }

  /** A state as the desk takes it: the whole, or how it differs from the one before. */
  private state(text: string, more: Record<string, unknown> = {}): [Record<string, unknown>, string | null] {
    const { facts } = this.sheet;
    const data: Record<string, unknown> = { person: facts.person.id, tab: this.tab, seq: this.seq, base: facts.base, ...more };
    if (!this.ackedText) return [data, text];
    const change: Splice = spliceOf(this.ackedText, text);
    if (change.put.length * 2 > text.length) return [data, text];
    return [{ ...data, after: this.acked, change }, null];
  }

  /** The desk has a state. */
  private has(seq: number, text: string, answer: Answer): void {
    if (seq > this.acked) {
      this.acked = seq;
      this.ackedText = text;
    }
    this.tries = 0;
    this.time = answer.time;
    this.said = answer.barred ?? "";
    this.settled = Math.max(this.settled, answer.settled ?? 0);
    if (answer.by && answer.head > this.sheet.facts.base && answer.head !== answer.revision) this.join = true;
    void this.keep();
    this.tell(this.waits ? "coming" : "kept");
  }

  private failed(e: unknown): void {
    if (!(e instanceof Refusal)) {
      this.tell("offline");
      return this.later();
    }
    const of = e.status === 409 ? field(e) : "";
    if (of === "tab" || of === "after" || of === "base") {
      this.ackedText = "";
      if (of === "tab") this.tab = freshName();
      if (of === "base") this.sheet.facts.base = 0; // the desk was set back: it joins from the beginning
      this.seq++;
      return this.later(100);
    }
    if (e.code === "signed_out" || of === "person") {
      this.said = of === "person" ? e.message : "";
      this.tell("signed-out");
    } else {
      this.said = e.message;
      this.tell(e.status >= 500 ? "offline" : "refused");
    }
    this.later();
  }

  private later(wait = Math.min(longest, 1_000 * 2 ** this.tries++) * (0.75 + Math.random() / 2)): void {
    clearTimeout(this.timers.again);
    this.timers.again = window.setTimeout(() => void this.send(), wait);
  }

  /** Tries at once: the line is back, somebody signed in, the window is looked at again. */
  retry(): void {
    if (this.reached) return;
    this.tries = 0;
    clearTimeout(this.timers.again);
    void this.send();
  }

  private tell(place: Place): void {
    this.place = place;
    this.tells.place();
  }

  /** Makes a revision of what stands in the form; byItself says that nobody asked for it. */
  async save(byItself = false): Promise<boolean> {
    clearTimeout(this.timers.pause);
    if (!byItself) this.dirty = true; // looks, whatever the form told of itself
    this.snapshot();
    if (this.clash && byItself || this.sheet.form.classList.contains("held") && byItself) return false;
    await this.send();
    if (this.waits) {
      if (!this.reached) return false;
      await this.send();
    }
    const again = this.place === "refused" && !byItself; // asked for once more: the reason may be gone
    if (this.acked !== this.seq || this.place !== "kept" && !again) return false;
    if (this.seq === 0 || this.settled === this.seq && !this.join) {
      this.tells.place();
      return true;
    }
    await this.name(); // a window that gave way has none
    const { seq, text } = this;
    try {
      const answer = await post<Answer>("/articles/" + this.sheet.facts.article + "/edit", ...this.state(text, { leave: byItself }));
      this.became(seq, text, answer);
      return true;
    } catch (e) {
      this.notBecame(seq, e, byItself);
      return false;
    }
  }

  private became(seq: number, text: string, answer: Answer): void {
    this.settled = seq;
    this.clash = null;
    this.join = false;
    this.has(seq, text, answer);
    if (!answer.joined) {
      this.adoptBase(answer.number!);
      return this.rememberIn(text);
    }
    if (this.seq === seq && !this.dirty) this.tells.joined(answer.copy!, this.sheet.facts.base, answer.number!);
    else this.join = true; // typed on meanwhile: at the next pause
  }

  private adoptBase(number: number): void {
    this.sheet.facts.base = number;
    const hidden = this.sheet.form.elements.namedItem("base");
    if (hidden instanceof HTMLInputElement) hidden.value = String(number);
  }

  /** The facts of a state that was saved are the desk's now. */
  private rememberIn(text: string): void {
    const copy = JSON.parse(text) as Record<string, string>;
    for (const name of factNames) this.facts["was." + name] = copy[name] ?? "";
    if (!this.dirty && this.text === text) this.text = this.copy();
  }

  private notBecame(seq: number, e: unknown, byItself: boolean): void {
    if (e instanceof Refusal && e.status === 409 && field(e) === "" && (e.answer as { conflict?: Clash }).conflict) {
      this.clash = (e.answer as { conflict: Clash }).conflict;
      this.clashAt = seq;
      this.join = false;
      this.tells.clash(this.clash);
      return this.tells.place();
    }
    if (e instanceof Refusal && byItself && e.code !== "signed_out") return; // it is kept, and it was nobody's wish
    this.failed(e);
  }

  private joinIn(): void {
    if (!this.join || performance.now() - this.last < idle) return;
    void this.save(true);
  }

  /** Another text stands in the form, by the person's own choice. */
  chosen(base: number): void {
    this.clash = null;
    this.adoptBase(base);
    this.restate();
    void this.save();
  }

  /** What stands in the form is a state of its own, also if nobody typed it here. */
  restate(): void {
    this.text = this.copy();
    this.dirty = false;
    this.seq++;
    void this.keep();
  }

  /** The window closes: what the desk does not have goes after it, and becomes a revision, unless two texts are still to be compared. */
  leave(): void {
    this.snapshot();
    const { facts } = this.sheet;
    if (!this.tab || this.settled === this.seq || this.sheet.form.classList.contains("held")) return;
    if (this.clash && this.acked === this.seq) return;
    const isNew = facts.article === 0;
    const [data, copy] = this.state(this.text, isNew ? { token: facts.token } : { leave: true });
    if (size(JSON.stringify(data)) + (copy === null ? 0 : size(copy)) > leaving) return; // it is in the browser's store; the next page sends it
    void post(isNew ? "/articles" : "/articles/" + facts.article + (this.clash ? "/draft" : "/edit"), data, copy, { keepalive: true, signal: null }).catch(() => undefined);
  }
}

const forName = 1_000; // milliseconds to wait for a window that gives way

/** Takes the name of a log for this window, and gives the way to let it go; null = another window has it. */
function take(tab: string): Promise<(() => void) | null> {
  if (!navigator.locks) return Promise.resolve(() => undefined); // then the desk notices two of one name
  return new Promise((resolve) => {
    navigator.locks.request("broadsheet-log-" + tab, { signal: AbortSignal.timeout(forName) }, () => new Promise<void>((free) => resolve(free)))
      .catch(() => resolve(null));
  });
}

/** Does something between two keys, at the latest after a time. */
function whenIdle(act: () => void, atLatest: number): number {
  return window.setTimeout(() => {
    if ("requestIdleCallback" in window) requestIdleCallback(act, { timeout: atLatest / 2 });
    else act();
  }, atLatest / 2);
}
