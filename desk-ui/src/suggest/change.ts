// A suggestion in the text: runs that carry one name, inserted, deleted or both.
import { type Mark, type Node } from "prosemirror-model";
import { schema } from "../editor/schema";

export const INSERTED = schema.marks.inserted!;
export const DELETED = schema.marks.deleted!;

/** Who suggests, when, and under which name; internal/doc calls it Change. */
export interface Change {
  id: string;
  by: number;
  at: number; // seconds since 1970
}

export const inserted = (n: Node): Mark | undefined => INSERTED.isInSet(n.marks);
export const deleted = (n: Node): Mark | undefined => DELETED.isInSet(n.marks);

/** Whether a run was put in by this person and nobody has settled it: what one takes back of it is simply gone. */
export const isOwn = (n: Node, me: number): boolean => inserted(n)?.attrs.by === me;

export const changeOf = (m: Mark): Change => ({ id: m.attrs.id, by: m.attrs.by, at: m.attrs.at });

/** A new suggestion of a person's. */
export function fresh(by: number): Change {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  const id = Array.from(bytes, (b) => "abcdefghijklmnopqrstuvwxyz012345"[b & 31]).join("");
  return { id, by, at: Math.floor(Date.now() / 1000) };
}

/** What one goes on writing is the suggestion one began: this long, in seconds, while the cursor stays beside it. */
const SAME = 600;

/** The suggestion that a change between two places belongs to: the person's own beside it, or a new one. */
export function changeAt(doc: Node, from: number, to: number, by: number): Change {
  const now = Date.now() / 1000;
  for (const n of [doc.resolve(from).nodeBefore, doc.resolve(to).nodeAfter, lastBefore(doc, from)]) {
    if (!n?.isInline) continue;
    for (const m of [inserted(n), deleted(n)]) if (m?.attrs.by === by && now - m.attrs.at < SAME) return changeOf(m);
  }
  return fresh(by);
}

/** In an empty line: the last run of the line before, so that paragraphs written one after another are one suggestion. */
function lastBefore(doc: Node, pos: number): Node | null {
  const $pos = doc.resolve(pos);
  if (!$pos.parent.inlineContent || $pos.parent.content.size > 0) return null;
  let last: Node | null = null;
  doc.nodesBetween(Math.max(0, $pos.before() - 2), $pos.before(), (n) => {
    if (n.inlineContent) last = n.lastChild;
    return !n.inlineContent;
  });
  return last;
}
