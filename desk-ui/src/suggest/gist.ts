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

/** The lines of a block, each a list of letters with what they carry; spaces at their ends and empty lines do not count. */
function line(parent: Node): string {
  const lines: [string, string][][] = [[]];
  parent.forEach((n) => {
    if (INSERTED.isInSet(n.marks)) return;
    const last = lines[lines.length - 1]!;
    if (n.type.name === "hard_break") {
      lines.push([]);
      return;
    }
    const marks = n.marks.filter((m) => m.type !== DELETED).map((m) => m.type.name + JSON.stringify(m.attrs)).join();
    if (n.isText) for (const letter of n.text!) last.push([letter, marks]);
    else last.push([said(n, ""), marks]);
  });
  let out = "";
  for (const letters of lines) {
    while (letters[0]?.[0] === " ") letters.shift();
    while (letters[letters.length - 1]?.[0] === " ") letters.pop();
    if (letters.length === 0) continue;
    let open = "";
    if (out) out += "\n";
    for (const [letter, marks] of letters) {
      if (marks !== open) out += "<" + marks + ">";
      open = marks;
      out += letter;
    }
  }
  return out;
}
