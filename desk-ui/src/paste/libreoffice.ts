// LibreOffice and OpenOffice Writer: honest HTML, with a language and a
// direction on everything, and fields.
import { all, rename } from "./dom";
import type { Program } from "./programs";

export const libreoffice: Program = {
  name: "libreoffice",
  wrote: (doc) => /LibreOffice|OpenOffice/.test(doc.querySelector("meta[name=generator i]")?.getAttribute("content") ?? "") || doc.querySelector("a.sdfootnoteanc,a.sdendnoteanc,p.western,p.cjk,p.ctl") !== null,
  tidy(doc, say) {
    // Remarks in the margin are comments of the HTML.
    const remarks = doc.createNodeIterator(doc.body, NodeFilter.SHOW_COMMENT);
    for (let n = remarks.nextNode(); n; n = remarks.nextNode()) say("comment", n.nodeValue ?? "");
    for (const e of all(doc.body, "[lang]")) e.removeAttribute("lang");
    for (const e of all(doc.body, "span[dir],font[dir]")) e.removeAttribute("dir");
    for (const e of all(doc.body, "p.title,p[class^=title-]")) rename(e, "h1");
  },
};
