// The normal form of internal/doc: runs of equal marks joined, no space at the
// ends of a line, empty lines part paragraphs, nothing empty, no heading level
// skipped. The server would do it too; done here, what a person sees after
// pasting is what is saved.
import { blank } from "./characters";
import { sameMarks, type Block, type Place, type Run } from "./model";

export function normal(blocks: Block[], place: Place): Block[] {
  const out = blocks.flatMap(normalBlock);
  raiseHeadings(out, place.after);
  return out;
}

function normalBlock(b: Block): Block[] {
  switch (b.type) {
    case "paragraph":
      return stanzas(lines(b.runs!)).map((part) => ({ ...b, runs: joined(part) }));
    case "heading": {
      const runs = joined(lines(b.runs!).filter((l) => l.length > 0));
      return runs.length ? [{ ...b, runs }] : [];
    }
    case "quote": {
      const blocks = b.blocks!.flatMap(normalBlock);
      if (blocks.length) return [{ ...b, blocks }];
      const by = String(b.attrs?.by ?? "");
      return by ? [{ type: "paragraph", lang: b.lang, dir: b.dir, runs: [{ text: by, marks: {} }] }] : [];
    }
    case "bullet_list": case "ordered_list": case "list_item": case "note": {
      const blocks = b.blocks!.flatMap(normalBlock);
      return blocks.length ? [{ ...b, blocks }] : [];
    }
    case "table":
      for (const row of b.rows!) for (const cell of row) cell.runs = joined(lines(cell.runs).filter((l) => l.length > 0));
      return b.rows!.some((row) => row.some((cell) => cell.runs.length > 0)) ? [b] : [];
  }
  return [b];
}

/** Cuts runs at their line breaks, joins equal neighbours and trims each line; one that shows nothing comes out empty. */
function lines(runs: Run[]): Run[][] {
  const out: Run[][] = [[]];
  for (const run of runs) {
    const line = out[out.length - 1]!;
    const last = line[line.length - 1];
    if (run.broken) out.push([]);
    else if (run.note) line.push(run);
    else if (run.text !== "") {
      if (last && !last.note && sameMarks(last.marks, run.marks)) last.text += run.text;
      else line.push({ ...run });
    }
  }
  return out.map(trim);
}

function trim(line: Run[]): Run[] {
  for (let first = line[0]; first && !first.note; first = line[0]) {
    first.text = first.text.replace(/^[ \u00a0]+/, "");
    if (first.text !== "") break;
    line.shift();
  }
  for (let last = line[line.length - 1]; last && !last.note; last = line[line.length - 1]) {
    last.text = last.text.replace(/[ \u00a0]+$/, "");
    if (last.text !== "") break;
    line.pop();
  }
  // A mark on a space alone says nothing.
  line.forEach((run, i) => {
    const before = line[i - 1];
    if (!run.note && /^[ \u00a0]+$/.test(run.text) && before && !run.marks.href) run.marks = before.note ? {} : before.marks;
  });
  const out: Run[] = [];
  for (const run of line) {
    const last = out[out.length - 1];
    if (last && !last.note && !run.note && sameMarks(last.marks, run.marks)) last.text += run.text;
    else out.push(run);
  }
  return out.some((r) => r.note || !blank(r.text)) ? out : [];
}

function stanzas(all: Run[][]): Run[][][] {
  const out: Run[][][] = [];
  let open = false;
  for (const line of all) {
    if (line.length === 0) open = false;
    else if (open) out[out.length - 1]!.push(line);
    else {
      out.push([line]);
      open = true;
    }
  }
  return out;
}

function joined(all: Run[][]): Run[] {
  return all.flatMap((line, i) => i > 0 ? [{ text: "", marks: {}, broken: true }, ...line] : line);
}

/** Levels as the document has them, 2 to 4, none skipped; a clip that begins deeper is raised as a whole. */
function raiseHeadings(blocks: Block[], after: number): void {
  const all = [...headings(blocks)];
  const top = Math.min(...all.map((h) => Number(h.attrs!.level)));
  const shift = Math.max(0, top - (after + 1));
  let last = after;
  for (const h of all) {
    const level = Math.min(4, Math.max(2, Number(h.attrs!.level) - shift));
    h.attrs = { ...h.attrs, level: last = Math.min(level, last + 1) };
  }
}

function* headings(blocks: Block[]): Generator<Block> {
  for (const b of blocks) {
    if (b.type === "heading") yield b;
    if (b.blocks) yield* headings(b.blocks);
  }
}
