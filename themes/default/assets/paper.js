// Nothing here is needed for reading. Times of today become "40 minutes ago"
// in the page's own language and digits, and the News ID gets a button that
// copies the article's address.
"use strict";
(() => {
  const lang = document.documentElement.lang;
  const digits = (text) => /[\u06f0-\u06f9]/.test(text) ? "arabext" : /[\u0660-\u0669]/.test(text) ? "arab" : "latn";
  const zone = /^(.{19}).*?(?:Z|([+-])(\d\d):(\d\d))$/;

  // The day on which a moment falls in the zone that the page wrote it in.
  const dayThere = (iso, at) => {
    const z = zone.exec(iso);
    const minutes = z && z[2] ? (z[2] === "-" ? -1 : 1) * (z[3] * 60 + +z[4]) : 0;
    return new Date(at + minutes * 60000).toISOString().slice(0, 10);
  };

  const relative = () => {
    const now = Date.now();
    for (const el of document.querySelectorAll("time[data-ago]")) {
      const iso = el.dateTime, then = Date.parse(iso);
      const written = el.dataset.ago || (el.dataset.ago = el.textContent);
      const minutes = Math.floor((now - then) / 60000);
      if (!(minutes >= 0) || dayThere(iso, then) !== dayThere(iso, now)) {
        el.textContent = written;
        continue;
      }
      const say = new Intl.RelativeTimeFormat(`${lang}-u-nu-${digits(written)}`, { numeric: "auto", style: "long" });
      el.textContent = minutes < 60 ? say.format(-minutes, "minute") : say.format(-Math.floor(minutes / 60), "hour");
      el.title = written;
    }
  };
  relative();
  setInterval(relative, 60000);

  const id = document.querySelector("[data-copy]");
  if (id && navigator.clipboard) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = id.dataset.copy;
    button.title = id.dataset.copyTitle;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(document.querySelector("link[rel=canonical]").href);
      button.textContent = id.dataset.copied;
    });
    id.append(button);
  }
})();
