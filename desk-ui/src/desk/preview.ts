// The preview of a page: a wide page is made smaller so that all of it is
// seen, and its links lead nowhere, for it is not the paper itself.

export function preview(): void {
  const stage = document.querySelector<HTMLElement>("[data-stage]");
  const frame = stage?.querySelector("iframe");
  if (!stage || !frame) return;

  const fit = () => {
    const width = frame.offsetWidth;
    const scale = Math.min(1, stage.clientWidth / width);
    frame.style.transformOrigin = getComputedStyle(stage).direction === "rtl" ? "top right" : "top left";
    frame.style.transform = scale < 1 ? `scale(${scale})` : "";
    frame.style.blockSize = `${(innerHeight * 0.8) / scale}px`;
    // what the smaller page leaves free below and beside it
    frame.style.marginBlockEnd = scale < 1 ? `${frame.offsetHeight * (scale - 1)}px` : "";
    frame.style.marginInlineEnd = scale < 1 ? `${width * (scale - 1)}px` : "";
  };
  new ResizeObserver(fit).observe(stage);

  const still = () => {
    frame.contentDocument?.addEventListener("click", (e) => {
      const link = (e.target as Element | null)?.closest?.("a[href]");
      if (link && !link.getAttribute("href")!.startsWith("#")) e.preventDefault();
    });
  };
  frame.addEventListener("load", still);
  still();
}
