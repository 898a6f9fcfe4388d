// The ranking: filtered, sorted and shown a page at a time from the data at the end of the page. The state stands in the
// address, so that a chart or a cell of the map is an ordinary link to it, and the way back works.
(() => {
  const FIELDS = ["page", "rank", "agency", "kind", "year", "overall", "grade", "completeness", "consistency", "boilerplate", "errors", "warnings", "change", "source", "codes"];
  const AT = Object.fromEntries(FIELDS.map((name, i) => [name, i]));
  const SIZE = 25, PRINTED = 1000;
  const NUMBERS = new Set(["rank", "year", "overall", "completeness", "consistency", "boilerplate", "errors", "warnings", "change"]);
  const RANGED = new Set(["overall", "completeness", "consistency", "boilerplate"]);
  const data = JSON.parse(document.getElementById("data").textContent);
  const form = document.getElementById("filters");
  const table = document.getElementById("rows");
  const body = table.tBodies[0];
  const heads = [...table.querySelectorAll("[data-sort]")];
  const columns = heads.map((b) => b.dataset.sort);
  const label = Object.fromEntries(heads.map((b) => [b.dataset.sort, b.textContent]));
  const kinds = Object.fromEntries([...form.kind.options].map((o) => [o.value, o.textContent]));
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, key) => values[key]);
  const order = new Intl.Collator(document.documentElement.lang, { numeric: true });
  const searched = data.rows.map((r) => (r[AT.agency] + " " + r[AT.source] + " " + (r[AT.year] ?? "")).toLowerCase());
  const DEFAULTS = { q: "", kind: "", year: "", grade: "", finding: "", by: "", min: "", max: "", sort: "rank", dir: "up", page: "1" };
  let state = { ...DEFAULTS };
  let found = [];

  const read = () => {
    const hash = location.hash.slice(1);
    if (!hash.includes("=") && hash !== "") return false;
    const given = new URLSearchParams(hash);
    state = { ...DEFAULTS };
    for (const key of Object.keys(DEFAULTS)) if (given.has(key)) state[key] = given.get(key);
    if (!columns.includes(state.sort)) state.sort = "rank";
    for (const name of ["q", "kind", "year", "grade", "finding"]) form[name].value = state[name];
    return hash !== "";
  };
  const address = () => {
    const kept = new URLSearchParams();
    for (const [key, value] of Object.entries(state)) if (value !== DEFAULTS[key]) kept.set(key, value);
    return "#" + (kept.toString() || "ranking");
  };
  const change = (changes, push = true) => {
    state = { ...state, page: "1", ...changes };
    history[push ? "pushState" : "replaceState"](null, "", address());
    update();
  };

  const matches = () => {
    const words = state.q.toLowerCase().split(/\s+/).filter(Boolean);
    const code = state.finding ? data.codes.indexOf(state.finding) : -1;
    const ranged = RANGED.has(state.by);
    const low = Number(state.min || 0), high = state.max === "100" || state.max === "" ? Infinity : Number(state.max);
    const hits = [];
    for (let i = 0; i < data.rows.length; i++) {
      const r = data.rows[i];
      if (state.kind && r[AT.kind] !== state.kind) continue;
      if (state.year && String(r[AT.year]) !== state.year) continue;
      if (state.grade && r[AT.grade] !== state.grade) continue;
      if (state.finding && !r[AT.codes].includes(code)) continue;
      if (ranged && (r[AT[state.by]] === null || r[AT[state.by]] < low || r[AT[state.by]] >= high)) continue;
      if (words.length && !words.every((w) => searched[i].includes(w))) continue;
      hits.push(r);
    }
    return hits;
  };
  const sorted = (rows) => {
    const at = AT[state.sort], sign = state.dir === "down" ? -1 : 1;
    const compare = NUMBERS.has(state.sort) ? (a, b) => a - b : (a, b) => order.compare(a, b);
    // what is not known comes last either way; equals stay in the order of their rank
    return rows.sort((a, b) => {
      const x = a[at], y = b[at];
      if (x === null || y === null) return (x === null) - (y === null);
      return sign * compare(x, y) || a[AT.rank] - b[AT.rank];
    });
  };

  const score = (v) => (v === null ? "—" : v.toFixed(1));
  const cell = (row, name) => {
    const td = document.createElement("td");
    const value = row[AT[name]];
    if (NUMBERS.has(name)) td.className = "r num";
    if (name === "agency") {
      const link = document.createElement("a");
      link.href = "reports/" + encodeURIComponent(row[AT.page]) + ".html";
      link.textContent = value;
      const source = document.createElement("span");
      source.className = "src";
      source.textContent = row[AT.source].replace(/^.*[/\\]/, "");
      source.title = row[AT.source];
      td.append(link, source);
    } else if (name === "kind") td.textContent = kinds[value] ?? value;
    else if (name === "change") {
      td.textContent = value === null ? "" : (value > 0 ? "+" : value < 0 ? "−" : "") + Math.abs(value).toFixed(1);
      if (value) td.classList.add(value > 0 ? "up" : "down");
    } else if (RANGED.has(name)) td.textContent = score(value);
    else {
      td.textContent = value ?? "—";
      if (name === "errors" && value > 0) td.classList.add("hot");
    }
    return td;
  };
  const fillBody = (rows) => {
    const lines = document.createDocumentFragment();
    for (const row of rows) {
      const tr = document.createElement("tr");
      for (const name of columns) tr.append(cell(row, name));
      lines.append(tr);
    }
    body.replaceChildren(lines);
  };

  const shown = document.getElementById("shown"), range = document.getElementById("range");
  const page = document.getElementById("page"), earlier = document.getElementById("earlier"), later = document.getElementById("later");
  const update = () => {
    found = sorted(matches());
    const pages = Math.max(1, Math.ceil(found.length / SIZE));
    const now = Math.min(Math.max(1, Number(state.page) || 1), pages);
    state.page = String(now);
    fillBody(found.slice((now - 1) * SIZE, now * SIZE));
    const all = found.length === data.rows.length;
    shown.textContent = fill(shown.dataset[all ? "all" : "some"], { n: found.length, all: data.rows.length });
    range.hidden = !RANGED.has(state.by);
    if (!range.hidden) range.textContent = `${label[state.by]} ${state.min}–${state.max} ✕`;
    page.textContent = fill(page.dataset.text, { n: now, all: pages });
    earlier.disabled = now === 1;
    later.disabled = now === pages;
    for (const b of heads) {
      const th = b.parentElement;
      if (b.dataset.sort === state.sort) th.setAttribute("aria-sort", state.dir === "down" ? "descending" : "ascending");
      else th.removeAttribute("aria-sort");
    }
  };

  for (const button of heads) button.addEventListener("click", () => {
    const name = button.dataset.sort;
    // a first click on a score asks for the highest, on a name for the first
    const first = NUMBERS.has(name) && name !== "rank" ? "down" : "up";
    change({ sort: name, dir: state.sort === name ? (state.dir === "up" ? "down" : "up") : first });
  });
  const typed = ({ target }) => { if (state[target.name] !== target.value) change({ [target.name]: target.value }, false); };
  form.addEventListener("input", typed);
  form.addEventListener("change", typed);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(() => change({ ...DEFAULTS, sort: state.sort, dir: state.dir })));
  range.addEventListener("click", () => { change({ by: "", min: "", max: "" }); form.q.focus(); });
  const turn = (by) => { change({ page: String(Number(state.page) + by) }); table.scrollIntoView(); };
  earlier.addEventListener("click", () => turn(-1));
  later.addEventListener("click", () => turn(1));
  const arrive = () => {
    const asked = read();
    update();
    if (asked) document.getElementById("ranking").scrollIntoView();
  };
  addEventListener("popstate", arrive);
  addEventListener("beforeprint", () => fillBody(found.slice(0, PRINTED)));
  addEventListener("afterprint", update);
  arrive();
})();
