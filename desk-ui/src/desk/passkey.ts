import { Refusal } from "../ask";
import { addPasskey, canPasskey, signInByPasskey } from "../passkey";

/** The sign-in page offers a passkey first, and the account adds one. */
export function passkey(): void {
  if (!canPasskey) return;
  const door = document.querySelector<HTMLElement>("[data-passkey]");
  if (door) offer(door);
  const form = document.querySelector<HTMLFormElement>("[data-new-passkey]");
  if (form) add(form);
}

function offer(door: HTMLElement): void {
  const to = door.dataset.to ?? "/";
  const button = door.querySelector("button")!;
  const quiet = new AbortController();
  const enter = (e: { to: string }): void => location.assign(e.to);
  door.hidden = false;
  button.addEventListener("click", () => {
    quiet.abort(); // the browser shows one window at a time
    button.disabled = true;
    signInByPasskey(to).then(enter, (e) => {
      button.disabled = false;
      say(door, e);
    });
  });
  PublicKeyCredential.isConditionalMediationAvailable?.().then((can) => {
    if (can) signInByPasskey(to, quiet.signal).then(enter, (e) => e instanceof Refusal && say(door, e));
  });
}

function add(form: HTMLFormElement): void {
  form.hidden = false;
  const button = form.querySelector("button")!;
  form.addEventListener("submit", (e) => {
    e.preventDefault();
    button.disabled = true;
    addPasskey(new FormData(form).get("key_name") as string).then((done) => location.assign(done.to), (e) => {
      button.disabled = false;
      say(form, e);
    });
  });
}

/** Says in the desk's words why nothing was done. */
function say(where: HTMLElement, e: unknown): void {
  const fault = where.querySelector<HTMLElement>("[role=alert]")!;
  const known = e instanceof DOMException && e.name === "InvalidStateError" ? where.dataset.there : undefined;
  fault.textContent = e instanceof Refusal ? e.message : known ?? where.dataset.failed ?? "";
  fault.hidden = false;
}
