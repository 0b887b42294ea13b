// Notes beside a text that is read: the words a note stands on are marked, and
// a new note is about the words that are marked with the mouse or the keyboard.
import { find, quote, Text } from "./quotation";

export function notesOnPage(): void {
  const text = document.querySelector<HTMLElement>(".reading .copy .text");
  if (!text) return;
  let marked: Range | null = null;
  document.addEventListener("selectionchange", () => {
    const s = getSelection();
    if (s && !s.isCollapsed && s.rangeCount > 0 && text.contains(s.getRangeAt(0).commonAncestorContainer)) marked = s.getRangeAt(0).cloneRange();
  });
  document.addEventListener("toggle", (e) => {
    const form = e.target instanceof HTMLDetailsElement && e.target.open && e.target.matches(".notes .write") ? e.target.querySelector("form") : null;
    if (!form) return;
    if (marked) about(form, text, marked);
    form.querySelector<HTMLTextAreaElement>("[name=text]")?.focus();
  }, true);
  document.addEventListener("click", (e) => {
    const thread = e.target instanceof Element ? e.target.closest<HTMLElement>(".reading .thread") : null;
    if (thread && !(e.target as Element).closest("a, button, summary, textarea")) show(text, thread);
  });
  document.addEventListener("desk:notes", () => mark(text));
  mark(text);
}

/** Fills in the words that a new note is about. */
function about(form: HTMLFormElement, text: HTMLElement, range: Range): void {
  const exact = form.elements.namedItem("exact");
  if (!(exact instanceof HTMLTextAreaElement) || exact.value !== "") return;
  const before = document.createRange();
  before.setStart(text, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const start = pieces(text, before).text.length;
  const read = pieces(text);
  const q = quote(read.text, start, start + pieces(text, range).text.length);
  exact.value = q.exact;
  for (const name of ["before", "after"] as const) hidden(form, name).value = q[name];
}

export function hidden(form: HTMLFormElement, name: string): HTMLInputElement {
  const was = form.elements.namedItem(name);
  if (was instanceof HTMLInputElement) return was;
  const made = document.createElement("input");
  made.type = "hidden";
  made.name = name;
  form.append(made);
  return made;
}

interface Read extends Pick<Text, "text" | "source"> {
  nodes: globalThis.Text[];
  starts: number[];
}

/** The text as it is read, of all of it or of a range. */
function pieces(text: HTMLElement, range?: Range): Read {
  const nodes: globalThis.Text[] = [];
  const starts: number[] = [];
  const runs: { text: string; at: number }[] = [];
  const walk = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  let at = 0;
  let block: Element | null = null;
  for (let n = walk.nextNode() as globalThis.Text | null; n; n = walk.nextNode() as globalThis.Text | null) {
    const own = n.parentElement?.closest("p, li, h1, h2, h3, h4, td, th, figcaption, blockquote, pre") ?? null;
    if (block && own !== block) runs.push({ text: "", at });
    block = own;
    nodes.push(n);
    starts.push(at);
    if (!range || range.intersectsNode(n)) {
      const from = range?.startContainer === n ? range.startOffset : 0;
      const to = range?.endContainer === n ? range.endOffset : n.length;
      runs.push({ text: n.data.slice(from, to), at: at + from });
    }
    at += n.length;
  }
  const read = new Text(runs);
  return { text: read.text, source: read.source.bind(read), nodes, starts };
}

function rangeOf(read: Read, thread: HTMLElement): Range | null {
  const { exact, before, after } = thread.dataset;
  const place = find(read.text, { exact: exact ?? "", before: before ?? "", after: after ?? "" });
  if (place.how === "gone") return null;
  const [from, to] = read.source(place.start, place.end);
  const range = document.createRange();
  const set = (at: number, end: boolean): void => {
    let i = read.starts.findLastIndex((s) => (end ? s < at : s <= at));
    if (i < 0) i = 0;
    const node = read.nodes[i]!;
    const offset = Math.min(node.length, at - read.starts[i]!);
    if (end) range.setEnd(node, offset);
    else range.setStart(node, offset);
  };
  set(from, false);
  set(to, true);
  return range;
}

/** Marks the words of open notes without touching the text (CSS Custom Highlight API). */
function mark(text: HTMLElement): void {
  if (!("highlights" in CSS)) return;
  const read = pieces(text);
  const ranges = [...document.querySelectorAll<HTMLElement>(".notes > .thread[data-exact]")].map((thread) => rangeOf(read, thread)).filter((r) => r !== null);
  CSS.highlights.set("noted", new Highlight(...ranges));
}

function show(text: HTMLElement, thread: HTMLElement): void {
  if (!thread.dataset.exact) return;
  const range = rangeOf(pieces(text), thread);
  if (!range) return;
  range.startContainer.parentElement?.scrollIntoView({ block: "nearest" });
  if ("highlights" in CSS) CSS.highlights.set("noted-here", new Highlight(range));
}
