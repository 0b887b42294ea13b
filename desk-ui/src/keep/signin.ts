// The session ended while somebody writes: they sign in beside their text, and
// it goes on by itself.
import { Refusal, ask } from "../ask";
import { el, freshID } from "../dom";
import { canPasskey, signInByPasskey } from "../passkey";
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
  const code = freshID("code");
  let pending = ""; // goes back with the one-time code, once that is asked for
  const codeField = el("p", { class: "field", hidden: true }, el("label", { for: code }, sheet.t("keep.sign-in.code")), el("input", { id: code, name: "code", autocomplete: "one-time-code", dir: "ltr" }));
  const byPasskey = el("button", { type: "button", hidden: !canPasskey, click: () => enter(signInByPasskey("/").then((e) => e.person.id)) }, sheet.t("keep.sign-in.passkey"));
  const form = el("form", { method: "dialog" },
    el("h2", { id: title }, sheet.t("keep.sign-in.title")),
    el("p", {}, sheet.t("keep.sign-in.what", person.name)),
    el("p", { class: "field" }, el("label", { for: email }, sheet.t("keep.sign-in.email")), el("input", { id: email, name: "email", type: "email", required: true, autocomplete: "username", dir: "ltr" })),
    el("p", { class: "field" }, el("label", { for: password }, sheet.t("keep.sign-in.password")), el("input", { id: password, name: "password", type: "password", required: true, autocomplete: "current-password", dir: "ltr" })),
    codeField,
    fault,
    el("p", { class: "panel-acts" }, act, byPasskey,
      el("a", { href: "/sign-in", target: "_blank", rel: "noopener" }, sheet.t("keep.sign-in.window")),
      el("button", { type: "button", click: () => dialog.close() }, sheet.t("cancel"))));
  const dialog = el("dialog", { class: "panel", "aria-labelledby": title, close: () => { dialog.remove(); sheet.view.focus(); } }, form);
  const wrong = (sentence: string): void => {
    act.disabled = false;
    fault.hidden = false;
    fault.textContent = sentence;
  };
  const enter = (who: Promise<number | string>): void => {
    act.disabled = true;
    who.then((who) => {
      if (typeof who === "string") return askCode(who);
      if (who !== person.id) return wrong(sheet.t("keep.sign-in.other", person.name));
      channel?.postMessage(who);
      dialog.close();
      done();
    }, (e: unknown) => wrong(e instanceof Refusal ? e.message : e instanceof DOMException && e.name !== "TimeoutError" ? sheet.t("keep.sign-in.passkey-failed") : sheet.t("keep.offline")));
  };
  const askCode = (ticket: string): void => {
    pending = ticket;
    act.disabled = false;
    codeField.hidden = false;
    codeField.querySelector("input")!.focus();
  };
  form.addEventListener("submit", (e) => {
    e.preventDefault();
    const data = new FormData(form);
    if (pending) data.set("pending", pending);
    enter(send(pending ? "/sign-in/code" : "/sign-in", data));
  });
  document.body.append(dialog);
  dialog.showModal();
}

/** Answers who is in, or what a one-time code has to come back with. */
async function send(address: string, data: FormData): Promise<number | string> {
  const answer = await ask<{ person?: { id: number }; pending?: string }>(address, { method: "POST", body: new URLSearchParams(data as unknown as Record<string, string>), signal: AbortSignal.timeout(15_000) });
  return answer.person?.id ?? answer.pending ?? "";
}
