// Findings underlined in the text. The marks move with what is typed around
// them; one whose own words change is gone until the next check.
import { closeHistory } from "prosemirror-history";
import { type EditorState, Plugin, PluginKey, type Transaction } from "prosemirror-state";
import { Mapping } from "prosemirror-transform";
import { Decoration, DecorationSet } from "prosemirror-view";
import { linesOf } from "./lines";
import type { Placed } from "./finding";

interface Marked {
  marks: DecorationSet;
  /** What changed since the copy was sent that is being checked. */
  since: Mapping;
  here: string; // the finding one stands on
}

const key = new PluginKey<Marked>("check");

type Told = { sent: true } | { shown: Placed[]; here: string } | { only: Set<string> | null; here: string };

const LONG = 300; // characters; a longer finding is marked at the side of its paragraphs

export function marks(): Plugin {
  return new Plugin<Marked>({
    key,
    state: {
      init: () => ({ marks: DecorationSet.empty, since: new Mapping(), here: "" }),
      apply(tr, was, _, state): Marked {
        const told = tr.getMeta(key) as Told | undefined;
        let now = was;
        if (tr.docChanged) {
          const since = was.since.slice();
          since.appendMapping(tr.mapping);
          now = { ...was, since, marks: touched(was.marks, tr) };
        }
        if (!told) return now;
        if ("sent" in told) return { ...now, since: new Mapping() };
        if ("shown" in told) return { ...now, here: told.here, marks: drawn(told.shown, told.here, state, now.since) };
        return { ...now, here: told.here, marks: again(now.marks, told.only, told.here, state) };
      },
    },
    props: { decorations: (state) => key.getState(state)?.marks },
  });
}

/** Tells the marks that the body as it stands goes to be checked. */
export const sent = (tr: Transaction): Transaction => tr.setMeta(key, { sent: true }).setMeta("addToHistory", false);

/** Marks what was found in the copy last sent. */
export const shown = (tr: Transaction, list: Placed[], here: string): Transaction =>
  tr.setMeta(key, { shown: list, here }).setMeta("addToHistory", false);

/** Sets the mark one stands on apart. */
export const standOn = (tr: Transaction, here: string): Transaction => tr.setMeta(key, { only: null, here }).setMeta("addToHistory", false);

/** Takes away all marks but those of list. */
export const only = (tr: Transaction, list: Placed[], here: string): Transaction =>
  tr.setMeta(key, { only: new Set(list.map((f) => f.key)), here }).setMeta("addToHistory", false);

/** Where a finding stands now; null when its words are gone. */
export function whereNow(state: EditorState, f: Placed): { from: number; to: number } | null {
  const found = key.getState(state)?.marks.find(undefined, undefined, (spec) => spec.key === f.key) ?? [];
  const one = found[0];
  return one ? { from: one.from, to: one.to } : null;
}

function decoration(f: Placed, from: number, to: number, here: boolean): Decoration {
  const long = to - from > LONG;
  return Decoration.inline(from, to, { class: "finding " + f.level + (long ? " long" : "") + (here ? " here" : "") }, { key: f.key, finding: f });
}

function drawn(list: Placed[], here: string, state: EditorState, since: Mapping): DecorationSet {
  const out: Decoration[] = [];
  for (const f of list) {
    if (!f.range) continue;
    const from = since.map(f.range.from, 1);
    const to = since.map(f.range.to, -1);
    if (from < to && to - from === f.range.to - f.range.from) out.push(decoration(f, from, to, f.key === here));
  }
  return DecorationSet.create(state.doc, out);
}

function again(set: DecorationSet, keep: Set<string> | null, here: string, state: EditorState): DecorationSet {
  const out = set.find(undefined, undefined, (spec) => !keep || keep.has(spec.key as string)).map((d) => decoration(d.spec.finding as Placed, d.from, d.to, d.spec.key === here));
  return DecorationSet.create(state.doc, out);
}

/** The marks after a change, without those inside which something changed. */
function touched(set: DecorationSet, tr: Transaction): DecorationSet {
  const gone: Decoration[] = [];
  for (const d of set.find()) {
    const from = tr.mapping.map(d.from, 1);
    const to = tr.mapping.map(d.to, -1);
    if (to - from !== d.to - d.from || inside(tr, d.from, d.to)) gone.push(d);
  }
  return (gone.length ? set.remove(gone) : set).map(tr.mapping, tr.doc);
}

function inside(tr: Transaction, from: number, to: number): boolean {
  let hit = false;
  tr.mapping.maps.forEach((map, i) => {
    const back = tr.mapping.slice(0, i);
    const [a, b] = [back.map(from, 1), back.map(to, -1)];
    map.forEach((start, end) => { hit ||= start < b && end > a; });
  });
  return hit;
}

/** The step that puts a finding's proposed words into the body; null where they do not fit any more. Only what differs is replaced, so that a footnote or a colleague's suggestion beside it stays. */
export function mended(state: EditorState, f: Placed): Transaction | null {
  if (f.fix === null) return null;
  if (f.held) return heldMended(state, f);
  const where = whereNow(state, f);
  if (!where) return null;
  for (const line of linesOf(state.doc)) {
    const start = line.at.indexOf(where.from);
    if (start < 0) continue;
    const chars = [...line.text];
    const old = [...f.text];
    if (chars.slice(start, start + old.length).join("") !== f.text) return null;
    const next = [...f.fix];
    let head = 0;
    while (head < old.length && head < next.length && old[head] === next[head]) head++;
    let tail = 0;
    while (tail < old.length - head && tail < next.length - head && old[old.length - 1 - tail] === next[next.length - 1 - tail]) tail++;
    return replaced(state, line.at, chars, start + head, start + old.length - tail, next.slice(head, next.length - tail).join(""));
  }
  return null;
}

function replaced(state: EditorState, at: number[], chars: string[], start: number, end: number, text: string): Transaction | null {
  const pos = at[start] ?? at[start - 1]! + chars[start - 1]!.length;
  const to = end > start ? at[end - 1]! + chars[end - 1]!.length : pos;
  const length = chars.slice(start, end).join("").length;
  if (to - pos !== length) return null; // something else stands between
  const marks = (state.doc.nodeAt(pos) ?? state.doc.resolve(pos).nodeBefore)?.marks.filter((m) => m.type.name !== "inserted" && m.type.name !== "deleted") ?? [];
  const tr = closeHistory(state.tr);
  return text ? tr.replaceWith(pos, to, state.schema.text(text, marks)) : tr.delete(pos, to);
}

function heldMended(state: EditorState, f: Placed): Transaction | null {
  const node = state.doc.nodeAt(f.held!.pos);
  if (!node) return null;
  for (const name of f.held!.names) {
    const value: unknown = node.attrs[name];
    if (typeof value !== "string" || value.split(f.text).length !== 2) continue;
    return closeHistory(state.tr).setNodeAttribute(f.held!.pos, name, value.replace(f.text, () => f.fix!));
  }
  return null;
}

