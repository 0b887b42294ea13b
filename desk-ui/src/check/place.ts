import type { Node } from "prosemirror-model";
import type { Finding, Placed } from "./finding";
import { linesOf, stretch } from "./lines";

const AROUND = 24; // characters shown on each side

/** Finds the places of findings in the body that was checked, and the words around those in a field. What does not stand where it should has none. */
export function placed(findings: Finding[], doc: Node, fieldOf: (name: string) => string): Placed[] {
  const lines = linesOf(doc);
  const seen = new Map<string, number>();
  return findings.map((f) => {
    const line = f.field ? undefined : lines[f.paragraph - 1];
    const chars = [...(f.field ? fieldOf(f.field).trim().replace(/\s+/g, " ") : line?.text ?? "")];
    const fits = f.end > 0 && chars.slice(f.start, f.end).join("") === f.text;
    const before = fits ? cut(chars.slice(Math.max(0, f.start - AROUND), f.start), f.start > AROUND, false) : "";
    const after = fits ? cut(chars.slice(f.end, f.end + AROUND), false, f.end + AROUND < chars.length) : "";
    const name = [f.rule, f.field ?? "", f.text, before.slice(-12), after.slice(0, 12)].join("\u0000");
    const nth = seen.get(name) ?? 0;
    seen.set(name, nth + 1);
    return {
      ...f, before, after, key: name + "\u0000" + nth,
      range: fits && line ? stretch(line, f.start, f.end) : null,
      held: fits ? line?.held ?? null : null,
    };
  });
}

const cut = (chars: string[], front: boolean, back: boolean): string => (front ? "…" : "") + chars.join("") + (back ? "…" : "");
