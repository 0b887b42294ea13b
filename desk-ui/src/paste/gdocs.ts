// Google Docs: on the clipboard all of it stands in a <b> that is not bold; in
// a page that was downloaded from it, styles are classes and remarks are links.
import { all, lineOf, rename, style, unwrap } from "./dom";
import type { Program, Report } from "./programs";

export const gdocs: Program = {
  name: "gdocs",
  wrote: (doc) => doc.querySelector("[id^=docs-internal-guid],.doc-content") !== null,
  tidy(doc, say) {
    for (const e of all(doc.body, "[id^=docs-internal-guid]")) if (e.localName === "b") unwrap(e);
    for (const e of all(doc.body, "p.title")) rename(e, "h1");
    for (const e of all(doc.body, "li[role=checkbox] img,img[aria-roledescription=checkbox]")) e.remove();
    for (const p of all(doc.body, "li[role=checkbox] p")) p.removeAttribute("data-css");
    comments(doc, say);
    // A table stands in a box that only places it.
    for (const e of all(doc.body, "div[align]")) if (e.children.length === 1 && e.firstElementChild!.localName === "table") unwrap(e);
    for (const e of all(doc.body, "hr")) if (style(e, "page-break-before") === "always" || style(e, "display") === "none") e.remove();
  },
};

function comments(doc: Document, say: Report): void {
  for (const a of all(doc.body, "a[href^='#cmnt_ref']")) {
    const box = a.closest("div") ?? a.closest("p");
    a.remove();
    if (!box || box === doc.body) continue;
    say("comment", lineOf(box));
    box.remove();
  }
  for (const a of all(doc.body, "a[href^='#cmnt']")) (a.closest("sup") ?? a).remove();
}
