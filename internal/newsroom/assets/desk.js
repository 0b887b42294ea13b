// What scripts add to the desk. Everything works without: this file only saves
// a walk to the mouse or a reload. It makes no HTML out of text: what it shows
// anew comes as a document from the desk itself and is moved over as nodes.
"use strict";
(() => {
  const root = document.documentElement;
  root.classList.add("js");
  const form = document.querySelector("[data-edit]");
  const list = document.querySelector("[data-list]");
  const typing = (e) => e.target.closest("input:not([type=checkbox]), textarea, select");

  // how many characters stand in a field, and whether they are too many
  for (const count of document.querySelectorAll("[data-count]")) {
    const field = document.getElementById(count.dataset.count);
    const most = Number(field.dataset.most);
    const digits = new Intl.NumberFormat(root.lang);
    const show = () => {
      const n = [...field.value].length;
      count.textContent = n > most * 0.7 ? digits.format(n) + " / " + digits.format(most) : "";
      count.classList.toggle("over", n > most);
    };
    field.addEventListener("input", show);
    show();
  }

  if (form) editing();
  if (list) moving();

  function editing() {
    const state = () => new URLSearchParams(new FormData(form)).toString();
    let kept = form.closest("main").querySelector(".fault, .conflict, .notice") ? "" : state();
    let leaving = false, timer = 0, asked = 0;
    addEventListener("beforeunload", (e) => { if (!leaving && state() !== kept) e.preventDefault(); });
    form.addEventListener("submit", () => { leaving = true; });
    addEventListener("pageshow", () => { leaving = false; });
    form.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(check, 900); });
    addEventListener("keydown", (e) => {
      if (!(e.ctrlKey || e.metaKey) || e.altKey) return;
      if (e.key === "s") { e.preventDefault(); document.querySelector("[data-save]").click(); }
      if (e.key === "Enter") { e.preventDefault(); form.querySelector("[data-preview]").click(); }
    });

    // asks the form's own address what it would say, and takes the copy check
    // and the preview out of the answer
    function check() {
      const mine = ++asked;
      const data = new URLSearchParams(new FormData(form));
      data.set("do", document.querySelector("#preview section") ? "preview" : "check");
      const ask = new XMLHttpRequest();
      ask.open("POST", form.action);
      ask.responseType = "document";
      ask.setRequestHeader("Content-Type", "application/x-www-form-urlencoded");
      ask.onload = () => {
        if (mine !== asked || ask.status !== 200 || !ask.response) return;
        for (const id of ["checks", "preview"]) {
          const fresh = ask.response.getElementById(id), here = document.getElementById(id);
          if (fresh && here && !here.contains(document.activeElement)) here.replaceWith(document.importNode(fresh, true));
        }
      };
      ask.send(data);
    }
  }

  function moving() {
    const rows = [...list.children];
    let at = -1;
    const go = (to) => {
      if (to < 0 || to >= rows.length) return;
      if (at >= 0) rows[at].classList.remove("here");
      at = to;
      rows[at].classList.add("here");
      rows[at].scrollIntoView({ block: "nearest" });
      const link = rows[at].querySelector("a, input");
      if (link) link.focus({ preventScroll: true });
    };
    addEventListener("keydown", (e) => {
      if (e.ctrlKey || e.metaKey || e.altKey || typing(e)) return;
      if (e.key === "j") go(at + 1);
      else if (e.key === "k") go(at - 1);
      else if (at >= 0 && rows[at].querySelector('[data-do="' + CSS.escape(e.key) + '"]')) rows[at].querySelector('[data-do="' + CSS.escape(e.key) + '"]').click();
      else return;
      e.preventDefault();
    });
  }

  addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || typing(e)) return;
    const one = document.querySelector('[data-key="' + CSS.escape(e.key) + '"]');
    if (!one) return;
    e.preventDefault();
    if (one.matches("input")) one.focus(); else one.click();
  });

  const secret = document.querySelector(".secret");
  if (secret) secret.addEventListener("focus", () => secret.select());
})();
