// Markdown that somebody pastes as text. It is read as such only where at
// least two of its signs leave no doubt; Ctrl-Shift-V pastes the signs.
import { linkAddress } from "./address";
import type { Block, Marks, Run } from "./model";
import { paragraphs } from "./wrap";

/** Whether lines are Markdown beyond doubt. */
export function looksMarked(lines: string[]): boolean {
  const text = lines.join("\n");
  const signs = [/^#{1,6} \S/m, /\[[^\]\n]+\]\((https?:|mailto:)[^)\s]+( "[^"]*")?\)/, /\*\*[^*\s][^*\n]*\*\*/, /^> \S/m, /^\[\^[\w-]+\]: /m, /^[*-] \S.*\n(?:[*-] \S.*\n?)+/m, /^\d+\. \S.*\n\d+\. \S/m, /^\|.+\|\n\|[ :|-]+\|$/m];
  return signs.filter((s) => s.test(text)).length >= 2 && (signs[0]!.test(text) || signs[1]!.test(text) || signs[2]!.test(text));
}

export function readMarkdown(lines: string[]): Block[] {
  const notes = new Map<string, string>();
  const body: string[] = [];
  for (const line of lines) {
    const note = /^\[\^([\w-]+)\]:\s+(.*)$/.exec(line);
    if (note) notes.set(note[1]!, note[2]!);
    else body.push(line);
  }
  return blocks(body, notes);
}

function blocks(lines: string[], notes: Map<string, string>): Block[] {
  const out: Block[] = [];
  for (let i = 0; i < lines.length; ) {
    const taken = lines[i]!.trim() === "" ? 1 : one(lines, i, out, notes);
    i += Math.max(1, taken);
  }
  return out;
}

/** Reads the block that begins at line i; gives how many lines it took. */
function one(lines: string[], i: number, out: Block[], notes: Map<string, string>): number {
  const line = lines[i]!;
  const head = /^(#{1,6}) +(.*?)\s*#*$/.exec(line);
  if (head) {
    out.push({ type: "heading", attrs: { level: head[1]!.length }, runs: inline(head[2]!, notes) });
    return 1;
  }
  if (/^ {0,3}([-*_])( *\1){2,}\s*$/.test(line)) {
    out.push({ type: "separator" });
    return 1;
  }
  if (/^ {0,3}> ?/.test(line)) return quote(lines, i, out, notes);
  if (/^\|.+\|$/.test(line) && /^\|[ :|-]+\|$/.test(lines[i + 1] ?? "")) return table(lines, i, out, notes);
  if (ITEM.test(line)) return list(lines, i, out, notes);
  let n = 1;
  while (i + n < lines.length && lines[i + n]!.trim() !== "" && !/^(#{1,6} |>|\||```)/.test(lines[i + n]!) && !ITEM.test(lines[i + n]!)) n++;
  for (const p of paragraphs(lines.slice(i, i + n))) out.push({ type: "paragraph", runs: inline(p, notes) });
  return n;
}

const ITEM = /^( {0,9})([-*+•]|\d{1,6}[.)]) +(\S.*)$/;

function quote(lines: string[], i: number, out: Block[], notes: Map<string, string>): number {
  let n = 0;
  const inner: string[] = [];
  while (i + n < lines.length && /^ {0,3}>/.test(lines[i + n]!)) inner.push(lines[i + n++]!.replace(/^ {0,3}> ?/, ""));
  const said = blocks(inner, notes);
  const last = said[said.length - 1];
  const by = last?.type === "paragraph" && said.length > 1 ? /^[–—―] ?(.{2,120})$/.exec(last.runs!.map((r) => r.text).join(""))?.[1] : undefined;
  if (by) said.pop();
  out.push({ type: "quote", attrs: { by: by ?? "" }, blocks: said });
  return n;
}

function list(lines: string[], i: number, out: Block[], notes: Map<string, string>): number {
  const first = ITEM.exec(lines[i]!)!;
  const indent = first[1]!.length;
  const ordered = /\d/.test(first[2]!);
  const b: Block = { type: ordered ? "ordered_list" : "bullet_list", blocks: [], attrs: ordered ? { start: Math.max(1, parseInt(first[2]!, 10)) } : undefined };
  let n = 0;
  while (i + n < lines.length) {
    const m = ITEM.exec(lines[i + n]!);
    if (!m || m[1]!.length < indent || m[1]!.length < indent + 2 && /\d/.test(m[2]!) !== ordered) break;
    if (m[1]!.length >= indent + 2 && b.blocks!.length) {
      n += list(lines, i + n, b.blocks![b.blocks!.length - 1]!.blocks!, notes);
      continue;
    }
    let text = m[3]!;
    n++;
    while (i + n < lines.length && /^\s+\S/.test(lines[i + n]!) && !ITEM.test(lines[i + n]!)) text += " " + lines[i + n++]!.trim();
    b.blocks!.push({ type: "list_item", blocks: [{ type: "paragraph", runs: inline(text, notes) }] });
    if (lines[i + n]?.trim() === "" && ITEM.test(lines[i + n + 1] ?? "")) n++;
  }
  out.push(b);
  return n;
}

function table(lines: string[], i: number, out: Block[], notes: Map<string, string>): number {
  const rows = [];
  let n = 0;
  for (; /^\|.+\|$/.test(lines[i + n] ?? ""); n++) {
    if (n === 1) continue;
    const cells = lines[i + n]!.slice(1, -1).split(/(?<!\\)\|/);
    rows.push(cells.map((c) => ({ header: n === 0, colspan: 1, rowspan: 1, runs: inline(c.trim().replace(/\\\|/g, "|"), notes) })));
  }
  out.push({ type: "table", rows });
  return n;
}

const INLINE = /\\([\\`*_{}[\]()#+.!<>|-])|`([^`\n]+)`|\*\*(?=\S)([^\n]*?\S)\*\*(?!\*)|__(?=\S)([^\n]*?\S)__|(?<![\p{L}\p{N}*])\*(?=[^\s*])([^*\n]*?[^\s*])\*(?!\*)|(?<![\p{L}\p{N}_])_(?=[^\s_])([^_\n]*?[^\s_])_(?![\p{L}\p{N}])|\[\^([\w-]+)\]|!?\[([^\]\n]*)\]\(<?([^)\s>]+)>?(?: "[^"]*")?\)|<(https?:[^>\s]+|mailto:[^>\s]+)>/gu;

function inline(text: string, notes: Map<string, string>, marks: Marks = {}): Run[] {
  const out: Run[] = [];
  let from = 0;
  const plain = (to: number): void => {
    if (to > from) out.push({ text: text.slice(from, to), marks });
  };
  for (const m of text.matchAll(INLINE)) {
    const run = sign(m, notes, marks);
    if (!run) continue;
    plain(m.index);
    out.push(...run);
    from = m.index + m[0].length;
  }
  plain(text.length);
  return out;
}

function sign(m: RegExpMatchArray, notes: Map<string, string>, marks: Marks): Run[] | undefined {
  const [, escaped, code, strong, strong2, em, em2, note, words, target, bare] = m;
  if (escaped) return [{ text: escaped, marks }];
  if (code) return [{ text: code, marks: { ...marks, code: true } }];
  if (strong ?? strong2) return inline((strong ?? strong2)!, notes, { ...marks, strong: true });
  if (em ?? em2) return inline((em ?? em2)!, notes, { ...marks, emphasis: true });
  if (note) {
    const said = notes.get(note);
    return said ? [{ text: "", marks: {}, note: { text: inline(said, new Map()).map((r) => r.text).join(""), href: linkAddress(/https?:\/\/[^\s)>]+/.exec(said)?.[0] ?? "") } }] : undefined;
  }
  const href = linkAddress(target ?? bare ?? "");
  return href && (words ?? bare) ? inline(words || bare!, new Map(), { ...marks, href }) : undefined;
}
