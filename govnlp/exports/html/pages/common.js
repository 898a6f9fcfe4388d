"use strict";
// Light or dark: the system's choice until the reader makes one. Without storage (a page opened from a disk) it lasts for the page.
(() => {
  const root = document.documentElement;
  const keep = (value) => { try { localStorage.setItem("govnlp-theme", value); } catch { /* not kept */ } };
  let theme = null;
  try { theme = localStorage.getItem("govnlp-theme"); } catch { /* not kept */ }
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  const dark = () => (root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  for (const button of document.querySelectorAll("[data-theme-switch]")) {
    button.addEventListener("click", () => { root.dataset.theme = dark() ? "light" : "dark"; keep(root.dataset.theme); });
  }
})();
