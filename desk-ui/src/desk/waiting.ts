// Every page of the desk sends what waits in the browser's store, and says so.
import { el } from "../dom";
import { sendWaiting } from "../keep/outbox";

const again = 30_000; // milliseconds until it is tried once more

export function waiting(): void {
  const person = Number(document.body.dataset.person);
  if (!person || !("indexedDB" in window)) return;
  let timer = 0;
  const send = async (): Promise<void> => {
    clearTimeout(timer);
    try {
      for (const { article, title } of await sendWaiting(person)) said(article, title);
    } catch {
      timer = window.setTimeout(() => void send(), again);
    }
  };
  addEventListener("online", () => void send());
  void send();
}

/** Leads to a text that has arrived, unless its editor is what is open. */
function said(article: number, title: string): void {
  if (location.pathname === "/articles/" + article + "/edit") return;
  const texts = JSON.parse(document.body.dataset.live || "{}") as Record<string, string>;
  const link = el("a", { href: "/articles/" + article + "/edit" }, title || texts["arrived.untitled"]);
  document.querySelector("main")?.prepend(el("p", { class: "says done", role: "status" }, (texts.arrived ?? "") + " ", el("bdi", {}, link)));
}
