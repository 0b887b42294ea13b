// Where a note's words stand in a text: the same search as internal/news/quotation.go.

export interface Quotation {
  exact: string;
  before: string;
  after: string;
}

export type Standing = "stands" | "changed" | "gone";

export interface Place {
  start: number;
  end: number;
  how: Standing;
}

const context = 32; // characters kept before and after
const leastContext = 8;

/** A text with one space for each run of white space, and where each of its characters came from. */
export class Text {
  readonly text: string;
  private readonly from: number[] = [];
  private readonly to: number[] = [];

  /** pieces are runs of text with where they begin; a piece without text is a break. */
  constructor(pieces: Iterable<{ text: string; at: number }>) {
    let text = "";
    for (const piece of pieces) {
      if (piece.text === "" && text !== "" && !text.endsWith(" ")) this.add(piece.at, piece.at), (text += " ");
      for (let i = 0; i < piece.text.length; i++) {
        const c = piece.text[i]!;
        const space = /\s/.test(c);
        if (space && text.endsWith(" ")) {
          this.to[this.to.length - 1] = piece.at + i + 1;
          continue;
        }
        this.add(piece.at + i, piece.at + i + 1);
        text += space ? " " : c;
      }
    }
    this.text = text;
  }

  private add(from: number, to: number): void {
    this.from.push(from);
    this.to.push(to);
  }

  /** Where the characters from start to end stand in what the text was made of. */
  source(start: number, end: number): [from: number, to: number] {
    return [this.from[start]!, this.to[end - 1]!];
  }

  /** The characters between two places of what the text was made of. */
  between(from: number, to: number): [start: number, end: number] {
    const start = this.from.findIndex((p) => p >= from);
    if (start < 0) return [0, 0];
    let end = start;
    while (end < this.to.length && this.to[end]! <= to) end++;
    return [start, end];
  }
}

export function find(text: string, q: Quotation): Place {
  const exact = spaced(q.exact).trim();
  const before = spaced(q.before);
  const after = spaced(q.after);
  if (exact === "") return { start: 0, end: 0, how: "gone" };
  let best = -1;
  let start = 0;
  for (let at = text.indexOf(exact); at >= 0; at = text.indexOf(exact, at + 1)) {
    const score = alikeBack(text.slice(Math.max(0, at - before.length), at), before) + alike(text.slice(at + exact.length, at + exact.length + after.length), after);
    if (score > best) [best, start] = [score, at];
  }
  return best >= 0 ? { start, end: start + exact.length, how: "stands" } : around(text, before, after, exact.length);
}

/** The place of lost words by what stood around them. */
function around(text: string, before: string, after: string, length: number): Place {
  const gone: Place = { start: 0, end: 0, how: "gone" };
  if (before.length < leastContext || after.length < leastContext) return gone;
  for (let at = text.indexOf(before); at >= 0; at = text.indexOf(before, at + 1)) {
    const start = at + before.length;
    const to = text.slice(start, start + 3 * length + 40 + after.length).indexOf(after);
    if (to > 0) return { start, end: start + to, how: "changed" };
  }
  return gone;
}

/** The quotation of the characters from start to end, without white space around them. */
export function quote(text: string, start: number, end: number): Quotation {
  while (start < end && text[start] === " ") start++;
  while (end > start && text[end - 1] === " ") end--;
  return {
    exact: text.slice(start, end),
    before: [...text.slice(Math.max(0, start - 2 * context), start)].slice(-context).join(""),
    after: [...text.slice(end, end + 2 * context)].slice(0, context).join(""),
  };
}

export function spaced(text: string): string {
  return text.replace(/\s+/g, " ");
}

function alike(a: string, b: string): number {
  let n = 0;
  while (n < a.length && n < b.length && a[n] === b[n]) n++;
  return n;
}

function alikeBack(a: string, b: string): number {
  let n = 0;
  while (n < a.length && n < b.length && a[a.length - 1 - n] === b[b.length - 1 - n]) n++;
  return n;
}
