// Between the editor's tree and the JSON of internal/doc.
import { Mark, Node, type Attrs } from "prosemirror-model";
import type { DocNode } from "../sheet";
import { schema } from "./schema";

/** The schema's version that this editor writes. */
export const VERSION = 2;

/** What the server writes, as the editor's tree. Throws where it is not of the schema. */
export function fromDocument(document: DocNode): Node {
  const { version: _, ...rest } = document;
  const content = rest.content?.length ? rest.content : [{ type: "paragraph" }];
  const doc = Node.fromJSON(schema, { ...rest, content });
  doc.check();
  return doc;
}

/** The tree as the server reads it. */
export function toDocument(doc: Node): DocNode {
  return { type: "doc", version: VERSION, content: children(doc) };
}

const texts = new WeakMap<Node, string>(); // of blocks; a node never changes

/** The same as JSON. Only blocks that were not written before are written: a key costs its paragraph, not the story. */
export function toText(doc: Node): string {
  const blocks: string[] = [];
  doc.forEach((n) => {
    let text = texts.get(n);
    if (text === undefined) texts.set(n, text = JSON.stringify(one(n)));
    blocks.push(text);
  });
  return JSON.stringify({ type: "doc", version: VERSION }).slice(0, -1) + ',"content":[' + blocks.join(",") + "]}";
}

function children(parent: Node): DocNode[] {
  const out: DocNode[] = [];
  parent.forEach((n) => { out.push(one(n)); });
  return out;
}

function one(n: Node): DocNode {
  const out: DocNode = { type: n.type.name };
  if (n.isText) {
    out.text = n.text!;
    if (n.marks.length) out.marks = n.marks.map(oneMark);
    return out;
  }
  const attrs = said(n.attrs);
  if (attrs) out.attrs = attrs;
  // a footnote takes the marks of the line around it; only suggested changes are kept of them
  const changes = n.type.name === "footnote" ? n.marks.filter((m) => m.type.name === "inserted" || m.type.name === "deleted") : [];
  if (changes.length) out.marks = changes.map(oneMark);
  if (!n.isLeaf) out.content = children(n);
  return out;
}

function oneMark(m: Mark): { type: string; attrs?: Record<string, string | number> } {
  const attrs = said(m.attrs);
  return attrs ? { type: m.type.name, attrs } : { type: m.type.name };
}

/** Attributes that say something: absence is how the server writes the others. A span of 1 says nothing either. */
function said(attrs: Attrs): Record<string, string | number> | undefined {
  const out: Record<string, string | number> = {};
  let any = false;
  for (const name in attrs) {
    const value = attrs[name];
    if (value === null || value === "" || value === 0 || (value === 1 && (name === "colspan" || name === "rowspan"))) continue;
    out[name] = value;
    any = true;
  }
  return any ? out : undefined;
}
