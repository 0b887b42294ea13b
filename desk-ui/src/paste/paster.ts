// One paste after the other: size, blocks, pictures, and what is said of it.
import { undo } from "prosemirror-history";
import type { Transaction } from "prosemirror-state";
import type { Sheet } from "../sheet";
import { clean, type Clip } from "./clean";
import { insertion, placeOf } from "./insert";
import { MAX_BYTES, toJSON, type Block, type Left, type Pasted } from "./model";
import { Notice } from "./notice";
import { send, takePictures, type Awaited } from "./pictures";
import { toDocument } from "../editor/document";

const MAX_HTML = 12 << 20; // characters of markup, pictures in it apart, that are looked at

export class Paster {
  private said: Notice | undefined;

  constructor(private readonly sheet: Sheet) {}

  private get notice(): Notice {
    return this.said ??= new Notice(this.sheet);
  }

  /** Pastes a clip; always true: what cannot come in is said. */
  clip(clip: Clip, plain: boolean, files: File[] = []): boolean {
    if (clip.html.length + clip.text.length === 0) return false;
    if (clip.html.length > MAX_HTML) clip = { ...clip, html: withoutData(clip.html) };
    const tooMuch = clip.html.length > MAX_HTML;
    const only = tooMuch ? clip.text : "";
    if (clip.text.length > MAX_BYTES && (plain || tooMuch || clip.html === "")) return this.tooLarge(clip.text.length);
    if (tooMuch && only.trim() === "") return this.tooLarge(clip.html.length);
    const { view, facts } = this.sheet;
    const place = placeOf(view.state, facts.language, facts.direction);
    const pasted = clean(tooMuch ? { html: "", text: only } : clip, place, plain || tooMuch);
    this.ownFile(pasted, files);
    if (pasted.blocks.length === 0 && pasted.pictures.size === 0) {
      if (pasted.left.length) this.notice.left(pasted.left, []);
      else this.notice.say(this.sheet.t("paste.nothing"));
      return true;
    }
    return this.put(pasted, plain || clip.html === "" ? undefined : clip.text, tooMuch ? this.sheet.t("paste.only-words") : "");
  }

  /** Pictures alone: a screenshot, or one copied from a page. */
  pictures(files: File[]): boolean {
    const pasted: Pasted = { blocks: [], left: [], pictures: new Map() };
    for (const file of files) this.addFile(pasted, file);
    return this.put(pasted, undefined, "");
  }

  private addFile(pasted: Pasted, file: File, was: Block["attrs"] = {}): void {
    const src = "clip:" + (pasted.pictures.size + 1);
    pasted.pictures.set(src, file);
    pasted.blocks.push({ type: "image", attrs: { alt: "", caption: "", credit: "", ...was, src } });
  }

  /** A picture copied alone is on the clipboard twice: where it stood, and its file. */
  private ownFile(pasted: Pasted, files: File[]): void {
    const alone = pasted.blocks.length === 0 ? pasted.left.every((l) => l.kind === "picture") : pasted.blocks.length === 1 && pasted.blocks[0]!.type === "image";
    if (files.length !== 1 || !alone) return;
    const was = pasted.blocks.pop()?.attrs;
    pasted.left.length = 0;
    pasted.pictures.clear();
    this.addFile(pasted, files[0]!, was);
  }

  private put(pasted: Pasted, words: string | undefined, remark: string): boolean {
    const { view } = this.sheet;
    const { blocks, awaited } = takePictures(pasted);
    const own = bytes(toJSON(blocks));
    if (own > MAX_BYTES) return this.tooLarge(own);
    const { tr, at } = blocks.length ? insertion(view.state, blocks) : { tr: view.state.tr, at: [view.state.selection.to] };
    const size = tr.doc.content.size * 4 < MAX_BYTES ? 0 : bytes(toDocument(tr.doc));
    if (size > MAX_BYTES) return this.tooLarge(size);
    if (tr.docChanged) view.dispatch(tr);
    if (remark) this.notice.say(remark);
    else this.tell(pasted.left, words);
    if (awaited.size) void this.await(tr, pasted.left, words, [...awaited].flatMap(([i, pictures]) => pictures.map((picture) => ({ pos: at[i]!, picture }))));
    return true;
  }

  private tell(left: Left[], words: string | undefined): void {
    const offers = words?.trim() ? [{ label: this.sheet.t("paste.words"), act: () => this.again(words) }] : [];
    this.notice.left(left, offers);
  }

  /** The same clip once more, its words only. */
  private again(words: string): void {
    const { view } = this.sheet;
    undo(view.state, view.dispatch);
    this.clip({ html: "", text: words }, true);
    view.focus();
  }

  private async await(tr: Transaction, left: Left[], words: string | undefined, pictures: { pos: number; picture: Awaited }[]): Promise<void> {
    const failed = await send(this.sheet.view, tr, pictures);
    if (failed.length === 0 || this.sheet.view.isDestroyed) return;
    const again = (): void => {
      const here = this.sheet.view.state.selection.to;
      void this.await(this.sheet.view.state.tr, [], undefined, failed.map((picture) => ({ pos: here, picture })));
    };
    const missing: Left[] = failed.map((f) => ({ kind: "picture", text: String(f.attrs.alt || (f.blob instanceof File ? f.blob.name : "") || "—") }));
    this.notice.left([...missing, ...left], [{ label: this.sheet.t("paste.again"), act: again }, ...(words?.trim() ? [{ label: this.sheet.t("paste.words"), act: () => this.again(words) }] : [])]);
  }

  private tooLarge(size: number): boolean {
    this.notice.say(this.sheet.t("paste.too-large", Math.ceil(size / (1 << 20))));
    return true;
  }
}

/** The size of a document as it is stored. */
const bytes = (tree: unknown): number => new Blob([JSON.stringify(tree)]).size;

/** Markup without the pictures that are written into it: they may be larger than any text. */
function withoutData(html: string): string {
  return html.replace(/data:[a-z]+\/[a-z0-9.+-]+;base64,[A-Za-z0-9+/=\s]{1000,}/gi, "file:picture");
}
