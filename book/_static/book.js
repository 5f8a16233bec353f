// What a reader gains with scripts. Without them every page is complete and in order. Words come from the page.
"use strict";

const root = document.documentElement;
const words = document.body.dataset;
const announcement = document.getElementById("announcement");

function remember(name, value) { try { localStorage.setItem(name, value); } catch { /* the reader keeps no data */ } }
function recall(name) { try { return localStorage.getItem(name); } catch { return null; } }
function announce(message) { announcement.textContent = ""; setTimeout(() => { announcement.textContent = message; }, 50); }

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = Object.assign(document.createElement("textarea"), { value: text });
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
  announce(words.copied);
}

// Theme ------------------------------------------------------------------------------------------------------

const systemDark = matchMedia("(prefers-color-scheme: dark)");
function isDark() { return (root.dataset.theme || (systemDark.matches ? "dark" : "light")) === "dark"; }

function makeThemeSwitch(button) {
  const show = () => {
    button.setAttribute("aria-label", isDark() ? button.dataset.light : button.dataset.dark);
    button.querySelector(".icon-sun").style.display = isDark() ? "inline" : "none";
    button.querySelector(".icon-moon").style.display = isDark() ? "none" : "inline";
  };
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    remember("theme", root.dataset.theme);
    show();
  });
  systemDark.addEventListener("change", show);
  button.hidden = false;
  show();
}

// Code -------------------------------------------------------------------------------------------------------

const folds = [...document.querySelectorAll(".cell details.hide, .cell-source")];

function makeCodeSwitch(button) {
  const show = (open) => {
    button.setAttribute("aria-pressed", open);
    for (const fold of folds) fold.open = open;
  };
  button.addEventListener("click", () => {
    const open = button.getAttribute("aria-pressed") !== "true";
    remember("code", open ? "shown" : "");
    show(open);
  });
  button.hidden = folds.length === 0;
  if (recall("code") === "shown") show(true);
}

// The place that the address names: a chapter's, a statement's or a question's. What is no place ("#%") is none.
function findTarget() {
  let name = location.hash.slice(1);
  try { name = decodeURIComponent(name); } catch { /* not an encoded name: taken as it is */ }
  const plain = name.replace(/^check-/, "").toLowerCase();
  return name && (document.getElementById(name) || document.getElementById(plain));
}

// A number in the address opens its card, folded or filtered away or not.
function openTarget(event) {
  const target = findTarget();
  if (!target) return;
  for (let fold = target.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  if (!document.querySelector(":target")) location.replace(`#${target.id}`);
  if (target.matches(".cell")) for (const fold of target.querySelectorAll("details.card, details.hide")) fold.open = true;
  const entry = target.closest("tr, ul.ledger > li");
  if (entry && entry.hidden) document.querySelectorAll("form[data-for]").forEach((form) => form.reset());
  requestAnimationFrame(() => target.scrollIntoView({ behavior: event ? "auto" : "instant" }));
}

// Folds ------------------------------------------------------------------------------------------------------

const cards = [...document.querySelectorAll("details.card")];

function makeFoldSwitch(button) {
  button.addEventListener("click", () => {
    const open = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", open);
    for (const card of cards) if (!card.closest("[hidden]")) card.open = open;
  });
  button.hidden = cards.length < 2;
}

// Next and previous card by key, where no field is being filled in: j and k, as in lists of mail.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
  const step = { j: 1, k: -1 }[event.key];
  if (!step || !cards.length) return;
  const shown = cards.filter((card) => !card.closest("[hidden]"));
  const here = shown.indexOf(document.activeElement.closest("details.card"));
  const next = shown[here < 0 ? (step > 0 ? 0 : shown.length - 1) : here + step];
  if (next) next.querySelector("summary").focus();
});

// Tables -----------------------------------------------------------------------------------------------------

function makeSortable(table) {
  const body = table.tBodies[0];
  const heads = [...table.tHead.rows[0].cells];
  const compare = new Intl.Collator(root.lang, { numeric: true }).compare;
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.title = words.sort.replace("{column}", head.textContent);
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      heads.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const rows = [...body.rows].map((row) => [row.cells[column].textContent.trim(), row]);
      rows.sort((a, b) => compare(a[0], b[0]) * (down ? -1 : 1));
      body.append(...rows.map(([, row]) => row));
    });
  });
}

function makeFilter(form) {
  const rows = [...document.querySelectorAll(`#${form.dataset.for}:is(ul) > li, #${form.dataset.for} tbody tr`)];
  const fields = [...form.querySelectorAll("[data-filter]")];
  const output = form.querySelector("output");
  const fits = (row, field) => !field.value || (field.dataset.filter === "text"
    ? row.textContent.toLowerCase().includes(field.value.toLowerCase())
    : row.dataset[field.dataset.filter].split(" ").includes(field.value));
  const given = new URLSearchParams(location.search);
  for (const field of fields) if (given.has(field.dataset.filter)) field.value = given.get(field.dataset.filter);
  // The filters stand in the address, so that what they show can be shared.
  const keep = () => {
    const state = new URLSearchParams();
    for (const field of fields) if (field.value) state.set(field.dataset.filter, field.value);
    const query = state.size ? `?${state}` : "";
    if (location.protocol !== "file:") history.replaceState(null, "", location.pathname + query + location.hash);
  };
  const apply = () => {
    let shown = 0;
    for (const row of rows) {
      row.hidden = !fields.every((field) => fits(row, field));
      shown += !row.hidden;
    }
    output.textContent = output.dataset.template.replace("{count}", shown).replace("{total}", rows.length);
  };
  form.addEventListener("input", () => { apply(); keep(); });
  form.addEventListener("reset", () => setTimeout(() => { apply(); keep(); }));
  form.addEventListener("submit", (event) => event.preventDefault());
  apply();
}

// A table is a stop for the keyboard, and a landmark, only where it scrolls.
const scrollers = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    const scrolls = target.scrollWidth > target.clientWidth;
    target.setAttribute("role", scrolls ? "region" : "group");
    if (scrolls) target.tabIndex = 0; else target.removeAttribute("tabindex");
  }
});
document.querySelectorAll(".book-table").forEach((box) => scrollers.observe(box));

// Terms ------------------------------------------------------------------------------------------------------

function makeMeanings(terms) {
  if (!terms.length) return;
  const bubble = Object.assign(document.createElement("div"), { id: "meaning", hidden: true });
  bubble.setAttribute("role", "tooltip");
  document.body.append(bubble);
  let shown = null;
  let leaving;
  const show = (term) => {
    clearTimeout(leaving);
    shown = term;
    bubble.textContent = term.dataset.meaning;
    bubble.hidden = false;
    term.setAttribute("aria-describedby", "meaning");
    const box = term.getBoundingClientRect();
    const left = Math.min(box.left, root.clientWidth - bubble.offsetWidth - 16);
    const above = box.bottom + bubble.offsetHeight + 12 > innerHeight;
    bubble.style.left = `${Math.max(16, left) + scrollX}px`;
    bubble.style.top = `${(above ? box.top - bubble.offsetHeight - 6 : box.bottom + 6) + scrollY}px`;
  };
  const hide = () => {
    if (shown) shown.removeAttribute("aria-describedby");
    shown = null;
    bubble.hidden = true;
  };
  const leave = () => { leaving = setTimeout(hide, 150); };
  for (const term of terms) {
    term.addEventListener("mouseenter", () => show(term));
    term.addEventListener("focus", () => show(term));
    term.addEventListener("mouseleave", leave);
    term.addEventListener("blur", hide);
  }
  bubble.addEventListener("mouseenter", () => clearTimeout(leaving));
  bubble.addEventListener("mouseleave", leave);
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") hide(); });
}

// Where the page is in the book's contents -------------------------------------------------------------------

function showPlace(contents) {
  const here = contents.querySelector("a.current");
  if (here && contents.scrollHeight > contents.clientHeight) contents.scrollTop = here.offsetTop - contents.clientHeight / 2;
}

// Sections of the page ---------------------------------------------------------------------------------------

function makeSections(list) {
  const wide = matchMedia("(min-width: 80rem)");
  const fit = () => { list.open = wide.matches; };
  wide.addEventListener("change", fit);
  fit();
  const links = new Map([...list.querySelectorAll("a")].map((link) => [link.hash.slice(1), link]));
  const watch = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      list.querySelectorAll("[aria-current]").forEach((link) => link.removeAttribute("aria-current"));
      links.get(entry.target.id).setAttribute("aria-current", "true");
    }
  }, { rootMargin: "-15% 0px -75% 0px" });
  for (const id of links.keys()) {
    const section = document.getElementById(id);
    if (section) watch.observe(section);
  }
}

// Links and texts to copy ------------------------------------------------------------------------------------

document.addEventListener("click", (event) => {
  const link = event.target.closest("a.permalink, a.headerlink");
  if (link && !event.ctrlKey && !event.metaKey && !event.shiftKey) copy(link.href);
});
document.querySelectorAll("a.permalink").forEach((link) => { link.title = words.copy; });
document.querySelectorAll(".copy-text").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => copy(button.parentElement.querySelector("pre").textContent));
});

document.querySelectorAll(".theme-switch").forEach(makeThemeSwitch);
document.querySelectorAll(".code-switch").forEach(makeCodeSwitch);
document.querySelectorAll(".fold-switch").forEach(makeFoldSwitch);
document.querySelectorAll(".chapters").forEach(showPlace);
document.querySelectorAll(".on-page").forEach(makeSections);
document.querySelectorAll(".sortable table").forEach(makeSortable);
document.querySelectorAll("form[data-for]").forEach(makeFilter);
makeMeanings([...document.querySelectorAll("a.term")]);
window.addEventListener("hashchange", openTarget);
openTarget();

// Results are links without their text where pages cannot be fetched: opened as files.
if (location.protocol === "file:" && typeof DOCUMENTATION_OPTIONS === "object") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;
