// A clip, whatever program wrote it, as blocks of the document.
import { Converter } from "./convert";
import { settle } from "./direction";
import { all, parseHTML, unwrap } from "./dom";
import { footnotes } from "./footnotes";
import type { Block, Left, Pasted, Place } from "./model";
import { normal } from "./normal";
import { programs, type Report } from "./programs";
import { readText } from "./text";

/** What the clipboard holds. */
export interface Clip {
  html: string;
  text: string;
}

/** Reads a clip; plain is for whoever wants only its words. */
export function clean(clip: Clip, place: Place, plain = false): Pasted {
  const left: Left[] = [];
  const pictures = new Map<string, Blob>();
  let blocks: Block[] = [];
  if (!plain && clip.html.trim() !== "") blocks = fromHTML(clip, place, left, pictures);
  // Editors of code and terminals write their text a second time, in colours.
  if (blocks.length === 0 && clip.text.trim() !== "") blocks = readText(clip.text, left, plain);
  const out = normal(blocks, place);
  settle(out, place);
  return { blocks: out, left, pictures };
}

function fromHTML(clip: Clip, place: Place, left: Left[], pictures: Map<string, Blob>): Block[] {
  const doc = parseHTML(clip.html);
  if (isCode(doc) && clip.text.trim() !== "") return [];
  const say: Report = (kind, text) => {
    const words = text.replace(/\s+/g, " ").trim();
    if (words !== "") left.push({ kind, text: words });
  };
  general(doc);
  const fit = programs.filter((p) => p.wrote(doc, clip.html));
  for (const p of fit) p.tidy(doc, say);
  footnotes(doc, say);
  const c = new Converter(place, fit.map((p) => p.name));
  const blocks = c.read(doc.body);
  left.push(...c.left);
  for (const [address, picture] of c.pictures) pictures.set(address, picture);
  return blocks;
}

/** What every browser and program may write around a clip. */
function general(doc: Document): void {
  for (const e of all(doc, "script,style,template,noembed,noframes,head>*")) e.remove();
  for (const e of all(doc, ".Apple-converted-space")) e.replaceWith((e.textContent ?? "").replace(/\u00a0/g, " "));
  for (const e of all(doc, ".Apple-tab-span")) e.replaceWith(" ");
  for (const e of all(doc, "br.Apple-interchange-newline")) e.remove();
  // Elements with a colon are a program's own words for things that other programs need not know.
  for (const e of all(doc.body, "*")) if (e.localName.includes(":")) unwrap(e);
}

/** Text in lines of one font, each line a box: what VS Code and terminals write. */
function isCode(doc: Document): boolean {
  const only = doc.body.children.length === 1 ? doc.body.firstElementChild! : undefined;
  if (!only) return false;
  if (only.localName === "pre") return only.querySelector("a,img,b,strong,i,em,table") === null;
  const css = (only.getAttribute("data-css") ?? "").toLowerCase();
  return only.localName === "div" && /white-space:\s*pre/.test(css) && /monospace|consolas|courier|menlo/.test(css);
}
