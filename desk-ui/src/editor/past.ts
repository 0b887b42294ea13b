// Undo that survives a reload. Every step goes into a log in the browser's own
// store; a page that shows the same text again plays the log through a fresh
// history, so that undo reaches back to where it did. It is a comfort and no
// safety: the words themselves are kept elsewhere (keep/), and a log that does
// not end in the text shown is dropped.
import { closeHistory, history, isHistoryTransaction, redo, undo } from "prosemirror-history";
import type { Node } from "prosemirror-model";
import { EditorState, Selection, type Plugin, type Transaction } from "prosemirror-state";
import { Step } from "prosemirror-transform";
import type { DocNode, Sheet } from "../sheet";
import { fromDocument, toDocument } from "./document";
import { PastStore } from "./paststore";
import { schema } from "./schema";

/** Steps that undo remembers; the same here as in the log. */
const DEPTH = 500;
/** Entries after which the older half of a log is dropped. */
const MOST = 4000;
const PAUSE = 250; // milliseconds from a key to its place in the log

/** What one change did. */
export interface Entry {
  steps: unknown[];
  at: number; // when: steps close in time are undone together
  by?: "undo" | "redo";
  apart?: true; // begins a group of its own
  silent?: true; // not to be undone
}

export const remembering = (): Plugin => history({ depth: DEPTH });

/** What an earlier page left: the log, and the state it ends in. */
interface Found {
  begin: Node;
  entries: Entry[];
  state: EditorState;
}

export class Past {
  private readonly store = new PastStore();
  private entries: Entry[] = []; // since the log's beginning
  private begin: Node;
  private pending: Entry[] = []; // of these, what is not in the store yet
  private key = ""; // under which the store has this log; "" = not at all
  private timer = 0;
  private found: Found | null = null; // until it is taken up or written over

  constructor(private readonly sheet: Sheet) {
    this.begin = sheet.view.state.doc;
    addEventListener("pagehide", () => void this.flush());
    document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") void this.flush(); });
  }

  /** Looks for a log of this article, and takes it up if it ends in the text shown. */
  async load(): Promise<void> {
    const name = this.name();
    const log = await this.store.read(name);
    if (!log || this.entries.length > 0) return;
    try {
      const begin = fromDocument(log.begin);
      this.found = { begin, entries: log.entries, state: replay(begin, log.entries, this.sheet.view.state.plugins) };
    } catch {
      void this.store.drop(name); // of a schema that is no more
      return;
    }
    this.resume(toDocument(this.sheet.view.state.doc));
  }

  /** Shows what an earlier page left, with its undo, if it is this text. */
  resume(document: DocNode): boolean {
    const found = this.found;
    if (!found || !same(toDocument(found.state.doc), document)) return false;
    this.found = null;
    this.begin = found.begin;
    this.entries = found.entries;
    this.key = this.name();
    this.sheet.view.updateState(found.state);
    return true;
  }

  /** Writes down what was just done. before is the text it was done to. */
  record(transactions: readonly Transaction[], before: Node): void {
    const steps = transactions.flatMap((tr) => tr.steps.map((s) => s.toJSON()));
    const first = transactions[0];
    if (!first || steps.length === 0) return;
    if (this.found || this.entries.length === 0) this.restart(before);
    const entry: Entry = { steps, at: first.time };
    if (isHistoryTransaction(first)) entry.by = first.getMeta("history$")?.redo ? "redo" : "undo";
    if (first.getMeta("closeHistory$")) entry.apart = true;
    if (first.getMeta("addToHistory") === false) entry.silent = true;
    this.entries.push(entry);
    this.pending.push(entry);
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.flush(), PAUSE);
  }

  private restart(doc: Node): void {
    this.found = null;
    this.begin = doc;
    this.entries = [];
    this.pending = [];
    this.key = "";
  }

  private async flush(): Promise<void> {
    if (this.pending.length === 0) return;
    const batch = this.pending;
    this.pending = [];
    if (this.entries.length > MOST) this.shorten();
    const name = this.name();
    if (name !== this.key || this.entries.length <= batch.length) {
      // a new log, or one whose article has just been given its number
      if (this.key && name !== this.key) void this.store.drop(this.key);
      this.key = name;
      await this.store.write(name, toDocument(this.begin), this.entries);
    } else {
      await this.store.add(name, batch);
    }
  }

  /** Drops the older half; a pause in typing parts the halves. */
  private shorten(): void {
    let cut = this.entries.length >> 1;
    while (cut < this.entries.length - 1 && this.entries[cut]!.at - this.entries[cut - 1]!.at < 1000) cut++;
    this.begin = replay(this.begin, this.entries.slice(0, cut), []).doc;
    this.entries = this.entries.slice(cut);
    this.key = "";
  }

  private name(): string {
    const { facts } = this.sheet;
    return facts.person.id + "/" + (facts.article ? String(facts.article) : "new/" + facts.token);
  }
}

/** The state after a log, with a history that undoes it. */
function replay(begin: Node, entries: Entry[], plugins: readonly Plugin[]): EditorState {
  let state = EditorState.create({ doc: begin, plugins: [plugins.find((p) => (p as unknown as { key: string }).key === "history$") ?? remembering()] });
  for (const entry of entries) {
    const tr = state.tr;
    for (const step of entry.steps) tr.step(Step.fromJSON(schema, step));
    tr.setTime(entry.at);
    if (entry.apart) closeHistory(tr);
    if (entry.silent) tr.setMeta("addToHistory", false);
    if (!entry.by) {
      state = state.apply(tr);
      continue;
    }
    const was = state;
    (entry.by === "undo" ? undo : redo)(was, (undone) => { state = was.apply(undone); });
    if (!state.doc.eq(tr.doc)) state = was.apply(tr.setMeta("addToHistory", false)); // its beginning is no longer in the log
  }
  return state.apply(closeHistory(state.tr.setSelection(Selection.atEnd(state.doc)))).reconfigure({ plugins: [...plugins] });
}

/** Whether two documents are one text: empty paragraphs and spaces at the ends are not kept by the server. */
function same(a: DocNode, b: DocNode): boolean {
  return JSON.stringify(tidy(a)) === JSON.stringify(tidy(b));
}

function tidy(n: DocNode): DocNode | null {
  if (!n.content) return n.type === "paragraph" || n.type === "heading" ? null : n;
  let content = n.content.map(tidy).filter((c) => c !== null);
  if (content.some((c) => c.type === "text" || c.type === "hard_break")) {
    content = content.map((c, i) => {
      if (c.text === undefined) return c;
      let text = c.text;
      if (i === 0 || content[i - 1]!.type === "hard_break") text = text.replace(/^ +/, "");
      if (i === content.length - 1 || content[i + 1]!.type === "hard_break") text = text.replace(/ +$/, "");
      return { ...c, text };
    }).filter((c) => c.text !== "");
  }
  const cell = n.type === "table_cell" || n.type === "table_header" || n.type === "table_row";
  return content.length === 0 && !cell && n.type !== "doc" ? null : { ...n, content };
}
