// What is left of a text when every suggestion in it is refused: what readers
// see as long as none is settled. Two texts with the same gist differ by
// suggestions only; that is how this editor knows that it can say a change as
// suggestions and how it finds out that it cannot.
import type { Node } from "prosemirror-model";
import { DELETED, INSERTED } from "./change";

/** The text without suggestions in the normal form of internal/doc: no empty blocks, no space at the ends of lines. */
export function gist(n: Node): string {
  if (n.inlineContent) {
    const text = line(n);
    return text || n.type.spec.tableRole ? said(n, text) : "";
  }
  if (n.isLeaf) return said(n, "");
  let inside = "";
  n.forEach((child) => { inside += gist(child); });
  return inside ? said(n, inside) : "";
}

const said = (n: Node, inside: string): string => n.type.name + JSON.stringify(n.attrs) + "[" + inside + "]";

function line(parent: Node): string {
  let out = "";
  let open = "";
  parent.forEach((n) => {
    if (INSERTED.isInSet(n.marks)) return;
    const marks = n.marks.filter((m) => m.type !== DELETED && m.type !== INSERTED).map((m) => m.type.name + JSON.stringify(m.attrs)).join();
    if (n.type.name === "hard_break") {
      out = out.replace(/ +$/, "") + "\n";
      return;
    }
    if (marks !== open) out += "\u0001" + marks + "\u0002";
    open = marks;
    out += n.isText ? n.text : said(n, "");
  });
  return out.replace(/(^|\n)((?:\u0001[^\u0002]*\u0002)*) +/g, "$1$2").replace(/ +((?:\u0001[^\u0002]*\u0002)*)($|\n)/g, "$1$2")
    .replace(/(\u0001[^\u0002]*\u0002)+$/, "").replace(/\n+/g, "\n").replace(/^\n|\n$/g, "");
}
