// Mail from Gmail, Outlook, Thunderbird and Apple Mail: a quoted reply is a
// quote, a message in an answer to an answer is a quote in it.
import { all, lineOf, make, texts, unwrap } from "./dom";
import type { Program } from "./programs";

export const mail: Program = {
  name: "mail",
  wrote: (doc) => doc.querySelector(".gmail_quote,.gmail_default,.gmail_signature,.moz-cite-prefix,.moz-signature,.moz-quote-pre,.moz-forward-container,blockquote[type=cite],#divRplyFwdMsg,.elementToProof,[class^=x_]") !== null,
  tidy(doc) {
    // Gmail's box around the whole of a reply is no quote; the block in it is.
    for (const e of all(doc.body, "div.gmail_quote,div.gmail_extra,div.gmail_default")) unwrapBlock(e);
    // A no-break space after a full stop is what was typed as a space at the end of a line.
    for (const t of texts(doc.body)) t.data = t.data.replace(/^\u00a0(?=\S)|(?<=\S)\u00a0$/g, " ").replace(/(?<=[.,!?؟،;:…])\u00a0(?=\p{L})/gu, " ");
    // A quoted text's own line of dashes is two characters that part a signature.
    for (const e of all(doc.body, ".moz-signature,.gmail_signature_prefix")) if (/^--\s*$/.test(lineOf(e))) e.remove();
    for (const e of all(doc.body, ".moz-txt-citetags,.moz-txt-sig > a:empty")) e.remove();
    for (const e of all(doc.body, "pre.moz-signature")) e.firstChild?.nodeType === 3 && (e.firstChild.nodeValue = e.firstChild.nodeValue!.replace(/^-- \n/, ""));
  },
};

/** Takes a box away; what stood in it still begins and ends a line. */
function unwrapBlock(e: Element): void {
  const div = make(e.ownerDocument, "div");
  for (const name of ["dir", "lang"]) if (e.hasAttribute(name)) div.setAttribute(name, e.getAttribute(name)!);
  div.append(...e.childNodes);
  e.replaceWith(div);
  if (!div.hasAttributes() && div.children.length === div.childNodes.length && div.querySelector(":scope > div,:scope > p,:scope > blockquote")) unwrap(div);
}
