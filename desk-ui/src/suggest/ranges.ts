// Where a transaction changed the text: stretches of the text before, each
// with what stands in its place after.
import { Mapping, ReplaceAroundStep, ReplaceStep } from "prosemirror-transform";
import type { Transaction } from "prosemirror-state";

export interface Range {
  from: number; // before
  to: number;
  newFrom: number; // after
  newTo: number;
}

/** The changed stretches, from the top; none where only marks or attributes changed. */
export function ranges(tr: Transaction): Range[] {
  const replaces = tr.steps.filter((s) => s instanceof ReplaceStep || s instanceof ReplaceAroundStep);
  if (replaces.length === 0) return [];
  const list = replaces.length === tr.steps.length ? mapped(tr) : null;
  return list ?? whole(tr);
}

/** Each step's own stretch, carried to both ends; null where they do not fit together. */
function mapped(tr: Transaction): Range[] | null {
  const list: Range[] = [];
  tr.mapping.maps.forEach((map, i) => {
    const back = new Mapping(tr.mapping.maps.slice(0, i)).invert(); // invert forgets where a slice of a mapping begins
    const on = tr.mapping.slice(i + 1);
    map.forEach((from, to, newFrom, newTo) => {
      list.push({ from: back.map(from, -1), to: back.map(to, 1), newFrom: on.map(newFrom, -1), newTo: on.map(newTo, 1) });
    });
  });
  list.sort((a, b) => a.from - b.from || a.newFrom - b.newFrom);
  const out: Range[] = [];
  for (const r of list) {
    const last = out[out.length - 1];
    if (last && (r.from <= last.to || r.newFrom <= last.newTo)) {
      last.to = Math.max(last.to, r.to);
      last.newTo = Math.max(last.newTo, r.newTo);
    } else out.push({ ...r });
  }
  let shift = 0;
  for (const r of out) {
    if (r.newFrom - r.from !== shift) return null;
    shift = r.newTo - r.to;
  }
  return tr.doc.content.size - tr.before.content.size === shift ? out : null;
}

/** One stretch over everything that differs. */
function whole(tr: Transaction): Range[] {
  const from = tr.before.content.findDiffStart(tr.doc.content);
  const to = tr.before.content.findDiffEnd(tr.doc.content);
  if (from === null || to === null) return [];
  const overlap = Math.max(0, from - Math.min(to.a, to.b));
  return [{ from, to: to.a + overlap, newFrom: from, newTo: to.b + overlap }];
}
