// Word for Windows and Mac, and Outlook, which writes mail with it. What Word
// knows stands in properties of its own (mso-…): lists are paragraphs with a
// sign in front, quotes are a class, remarks are linked text at the end.
import { all, lineOf, make, rename, style } from "./dom";
import type { Program, Report } from "./programs";
import { wordLists } from "./wordlist";

export const word: Program = {
  name: "word",
  wrote: (doc, html) => /mso-|urn:schemas-microsoft-com:office:word|class="?'?Mso/i.test(html.slice(0, 200_000)) && doc.querySelector("[class*=SCXW]") === null,
  tidy(doc, say) {
    for (const e of all(doc.body, "[lang]")) e.removeAttribute("lang");
    // Each run in Word says its direction; only a paragraph's tells more than its letters do.
    for (const e of all(doc.body, "span[dir]")) e.removeAttribute("dir");
    comments(doc, say);
    changes(doc, say);
    for (const e of all(doc.body, "span[data-css*=mso-tab-count]")) e.replaceWith(" ");
    wordLists(doc);
    styles(doc);
    for (const e of all(doc.body, "p,div")) if (/^(header|footer)$/.test(style(e, "mso-element"))) e.remove();
  },
};

/** Remarks in the margin: Word puts their text at the end and an anchor into the line. */
function comments(doc: Document, say: Report): void {
  for (const list of all(doc.body, "div")) {
    if (style(list, "mso-element") !== "comment-list") continue;
    for (const c of all(list, "div[id^=_com_]")) {
      for (const a of all(c, ".MsoCommentReference,a.msocomanchor,span[data-css*=mso-special-character]")) a.remove();
      say("comment", lineOf(c));
    }
    list.remove();
  }
  for (const e of all(doc.body, ".MsoCommentReference,a.msocomanchor,span[data-css*='mso-special-character:comment'],span[data-css*='mso-special-character: comment']")) e.remove();
}

/** Tracked changes: what was put in is text; what was taken out is named. */
function changes(doc: Document, say: Report): void {
  for (const e of all(doc.body, "del,.msoDel,.MsoDel")) {
    if (!e.isConnected) continue;
    say("deleted", lineOf(e));
    e.remove();
  }
}

/** Styles that Word writes as classes of a paragraph. */
function styles(doc: Document): void {
  for (const e of all(doc.body, "p[class*=Title]")) if (/^MsoTitle/.test(e.className)) rename(e, "h1");
  for (const e of all(doc.body, "p.MsoQuote,p.MsoIntenseQuote,p[class^=MsoQuote],p[class^=MsoIntenseQuote],p.MsoBlockText")) {
    const before = e.previousElementSibling;
    const box = before?.localName === "blockquote" && before.hasAttribute("data-word") ? before : make(doc, "blockquote", { "data-word": "" });
    if (box !== before) e.before(box);
    const dir = e.getAttribute("dir");
    if (dir && !box.hasAttribute("dir")) box.setAttribute("dir", dir);
    // The style is italic by itself; that is how a quote looks there, not what it says.
    if (all(e, "i,em").map(lineOf).join("") === lineOf(e)) for (const i of all(e, "i,em")) i.replaceWith(...i.childNodes);
    box.append(e);
  }
}
