// Code one regency yourself, and see what of the edition would change. Words and tables come from codingData.
"use strict";

// The outcomes of all statements under a coding: `stated` is a set of "regency code". A pure function.
function outcomesUnder(stated, questions) {
  const made = new Map();
  for (const { members, statements } of questions) {
    let count = 0;
    for (const { cells, counts } of members) {
      const way = cells.reduce((number, [regency, code]) => number * 2 + (stated.has(`${regency} ${code}`) ? 1 : 0), 0);
      if (counts[way]) count += 1;
    }
    for (const { id, outcomes } of statements) made.set(id, outcomes[count]);
  }
  return made;
}
globalThis.outcomesUnder = outcomesUnder;

(() => {
  const host = globalThis.document && document.getElementById("coding");
  if (!host) return;
  const data = globalThis.codingData;
  const { words, measures, regencies, strategies, questions } = data;
  const KEY = "smart-asn-coding";
  const settled = new Set(data.stated.map(([regency, code]) => `${regency} ${code}`));
  const { el } = globalThis.deskParts;
  const say = globalThis.deskParts.saying(words);
  let state = { regency: Object.keys(regencies)[0], keys: true, given: {} };

  function load() {
    try {
      const found = JSON.parse(localStorage.getItem(KEY));
      if (found && typeof found.given === "object" && regencies[found.regency]) state = { ...state, ...found };
    } catch { /* nothing that can be read is kept */ }
  }
  function save() { try { localStorage.setItem(KEY, JSON.stringify(state)); } catch { /* the reader keeps no data */ } }
  const own = () => { state.given[state.regency] ??= {}; return state.given[state.regency]; };
  const done = () => measures.filter(({ code }) => code in own()).length;

  const choose = el("select", { onchange: () => { state.regency = choose.value; save(); draw(); } });
  const place = el("p", { className: "note" });
  const progress = el("p", { className: "progress", role: "status" });
  const list = el("div", { className: "coding-list" });
  const result = el("section", { className: "coding-result", "aria-live": "polite" });
  const compare = el("button", { type: "button", className: "main", onclick: () => drawResult() }, words.compare);
  const keys = el("input", { type: "checkbox", onchange: () => { state.keys = keys.checked; save(); } });

  function count() {
    progress.textContent = say("progress", { done: done(), total: measures.length });
    compare.disabled = done() < measures.length;
    compare.title = compare.disabled ? say("compare_early", { total: measures.length }) : "";
  }

  function code(measure, present) {
    own()[measure] = present;
    save();
    count();
    result.replaceChildren();
  }

  function entry({ code: name, label, counts, not }) {
    const option = (present, word) => el("label", {}, el("input", { type: "radio", name: `code-${name}`, value: present ? "y" : "n", checked: own()[name] === present,
      onchange: () => code(name, present) }), ` ${word}`);
    const rule = el("p", { className: "note" }, el("b", {}, `${words.counts}: `), counts);
    if (not) rule.append(el("br"), el("b", {}, `${words.not}: `), not);
    const made = el("fieldset", { className: "choices coding-entry" }, el("legend", {}, `${name} ${label}`), rule, option(true, words.present), option(false, words.absent));
    made.dataset.code = name;
    return made;
  }

  function draw() {
    choose.value = state.regency;
    place.replaceChildren(say("where", { place: regencies[state.regency].place }));
    list.replaceChildren(...Object.entries(strategies).flatMap(([slug, name]) => [el("h2", {}, name), ...measures.filter(({ strategy }) => strategy === slug).map(entry)]));
    result.replaceChildren();
    count();
  }

  const format = (value) => new Intl.NumberFormat(data.language, { minimumFractionDigits: 3, maximumFractionDigits: 3 }).format(value);
  const badge = (name) => el("span", { className: `outcome ${data.outcomes[name].css}` }, el("span", { "aria-hidden": "true" }, data.outcomes[name].sign), ` ${data.outcomes[name].word}`);
  const word = (present) => (present ? words.present : words.absent);

  function table(css, caption, head, rows) {
    return el("div", { className: "book-table", role: "region", tabIndex: 0, "aria-label": caption }, el("table", { className: css }, el("caption", {}, caption),
      el("thead", {}, el("tr", {}, ...head.map((name) => el("th", { scope: "col" }, name)))),
      el("tbody", {}, ...rows.map(([first, ...others]) => el("tr", {}, el("th", { scope: "row" }, first), ...others.map((cell) => el("td", {}, cell)))))));
  }

  function changed() {
    const mine = new Set([...settled].filter((cell) => !cell.startsWith(`${state.regency} `)));
    for (const { code: name } of measures) if (own()[name]) mine.add(`${state.regency} ${name}`);
    const [before, after] = [outcomesUnder(settled, questions), outcomesUnder(mine, questions)];
    return questions.flatMap(({ page, asked, statements }) => statements.filter(({ id }) => before.get(id) !== after.get(id))
      .map(({ id }) => ({ id, page, asked, before: before.get(id), after: after.get(id) })));
  }

  function drawResult() {
    const regency = regencies[state.regency];
    const inSettled = (name) => settled.has(`${state.regency} ${name}`);
    const others = [...regency.passes.map((stated, n) => [say("pass", { number: n + 1 }), (name) => stated.includes(name)]), [words.settled, inSettled]];
    const rows = others.map(([name, has]) => {
      const pairs = measures.map((measure) => [own()[measure.code] ? "yes" : "no", has(measure.code) ? "yes" : "no"]);
      const { raw, kappa } = globalThis.agreement.agreementOf(pairs);
      return [name, String(pairs.filter(([a, b]) => a !== b).length), format(raw), format(kappa)];
    });
    const differ = measures.filter(({ code: name }) => own()[name] !== inSettled(name));
    const made = [el("h2", { tabIndex: -1 }, words.result), table("coding-agreement", words.result, [words.with, words.differing, words.raw, words.kappa], rows)];
    made.push(differ.length ? table("coding-differ", words.differ, [words.measure, words.yours, words.edition, words.why], differ.map(({ code: name, label }) => [
      el("a", { href: `codebook.html#${name.toLowerCase()}` }, `${name} ${label}`), word(own()[name]), word(inSettled(name)),
      [...(regency.evidence[name] || []), regency.reasons[name] || ""].filter(Boolean).join("; ") || words.no_reason])) : el("p", {}, words.no_difference));
    const changes = changed();
    made.push(changes.length ? table("coding-outcomes", words.outcomes, [words.statement, words.now, words.then],
      changes.map(({ id, page, asked, before, after }) => [el("span", {}, el("a", { href: page }, id), ` ${asked}`), badge(before), badge(after)])) : el("p", { className: "no-change" }, words.no_change));
    result.replaceChildren(...made);
    made[0].focus();
  }

  function saveCsv() {
    const rows = measures.filter(({ code: name }) => name in own()).map(({ code: name }) => `${state.regency},${name},${own()[name]}`);
    const address = URL.createObjectURL(new Blob([`${["regency,code,present", ...rows].join("\n")}\n`], { type: "text/csv" }));
    const link = el("a", { href: address, download: `coding-${state.regency}.csv` });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  }

  function step(by, from) {
    const entries = [...list.querySelectorAll(".coding-entry")];
    const next = entries[Math.max(0, Math.min(entries.length - 1, entries.indexOf(from) + by))];
    (next.querySelector("input:checked") || next.querySelector("input")).focus();
    next.scrollIntoView({ block: "center" });
  }

  // Keys are for the measure in focus; where nothing is, for the first open one.
  document.addEventListener("keydown", (event) => {
    if (!state.keys || event.ctrlKey || event.metaKey || event.altKey) return;
    const here = event.target === document.body ? firstOpen() : event.target.closest(".coding-entry");
    if (!here) return;
    if (event.key === "y" || event.key === "n") {
      const input = here.querySelector(`input[value=${event.key}]`);
      input.checked = true;
      code(here.dataset.code, event.key === "y");
      step(1, here);
    } else if (event.key === "j" || event.key === "k") step(event.key === "j" ? 1 : -1, here);
    else return;
    event.preventDefault();
  });

  const firstOpen = () => [...list.querySelectorAll(".coding-entry")].find((one) => !(one.dataset.code in own()));

  function goOpen() {
    const next = firstOpen();
    if (next) { next.querySelector("input").focus(); next.scrollIntoView({ block: "center" }); }
  }

  function forget() {
    if (!confirm(words.forget_ask)) return;
    try { localStorage.removeItem(KEY); } catch { /* nothing was kept */ }
    state.given = {};
    draw();
  }

  host.previousElementSibling.hidden = true; // the line for who reads without scripts
  load();
  keys.checked = state.keys;
  choose.append(...Object.entries(regencies).map(([slug, { name }]) => el("option", { value: slug }, name)));
  host.replaceChildren(el("label", {}, `${words.regency} `, choose), place, el("p", { className: "note" }, el("label", {}, keys, ` ${words.keys}: ${words.keys_help}`)), list,
    el("div", { className: "coding-foot" }, progress, el("p", { className: "walk-nav" }, el("button", { type: "button", onclick: goOpen }, words.open_next), compare,
      el("button", { type: "button", onclick: saveCsv }, words.csv), el("button", { type: "button", onclick: forget }, words.forget))),
    el("p", { className: "note" }, words.csv_help), result);
  draw();
})();
