// Footnotes and sources: every program writes a link to the note, and in the
// note a link back. Where both are in the clip, the note's text moves into the
// line where it belongs, and its place at the end goes.
import { linkAddress } from "./address";
import { all, isElement, lineOf, make, style } from "./dom";
import { MAX_NOTE } from "./model";
import type { Report } from "./programs";

export function footnotes(doc: Document, say: Report): void {
  const named = names(doc);
  const found = new Map<HTMLElement, HTMLElement[]>(); // note → its references
  for (const a of all(doc.body, "a[href*='#']")) {
    const target = named.get(fragment(a));
    // The text comes first, the notes after it: that tells a reference from the link back.
    if (!target || target.contains(a) || !(a.compareDocumentPosition(target) & Node.DOCUMENT_POSITION_FOLLOWING)) continue;
    const note = noteAt(target, a, named);
    if (note && isReference(a)) found.set(note, [...(found.get(note) ?? []), a]);
  }
  const emptied = new Set<Element>();
  for (const [note, references] of found) {
    const text = noteText(note, named);
    if (text.words === "" || text.words.length > MAX_NOTE || references.some((a) => note.contains(a))) continue;
    for (const a of references) replace(a, text);
    if (note.parentElement) emptied.add(note.parentElement);
    note.remove();
  }
  for (const e of emptied) tidy(e, say);
}

/** What stands after the last # of a link. */
function fragment(a: Element): string {
  const href = a.getAttribute("href") ?? "";
  const name = href.slice(href.lastIndexOf("#") + 1);
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

function names(doc: Document): Map<string, HTMLElement> {
  const map = new Map<string, HTMLElement>();
  for (const e of all(doc.body, "a[name]")) map.set(e.getAttribute("name")!, e);
  for (const e of all(doc.body, "[id]")) map.set(e.id, e);
  return map;
}

/** A reference is short and shows a number or a sign. */
const isReference = (a: Element): boolean => lineOf(a).length <= 12 && !/^(↩|↑|\^|⤴)/.test(lineOf(a));

/** The note that holds a target, if it links back to the reference. */
function noteAt(target: HTMLElement, a: HTMLElement, named: Map<string, HTMLElement>): HTMLElement | undefined {
  let note: HTMLElement | null = target.closest<HTMLElement>("li,div,p,dd,aside,section,td");
  if (!note || note === note.ownerDocument.body) return undefined;
  const back = (e: Element): boolean => all(e, "a[href*='#']").some((b) => named.get(fragment(b)) !== undefined && isAround(named.get(fragment(b))!, a));
  while (note && !back(note)) note = wider(note);
  if (!note || note.contains(a)) return undefined;
  for (let up = wider(note); up; up = wider(note)) note = up;
  return note;
}

/** The element around a note that holds nothing but it: Word and LibreOffice put each into a box of its own. */
function wider(note: HTMLElement): HTMLElement | null {
  const up = note.parentElement;
  if (!up || !/^(div|li|aside|td|dd)$/.test(up.localName)) return null;
  const boxed = /(^|\s|_)(foot|end)?(ftn|edn|fn|sdfootnote|sdendnote|footnote|note|cite)/i.test(up.id + " " + up.className) || /^(footnote|endnote)$/.test(style(up, "mso-element"));
  const one = all(up, "a[href*='#']").filter((b) => isBack(b)).length <= 1;
  return boxed && one && up !== up.ownerDocument.body ? up : null;
}

const isBack = (a: Element): boolean => /(ref|anc|anchor|cite|link|back)/i.test(fragment(a)) || /^(↩|↑|\^)/.test(lineOf(a));

/** Whether a name is the reference's own, or of what stands close around it. */
function isAround(e: Element, a: Element): boolean {
  return e === a || e.contains(a) && lineOf(e).length <= 12 || a.contains(e) || e.parentElement === a.parentElement && /^(sup|a|span)$/.test(e.localName) && lineOf(e).length <= 12;
}

interface NoteText { words: string; href: string }

/** A note as one line, its first address apart, further ones written out. */
function noteText(note: HTMLElement, named: Map<string, HTMLElement>): NoteText {
  const copy = note.cloneNode(true) as HTMLElement;
  let href = "";
  for (const a of all(copy, "a")) {
    const raw = a.getAttribute("href") ?? "";
    if (raw.includes("#") && (named.has(fragment(a)) || isBack(a)) && lineOf(a).length <= 14) {
      a.remove();
      continue;
    }
    const address = linkAddress(raw);
    if (address === "") continue;
    if (href === "") href = address;
    else if (!lineOf(a).includes(address)) a.append(" (" + address + ")");
  }
  for (const e of all(copy, "script,style,template")) e.remove();
  for (const e of all(copy, "p,div,br,li")) e.after(" ");
  // The number or sign by which the note was found has gone with the link back; a bare one may stand beside it.
  const words = lineOf(copy).replace(/^(\[?[\d۰-۹٠-٩*†‡^↑]{1,4}[\].)]?|\[?[ivxl]{1,5}[\].)])\s+(?=\S)/i, "").replace(/\s*[↩⤴]\ufe0e?$/, "").trim();
  return { words, href };
}

/** The reference with what only raises it. */
function replace(a: HTMLElement, text: NoteText): void {
  let e: HTMLElement = a;
  while (e.parentElement && /^(sup|span|font|b|i|small)$/.test(e.parentElement.localName) && lineOf(e.parentElement) === lineOf(e)) e = e.parentElement;
  const before = e.previousSibling, after = e.nextSibling;
  const note = make(a.ownerDocument, "source-note", { "data-text": text.words, "data-href": text.href });
  e.replaceWith(note);
  // Brackets that stood around the link.
  if (before?.nodeType === 3 && /\[$/.test(before.nodeValue ?? "") && after?.nodeType === 3 && /^\]/.test(after.nodeValue ?? "")) {
    before.nodeValue = before.nodeValue!.slice(0, -1);
    after.nodeValue = after.nodeValue!.slice(1);
  }
}

/** Takes away the list, box and rule that held the notes, once they are empty. */
function tidy(e: Element, say: Report): void {
  for (let box: Element | null = e; box && box !== box.ownerDocument.body; ) {
    const up: Element | null = box.parentElement;
    for (const hr of all(box, "hr,br")) if (lineOf(box) === "" || endsAt(box, hr)) hr.remove();
    if (lineOf(box) !== "" || box.querySelector("img,table,source-note")) break;
    const before = previous(box);
    if (before?.localName === "hr") before.remove();
    const head = before && (/^h[1-6]$/.test(before.localName) ? before : before.querySelector(":scope > h1,:scope > h2,:scope > h3,:scope > h4"));
    if (before && head && lineOf(head) === lineOf(before) && endsAt(box.ownerDocument.body, box)) {
      say("furniture", lineOf(before));
      before.remove();
    }
    box.remove();
    box = up;
  }
  const body = e.ownerDocument.body;
  for (let last = body.lastElementChild; last && /^(hr|br)$/.test(last.localName) && (last.nextSibling?.nodeValue ?? "").trim() === ""; last = body.lastElementChild) last.remove();
}

/** Whether nothing shows after an element in a box. */
function endsAt(box: Element, e: Element): boolean {
  for (let n: Node | null = e; n && n !== box; n = n.parentNode) {
    for (let next = n.nextSibling; next; next = next.nextSibling) if (lineOf(next) !== "" || isElement(next) && next.querySelector("img,table,source-note")) return false;
  }
  return true;
}

function previous(e: Element): Element | null {
  for (let n = e.previousSibling; n; n = n.previousSibling) {
    if (isElement(n)) return n;
    if ((n.nodeValue ?? "").trim() !== "" && n.nodeType === 3) return null;
  }
  return null;
}
