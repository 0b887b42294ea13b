// Files that are dropped anywhere on a page become drafts, one each. Where the
// page has no place for it ([data-drop]), files are left alone. The form at
// /manuscripts/new does the same without scripts.
import { el } from "../dom";

/** What POST /manuscripts answers of one file. */
interface Handed {
  name: string;
  link?: string;
  headline?: string;
  says?: string[];
  error?: string;
}

const largest = 25 * 1024 * 1024;

/** Other parts hand files over by this event: the editor keeps pictures for the text and passes the rest on. */
export const filesDropped = "desk:files";

export function drop(): void {
  const place = document.querySelector<HTMLElement>("[data-drop]");
  if (place) new Drop(place).listen();
}

class Drop {
  private readonly texts: Record<string, string>;
  private readonly list = el("ol", { role: "log", "aria-live": "polite" });
  private readonly target: HTMLElement;
  private readonly close: HTMLButtonElement;
  private depth = 0;
  private waiting: Promise<void> = Promise.resolve();
  private under = 0; // files that are on their way

  constructor(private readonly place: HTMLElement) {
    this.texts = JSON.parse(place.dataset.texts ?? "{}") as Record<string, string>;
    this.close = el("button", { type: "button", class: "plain", click: () => this.clear() }, this.t("close"));
    place.append(el("div", { class: "drop-head" }, el("h2", {}, this.t("title")), this.close), this.list);
    this.target = el("div", { class: "drop-target", hidden: true, "aria-hidden": "true" }, el("p", {}, el("b", {}, this.t("here")), el("br"), this.t("kinds")));
    document.body.append(this.target);
  }

  listen(): void {
    // Enter and leave come for every element on the way: only their balance says whether the files are over the page.
    addEventListener("dragenter", (e) => this.over(e, 1));
    addEventListener("dragleave", (e) => this.over(e, -1));
    addEventListener("dragover", (e) => {
      if (!e.defaultPrevented && documents(e)) e.preventDefault();
    });
    addEventListener("drop", (e) => {
      this.show(false);
      if (e.defaultPrevented || !carriesFiles(e)) return;
      e.preventDefault(); // a browser would leave the page for the file
      this.take([...(e.dataTransfer?.files ?? [])]);
    });
    document.addEventListener(filesDropped, (e) => this.take((e as CustomEvent<File[]>).detail));
    addEventListener("beforeunload", (e) => {
      if (this.under > 0) e.preventDefault();
    });
  }

  private over(e: DragEvent, step: 1 | -1): void {
    if (!documents(e)) return;
    this.depth = Math.max(0, this.depth + step);
    this.target.hidden = this.depth === 0;
  }

  private show(on: boolean): void {
    this.depth = on ? 1 : 0;
    this.target.hidden = !on;
  }

  /** One after the other: a poor line brings the first one sooner. */
  private take(files: File[]): void {
    const token = crypto.randomUUID();
    for (const file of files) {
      const line = el("li", {}, el("p", { class: "file" }, el("bdi", {}, file.name)));
      this.list.append(line);
      this.place.hidden = false;
      if (file.size > largest) {
        this.tell(line, this.t("large", file.name));
        continue;
      }
      this.enqueue(line, file, token);
    }
  }

  private enqueue(line: HTMLElement, file: File, token: string): void {
    this.under++;
    this.close.hidden = true;
    this.waiting = this.waiting.then(() => this.send(line, file, token)).finally(() => {
      this.under--;
      this.close.hidden = this.under > 0;
    });
  }

  /** Sent again, the same token makes the same draft. */
  private async send(line: HTMLElement, file: File, token: string): Promise<void> {
    const bar = el("progress", { max: 100, "aria-label": this.t("sending", file.name, "0") });
    line.replaceChildren(el("p", { class: "file" }, el("bdi", {}, file.name)), bar);
    const answer = await post(this.place.dataset.drop ?? "/manuscripts", file, token, (part) => {
      bar.value = part;
      bar.setAttribute("aria-label", part < 100 ? this.t("sending", file.name, String(part)) : this.t("reading", file.name));
      if (part >= 100) bar.removeAttribute("value"); // it is being read: nobody knows how long
    });
    bar.remove();
    const handed = answer?.files?.[0];
    if (handed?.link) {
      line.append(
        el("p", {}, this.t("made") + " ", el("a", { href: handed.link }, el("bdi", {}, handed.headline ?? handed.name))),
      );
      if (handed.says?.length) line.append(el("details", { open: true }, el("summary", {}, this.t("says")), el("ul", {}, ...handed.says.map((s) => el("li", { dir: "auto" }, s)))));
      return;
    }
    this.tell(line, handed?.error ?? answer?.error ?? this.t("failed", file.name));
    if (handed?.error) return; // the file itself: sending it again changes nothing
    const again = el("button", { type: "button", class: "small", click: () => this.enqueue(line, file, token) }, this.t("again"));
    line.append(again);
  }

  private tell(line: HTMLElement, why: string): void {
    line.append(el("p", { class: "why" }, why));
  }

  private clear(): void {
    this.list.replaceChildren();
    this.place.hidden = true;
  }

  private t(key: string, ...args: string[]): string {
    return args.reduce((text, arg, i) => text.replaceAll("{" + i + "}", arg), this.texts[key] ?? key);
  }
}

function carriesFiles(e: DragEvent): boolean {
  return e.dataTransfer?.types.includes("Files") ?? false;
}

/** Files that are not only pictures over the text: those are the editor's. */
function documents(e: DragEvent): boolean {
  if (!carriesFiles(e)) return false;
  const inText = e.target instanceof Element && e.target.closest(".sheet") !== null;
  const items = [...(e.dataTransfer?.items ?? [])];
  return !(inText && items.length > 0 && items.every((i) => i.type.startsWith("image/")));
}

interface Answer {
  files?: Handed[];
  error?: string;
}

/** Sends one file and tells how far it is, in percent. null = the line is down. */
function post(address: string, file: File, token: string, progress: (percent: number) => void): Promise<Answer | null> {
  return new Promise((resolve) => {
    const form = new FormData();
    form.set("token", token);
    form.set("file", file, file.name);
    const request = new XMLHttpRequest(); // fetch does not tell how much has left
    request.open("POST", address);
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.upload.addEventListener("progress", (e) => {
      if (e.lengthComputable) progress(Math.floor((100 * e.loaded) / e.total));
    });
    request.upload.addEventListener("load", () => progress(100));
    request.addEventListener("load", () => resolve(request.response as Answer | null));
    for (const failure of ["error", "abort", "timeout"]) request.addEventListener(failure, () => resolve(null));
    request.send(form);
  });
}
