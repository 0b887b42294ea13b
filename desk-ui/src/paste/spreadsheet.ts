// Excel, LibreOffice Calc and Google Sheets: a table with nothing around it.
import { all, style } from "./dom";
import type { Program } from "./programs";

export const spreadsheet: Program = {
  name: "spreadsheet",
  wrote: (doc, html) => /urn:schemas-microsoft-com:office:excel|ProgId content="?Excel|google-sheets-html-origin|data-sheets-/.test(html.slice(0, 5000)) ||
    doc.querySelector("td[sdval],td[sdnum]") !== null,
  tidy(doc) {
    for (const e of all(doc.body, "google-sheets-html-origin")) e.replaceWith(...e.childNodes);
    for (const e of all(doc.body, "td,th")) {
      e.removeAttribute("lang");
      // Rows and columns that the sheet hides are copied along.
      if (style(e, "mso-ignore") === "colspan" && e.textContent!.trim() === "") e.removeAttribute("colspan");
    }
    for (const e of all(doc.body, "font[lang],span[lang]")) e.removeAttribute("lang");
  },
};
