// The session ended while somebody writes: they sign in beside their text, and
// it goes on by itself.
import { Refusal, ask } from "../ask";
import { el, freshID } from "../dom";
import type { Sheet } from "../sheet";

/** Windows tell each other that somebody signed in. */
const channel = "BroadcastChannel" in window ? new BroadcastChannel("broadsheet-signed-in") : null;

export function onSignIn(act: () => void): void {
  channel?.addEventListener("message", act);
}

export function signIn(sheet: Sheet, done: () => void): void {
  const { person } = sheet.facts;
  const title = freshID("sign-in");
  const fault = el("p", { class: "wrong", role: "alert", hidden: true });
  const act = el("button", { class: "primary" }, sheet.t("keep.sign-in.act"));
  const email = freshID("email");
  const password = freshID("password");
  const form = el("form", { method: "dialog" },
    el("h2", { id: title }, sheet.t("keep.sign-in.title")),
    el("p", {}, sheet.t("keep.sign-in.what", person.name)),
    el("p", { class: "field" }, el("label", { for: email }, sheet.t("keep.sign-in.email")), el("input", { id: email, name: "email", type: "email", required: true, autocomplete: "username", dir: "ltr" })),
    el("p", { class: "field" }, el("label", { for: password }, sheet.t("keep.sign-in.password")), el("input", { id: password, name: "password", type: "password", required: true, autocomplete: "current-password", dir: "ltr" })),
    fault,
    el("p", { class: "panel-acts" }, act,
      el("a", { href: "/sign-in", target: "_blank", rel: "noopener" }, sheet.t("keep.sign-in.window")),
      el("button", { type: "button", click: () => dialog.close() }, sheet.t("cancel"))));
  const dialog = el("dialog", { class: "panel", "aria-labelledby": title, close: () => { dialog.remove(); sheet.view.focus(); } }, form);
  const wrong = (sentence: string): void => {
    act.disabled = false;
    fault.hidden = false;
    fault.textContent = sentence;
  };
  form.addEventListener("submit", (e) => {
    e.preventDefault();
    act.disabled = true;
    send(new FormData(form)).then((who) => {
      if (who !== person.id) return wrong(sheet.t("keep.sign-in.other", person.name));
      channel?.postMessage(who);
      dialog.close();
      done();
    }, (e: unknown) => wrong(e instanceof Refusal ? e.message : sheet.t("keep.offline")));
  });
  document.body.append(dialog);
  dialog.showModal();
}

async function send(data: FormData): Promise<number> {
  const answer = await ask<{ person: { id: number } }>("/sign-in", { method: "POST", body: new URLSearchParams(data as unknown as Record<string, string>), signal: AbortSignal.timeout(15_000) });
  return answer.person.id;
}
