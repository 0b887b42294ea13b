// Pictures and what is embedded from elsewhere.
import { house, webAddress } from "./address";
import { plainLine } from "./characters";
import type { Context, Converter } from "./convert";
import { flow } from "./block";
import { all, isElement, isText, lineOf, style } from "./dom";
import type { Block } from "./model";

export function media(c: Converter, e: HTMLElement, x: Context): boolean {
  switch (e.localName) {
    case "img":
      picture(c, e, x);
      return true;
    case "picture": case "noscript":
      c.children(e, { ...x, once: x.once || e.localName === "noscript" });
      return true;
    case "iframe": case "video": case "audio": case "embed": case "object": case "applet":
      embed(c, e, x);
      return true;
  }
  return false;
}

function picture(c: Converter, e: HTMLElement, x: Context): void {
  const alt = plainLine(e.getAttribute("alt") ?? "");
  if (isEmoji(e, alt)) {
    c.text(alt, x);
    return;
  }
  const width = pixels(e, "width"), height = pixels(e, "height");
  const src = source(c, e);
  if (src === "spacer" || width === 1 && height === 1 || style(e, "width") === "1px" && style(e, "height") === "1px") return;
  if (!src) {
    c.say("picture", alt || fileName(e.getAttribute("src") ?? "") || "—");
    return;
  }
  // The copy for browsers without scripts of a picture that stands before it.
  const last = c.top.blocks[c.top.blocks.length - 1];
  if (x.once && last?.type === "image" && last.attrs?.src === src) return;
  if (/^https?:/.test(src)) c.say("remote", alt || src);
  c.add({ type: "image", attrs: { src, alt, caption: "", credit: "", width, height } }, x);
}

/** A picture in place of a character: what its alt says is the character. */
function isEmoji(e: HTMLElement, alt: string): boolean {
  return alt !== "" && alt.length <= 32 && /^[\p{Extended_Pictographic}\p{Emoji_Component}\p{Regional_Indicator}\u200d\ufe0f]+$/u.test(alt) &&
    (/emoji|emoticon/i.test((e.getAttribute("class") ?? "") + (e.getAttribute("src") ?? "")) || e.hasAttribute("data-plain-text") || pixels(e, "width") <= 32);
}

const SPACER = /^data:image\/(gif;base64,R0lGODlhAQAB|svg\+xml[^<]*(%3csvg|<svg)[^>]*(width=.{0,3}1\D|viewbox='0 0 \d+ \d+'\s*\/|\/>|%2f%3e))/i;

/** The first address that may be shown: src, then what scripts would load later; a picture in the clip itself is kept to be uploaded. */
function source(c: Converter, e: HTMLElement): string {
  const own = (e.getAttribute("src") ?? "").trim();
  const candidates = [own, ...["data-src", "data-lazy-src", "data-original"].map((name) => e.getAttribute(name) ?? "")];
  for (const raw of candidates) {
    const src = webAddress(raw);
    if (src) return src;
  }
  for (const name of ["srcset", "data-srcset"]) {
    const src = webAddress((e.getAttribute(name) ?? "").trim().split(/\s/, 1)[0]!.replace(/,$/, ""));
    if (src) return src;
  }
  if (SPACER.test(own)) return "spacer";
  const data = /^data:image\/(png|jpeg|gif|webp|avif);base64,([A-Za-z0-9+/=\s%]+)$/i.exec(own);
  if (!data) return "";
  const blob = decode("image/" + data[1]!.toLowerCase(), data[2]!);
  if (!blob) return "";
  const src = "clip:" + (c.pictures.size + 1);
  c.pictures.set(src, blob);
  return src;
}

function decode(type: string, base64: string): Blob | undefined {
  try {
    const bytes = atob(base64.replace(/%[0-9a-f]{2}/gi, (hex) => decodeURIComponent(hex)).replace(/\s/g, ""));
    return new Blob([Uint8Array.from(bytes, (b) => b.charCodeAt(0))], { type });
  } catch {
    return undefined;
  }
}

function pixels(e: HTMLElement, name: string): number {
  const n = Number((e.getAttribute(name) ?? "").trim().replace(/px$/, ""));
  return Number.isInteger(n) && n > 0 && n <= 100_000 ? n : 0;
}

function fileName(src: string): string {
  if (src.startsWith("data:")) return "";
  try {
    return decodeURIComponent(/([^/\\?#]+)(?:[?#].*)?$/.exec(src)?.[1] ?? "");
  } catch {
    return "";
  }
}

function embed(c: Converter, e: HTMLElement, x: Context): void {
  const url = ["src", "data", "data-src"].map((name) => webAddress(e.getAttribute(name) ?? "")).find(Boolean) ??
    webAddress(e.querySelector("source[src],embed[src]")?.getAttribute("src") ?? "");
  if (!url) {
    const words = lineOf(e);
    if (e.localName === "iframe") c.say("hidden", words);
    else c.children(e, x);
    c.say("picture", e.getAttribute("title") ?? e.getAttribute("src")?.slice(0, 120) ?? "");
    return;
  }
  c.add({ type: "embed", attrs: { url, title: plainLine(e.getAttribute("title") ?? ""), provider: house(url) } }, x);
}

/** Gives its caption to the picture, the card or the quote in it; under anything else it is a paragraph. */
export function figure(c: Converter, e: HTMLElement, x: Context): void {
  c.boundary();
  const caption = [...e.children].find((child): child is HTMLElement => child.localName === "figcaption");
  if (e.classList.contains("embed") && card(c, e, caption, x)) return;
  const into = c.top.flat ? c.top.after : c.top.blocks;
  const start = into.length;
  for (const child of [...e.childNodes]) if (child !== caption) c.walk(child, x);
  c.boundary();
  if (!caption || into[start] && give(c, into[start]!, caption)) return;
  flow(c, caption, x);
}

function give(c: Converter, b: Block, caption: HTMLElement): boolean {
  const attrs = b.attrs ?? {};
  const links = all(caption, "a[href]").filter((a) => lineOf(a) !== "");
  // What else than plain words stands in it is worth more than its place under the picture.
  if (b.type === "quote" && links.length > 0) return false;
  if (b.type === "image" && !attrs.caption) {
    const credit = all(caption, "[class]").find((e) => /credit|copyright/i.test(e.className));
    attrs.credit = credit ? plainLine(lineOf(credit)) : "";
    credit?.remove();
    attrs.caption = plainLine(lineOf(caption));
  } else if (b.type === "embed" && !attrs.title) attrs.title = plainLine(lineOf(caption));
  else if (b.type === "quote" && !attrs.by) attrs.by = plainLine(lineOf(caption)).replace(/^[\s\-–—―]+/, "");
  else return false;
  for (const a of links) c.say("link", lineOf(a) + " (" + (a.getAttribute("href") ?? "").slice(0, 120) + ")");
  b.attrs = attrs;
  return true;
}

/** A figure of class embed with one link: how our own pages print a card. */
function card(c: Converter, e: HTMLElement, caption: HTMLElement | undefined, x: Context): boolean {
  const rest = [...e.childNodes].filter((n) => n !== caption && !(isText(n) && n.data.trim() === ""));
  const a = rest[0];
  if (rest.length !== 1 || !isElement(a) || a.localName !== "a") return false;
  const url = webAddress(a.getAttribute("href") ?? "");
  if (!url) return false;
  const title = plainLine(lineOf(a));
  c.add({ type: "embed", attrs: { url, title: title === url ? "" : title, provider: caption ? plainLine(lineOf(caption)) : "" } }, x);
  return true;
}
