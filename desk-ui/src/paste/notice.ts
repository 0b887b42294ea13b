// Says below the text what of a clip could not be taken along, and offers the
// other way of pasting it.
import { el, keyName } from "../dom";
import type { Sheet } from "../sheet";
import { KINDS, type Left } from "./model";

export interface Offer {
  label: string;
  act: () => void;
}

const SHOWN = 12; // pieces of one kind before the rest is counted

export class Notice {
  private readonly box: HTMLElement;

  constructor(private readonly sheet: Sheet) {
    this.box = el("div", { class: "pasted", role: "status", hidden: true, keydown: (e: KeyboardEvent) => { if (e.key === "Escape") this.close(); } });
    sheet.view.dom.after(this.box);
  }

  /** What was left out, by kind. */
  left(left: Left[], offers: Offer[]): void {
    if (left.length === 0) {
      this.close();
      return;
    }
    const list = el("ul");
    for (const kind of KINDS) {
      const pieces = left.filter((l) => l.kind === kind).map((l) => l.text);
      if (pieces.length) list.append(this.one(kind, pieces));
    }
    this.show([el("p", {}, this.sheet.t("paste.left")), list, el("p", { class: "quiet" }, this.sheet.t("paste.keys", keyName("Mod-z"), keyName("Mod-Shift-v")))], offers);
  }

  /** A sentence. */
  say(text: string, offers: Offer[] = []): void {
    this.show([el("p", {}, text)], offers);
  }

  close(): void {
    if (this.box.hidden) return;
    const held = this.box.contains(document.activeElement);
    this.box.replaceChildren();
    this.box.hidden = true;
    if (held) this.sheet.view.focus();
  }

  private one(kind: string, pieces: string[]): HTMLElement {
    const shown = pieces.slice(0, SHOWN).map((text) => el("li", {}, el("bdi", {}, text)));
    if (pieces.length > SHOWN) {
      const rest = pieces.slice(SHOWN).map((text) => el("li", {}, el("bdi", {}, text)));
      shown.push(el("li", {}, el("details", {}, el("summary", {}, this.sheet.t("paste.more", rest.length)), el("ul", {}, ...rest))));
    }
    return el("li", { "data-kind": kind }, this.sheet.t("paste." + kind), el("ul", {}, ...shown));
  }

  private show(content: Node[], offers: Offer[]): void {
    const buttons = offers.map((o) => el("button", { type: "button", click: () => { this.close(); o.act(); } }, o.label));
    const close = el("button", { type: "button", class: "close", click: () => this.close() }, this.sheet.t("paste.close"));
    this.box.replaceChildren(...content, el("p", { class: "panel-acts" }, ...buttons, close));
    this.box.hidden = false;
  }
}
