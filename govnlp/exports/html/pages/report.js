// Evidence and findings light up together; a passage inside a folded table is unfolded first; printing unfolds everything.
(() => {
  const marksOf = (n) => document.querySelectorAll(`[data-f~="${n}"]`);
  const light = (n, on) => {
    for (const mark of marksOf(n)) mark.classList.toggle("on", on);
    const finding = document.getElementById("f" + n);
    if (finding) finding.classList.toggle("on", on);
  };
  let lit = [];
  const show = (numbers) => {
    lit.forEach((n) => light(n, false));
    lit = numbers;
    lit.forEach((n) => light(n, true));
  };
  const numbersOf = (target) => {
    const named = /^[fe](\d+)(-\d+)?$/.exec(target.id);
    if (named) return [named[1]];
    const marked = target.closest("[data-f]");
    return marked ? marked.dataset.f.split(" ") : [];
  };
  const follow = () => {
    const id = decodeURIComponent(location.hash.slice(1));
    const target = id && document.getElementById(id);
    if (!target) return;
    for (let box = target.closest("details"); box; box = box.parentElement.closest("details")) box.open = true;
    show(numbersOf(target));
    if (target.matches(".finding")) target.focus({ preventScroll: true });
    else { const link = target.querySelector("a"); if (link) link.focus({ preventScroll: true }); }
    const finding = lit.length && document.getElementById("f" + lit[0]), panel = document.getElementById("findings");
    if (finding && getComputedStyle(panel).position === "sticky") panel.scrollTop = finding.offsetTop - 12;
    target.scrollIntoView({ block: target.matches(".finding") ? "nearest" : "center" });
  };
  addEventListener("hashchange", follow);
  follow();
  // n and p walk through the findings
  const findings = [...document.querySelectorAll(".finding")];
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !findings.length || (event.key !== "n" && event.key !== "p")) return;
    const at = findings.findIndex((f) => f.classList.contains("on"));
    const next = event.key === "n" ? Math.min(at + 1, findings.length - 1) : Math.max(at - 1, 0);
    location.hash = findings[next].id;
    follow();
  });
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("details:not([open])")];
    folded.forEach((d) => { d.open = true; });
  });
  addEventListener("afterprint", () => folded.forEach((d) => { d.open = false; }));
})();
