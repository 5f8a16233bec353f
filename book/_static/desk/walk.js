// The review walk: questions one by one, answers kept in this browser, a record to take away. Words come from desk.words.
"use strict";

(() => {
  const host = document.getElementById("walk");
  const desk = globalThis.desk;
  const KEY = "smart-asn-review";
  const words = desk.words;
  const byId = new Map(desk.questions.map((question) => [question.id, question]));
  const outcomes = new Map(desk.outcomes.map((outcome) => [outcome.name, outcome]));
  const AGREE = "agree";
  const DISAGREE = "disagree";
  const CANNOT = "cannot tell";

  const { el } = globalThis.deskParts;
  const say = globalThis.deskParts.saying(words);
  const verdictWord = (verdict) => ({ [AGREE]: words.agree, [DISAGREE]: words.disagree, [CANNOT]: words.cannot_tell })[verdict];

  function badge(name) {
    const { word, sign, css, meaning } = outcomes.get(name);
    return el("span", { className: `outcome ${css}`, title: meaning }, el("span", { "aria-hidden": "true" }, sign), ` ${word}`);
  }

  // State ----------------------------------------------------------------------------------------------------

  const fresh = () => ({ filter: "all", size: "", seed: "", name: "", blind: false, order: [], place: 0, keys: true, answers: {} });
  let state = fresh();
  let kept = true;

  function load() {
    try {
      const found = JSON.parse(localStorage.getItem(KEY));
      if (found && typeof found.answers === "object" && Array.isArray(found.order)) state = { ...fresh(), ...found };
    } catch { /* nothing that can be read is kept */ }
    state.order = state.order.filter((id) => byId.has(id));
    state.place = Math.max(0, Math.min(state.place, state.order.length - 1));
  }

  function save() {
    try { localStorage.setItem(KEY, JSON.stringify(state)); } catch { kept = false; }
  }

  function answerOf(id) { return state.answers[id] || null; }
  const here = () => byId.get(state.order[state.place]);
  const done = () => state.order.filter((id) => answerOf(id)).length;

  function chosen(filter) {
    const [kind, value] = filter.split(":");
    return desk.questions.filter((question) => kind === "all"
      || (kind === "outcome" && question.outcome === value)
      || (kind === "regency" && question.regencies.includes(value)));
  }

  function filterWord(filter) {
    const [kind, value] = filter.split(":");
    if (kind === "outcome") return say("outcome_is", { outcome: outcomes.get(value).word });
    return kind === "regency" ? desk.regencies[value] : words.all;
  }

  function give(verdict, outcome) {
    const question = here();
    const before = answerOf(question.id);
    state.answers[question.id] = {
      verdict,
      outcome,
      note: before ? before.note : "",
      blind: before ? before.blind : state.blind,
      digest: question.digest,
      edition: question.outcome,
    };
    save();
    draw(false);
    announce(say("saved", { verdict: verdictWord(verdict) + (outcome ? `, ${outcomes.get(outcome).word}` : "") }));
  }

  // In blind mode she gives an outcome, and whether that agrees is found out by comparing.
  function giveOutcome(name) {
    const same = here().outcome === name;
    if (state.blind) give(same ? AGREE : DISAGREE, name);
    else give(DISAGREE, name);
  }

  function giveVerdict(verdict) {
    if (verdict === AGREE) give(AGREE, here().outcome);
    else if (verdict === CANNOT) give(CANNOT, null);
    else {
      const before = answerOf(here().id);
      give(DISAGREE, before && before.verdict === DISAGREE ? before.outcome : null);
      const first = parts.card.querySelector(".choices.outcomes input:checked") || parts.card.querySelector(".choices.outcomes input");
      if (first) first.focus();
    }
  }

  function go(step) {
    const place = state.place + step;
    if (place < 0 || place >= state.order.length) return;
    state.place = place;
    save();
    draw(true);
  }

  function goOpen() {
    const order = [...state.order.keys()];
    const next = [...order.slice(state.place + 1), ...order.slice(0, state.place)].find((place) => !answerOf(state.order[place]));
    if (next !== undefined) go(next - state.place);
  }

  // The parts of the page ------------------------------------------------------------------------------------

  const parts = {
    setup: el("details", { className: "walk-setup" }),
    card: el("section", { className: "walk-card", tabIndex: -1 }),
    record: el("section", { className: "walk-record" }),
    compare: el("section", { className: "walk-compare" }),
    protocol: el("section", { className: "protocol" }),
  };

  function drawSetup() {
    const options = [["all", words.all]];
    for (const [slug, name] of Object.entries(desk.regencies)) options.push([`regency:${slug}`, name]);
    for (const { name } of desk.outcomes) if (desk.questions.some((q) => q.outcome === name)) options.push([`outcome:${name}`, filterWord(`outcome:${name}`)]);
    const filter = el("select", { name: "filter" }, ...options.map(([value, text]) => el("option", { value, selected: value === state.filter }, text)));
    const size = el("input", { type: "number", min: "1", name: "size", value: state.size, inputMode: "numeric" });
    const seed = el("input", { type: "text", name: "seed", value: state.seed || String(Math.floor(Math.random() * 90000) + 10000), autocomplete: "off" });
    const name = el("input", { type: "text", name: "name", value: state.name, autocomplete: "name" });
    const blind = el("input", { type: "checkbox", name: "blind", checked: state.blind });
    name.addEventListener("input", () => { state.name = name.value; save(); });
    // A choice by outcome would give away what a blind reviewer is not to see.
    const guard = () => {
      for (const option of filter.options) option.disabled = blind.checked && option.value.startsWith("outcome:");
      if (filter.selectedOptions[0].disabled) filter.value = "all";
    };
    blind.addEventListener("change", guard);
    guard();
    const begin = (event) => {
      event.preventDefault();
      if (state.order.length && done() && !confirm(words.anew_ask)) return;
      const ids = chosen(filter.value).map((question) => question.id);
      const many = Math.min(Number(size.value) || 0, ids.length);
      Object.assign(state, { filter: filter.value, size: many ? String(many) : "", seed: many ? seed.value : "", name: name.value, blind: blind.checked, place: 0 });
      state.order = many ? globalThis.agreement.sample(ids, many, seed.value) : ids;
      save();
      parts.setup.open = false;
      draw(true);
    };
    const form = el("form", { onsubmit: begin },
      el("label", {}, words.which, " ", filter),
      el("label", {}, words.size, " ", size),
      el("label", {}, words.seed, " ", seed),
      el("label", {}, words.name, " ", name),
      el("label", { className: "check" }, blind, " ", words.blind),
      el("button", { type: "submit", className: "main" }, state.order.length ? words.anew : words.start));
    parts.setup.replaceChildren(el("summary", {}, words.setup), form);
  }

  function fact(name, ...content) { return el("div", {}, el("dt", {}, name), " ", el("dd", {}, ...content)); }

  function markup(html) { const made = el("span"); made.innerHTML = html; return made; }

  function statementOf(statement, shown, alone) {
    const item = el("li", {},
      el("span", { className: "number" }, statement.id), " ",
      el("span", { className: "statement" }, statement.text), " ",
      shown && !alone ? badge(statement.outcome) : "",
      el("span", { className: "note" }, `${statement.place}: `, el("q", { lang: "id" }, statement.anchor), statement.credits ? `; ${statement.credits}` : ""));
    if (shown) {
      for (const [name, text] of [[words.doubt, statement.doubt], [words.kindest, statement.kindest], [words.note_of_edition, statement.note]]) {
        if (text) item.append(el("span", { className: "note" }, el("b", {}, `${name}:`), ` ${text}`));
      }
    }
    return item;
  }

  function radios(name, options, current, choose) {
    const legend = name === "verdict" ? words.your_answer : words.your_outcome;
    return el("fieldset", { className: `choices ${name === "verdict" ? "verdicts" : "outcomes"}` }, el("legend", {}, legend),
      ...options.map(([value, ...label]) => el("label", {},
        el("input", { type: "radio", name, value, checked: value === current, onchange: () => choose(value) }), " ", ...label)));
  }

  function drawCard(moved) {
    const question = here();
    if (!question) { parts.card.replaceChildren(); return; }
    const answer = answerOf(question.id);
    const shown = !state.blind || Boolean(answer);
    const alone = question.statements.length === 1;
    const heading = el("h2", { tabIndex: -1 }, say("of", { place: state.place + 1, total: state.order.length, id: question.id }));
    const jump = el("select", { "aria-label": words.go, onchange: () => go(Number(jump.value) - state.place) },
      ...state.order.map((id, place) => el("option", { value: place, selected: place === state.place }, `${id}${answerOf(id) ? " ✓" : ""}`)));
    const nav = el("p", { className: "walk-nav" },
      el("button", { type: "button", disabled: state.place === 0, onclick: () => go(-1) }, `← ${words.previous}`),
      el("button", { type: "button", disabled: state.place === state.order.length - 1, onclick: () => go(1) }, `${words.next} →`),
      el("button", { type: "button", onclick: goOpen }, words.open_next), jump);
    const progress = el("p", { className: "progress" },
      el("progress", { max: state.order.length, value: done(), "aria-label": say("progress", { done: done(), total: state.order.length }) }), " ",
      say("progress", { done: done(), total: state.order.length }));
    const observed = el("span", {}, `${question.observed} (${question.how})`);
    const facts = el("dl", {}, fact(words.asked, question.asked), fact(words.observed, observed),
      ...question.facts.filter(([name]) => shown || name !== words.note_of_edition).map(([name, html]) => fact(name, markup(html))),
      fact(words.outcome, shown ? badge(question.outcome) : el("i", {}, words.hidden)));
    const links = el("p", { className: "note" }, el("a", { href: question.cell, target: "_blank", rel: "noopener" }, words.in_chapter));
    if (shown) links.append(" · ", el("a", { href: question.page, target: "_blank", rel: "noopener" }, words.page));
    const cell = el("details", { className: "cell-source" }, el("summary", {}, words.cell), el("pre", { tabIndex: 0 }, question.source));
    const form = el("form", { className: "walk-answer", onsubmit: (event) => event.preventDefault() });
    const choices = desk.outcomes.map(({ name }, number) => [name, el("kbd", {}, String(number + 1)), " ", badge(name)]);
    if (state.blind) {
      const current = answer ? (answer.verdict === CANNOT ? CANNOT : answer.outcome) : "";
      form.append(radios("outcome", [...choices, [CANNOT, el("kbd", {}, "t"), ` ${words.cannot_tell}`]], current, (value) => (value === CANNOT ? giveVerdict(CANNOT) : giveOutcome(value))));
      if (answer) form.append(el("p", { className: "revealed" }, say("edition_has", { outcome: outcomes.get(question.outcome).word, verdict: verdictWord(answer.verdict) })));
    } else {
      form.append(radios("verdict", [
        [AGREE, el("kbd", {}, "a"), ` ${words.agree}`], [DISAGREE, el("kbd", {}, "d"), ` ${words.disagree}`], [CANNOT, el("kbd", {}, "t"), ` ${words.cannot_tell}`],
      ], answer ? answer.verdict : "", giveVerdict));
      if (answer && answer.verdict === DISAGREE) form.append(radios("outcome", choices.filter(([name]) => name !== question.outcome), answer.outcome, giveOutcome));
    }
    if (!alone) form.append(el("p", { className: "note" }, say("listed", { claim: question.statements[0].id })));
    const note = el("textarea", { rows: 3, value: answer ? answer.note : "", disabled: !answer, className: "walk-note" });
    note.addEventListener("input", () => { state.answers[question.id].note = note.value; save(); });
    form.append(el("label", { className: "wide" }, words.note, note));
    if (shown) form.append(el("details", {}, el("summary", {}, words.dispute), el("pre", { tabIndex: 0 }, question.dispute),
      el("button", { type: "button", onclick: () => copy(question.dispute) }, words.copy)));
    const keys = el("input", { type: "checkbox", checked: state.keys, onchange: () => { state.keys = keys.checked; save(); draw(false); } });
    const help = el("p", { className: "note keys" }, el("label", {}, keys, ` ${words.keys}`), state.keys ? `${state.blind ? words.keys_help_blind : words.keys_help}` : "");
    const focused = document.activeElement && parts.card.contains(document.activeElement) ? document.activeElement : null;
    const again = focused && focused.type === "radio" ? [focused.name, focused.value] : null;
    parts.card.replaceChildren(progress, nav, heading,
      el("h3", {}, words.statements),
      el("ul", { className: "statements" }, ...question.statements.map((statement) => statementOf(statement, shown, alone))),
      facts, cell, links, form, help);
    if (again) {
      const same = [...parts.card.querySelectorAll("input[type=radio]")].find((input) => input.name === again[0] && input.value === again[1]);
      if (same) same.focus();
    }
    if (moved) { heading.focus(); heading.scrollIntoView({ block: "center" }); }
  }

  // The record -----------------------------------------------------------------------------------------------

  function record() {
    const ids = [...state.order, ...Object.keys(state.answers).filter((id) => byId.has(id) && !state.order.includes(id)).sort()];
    return {
      version: desk.version,
      build: desk.build,
      language: desk.language,
      reviewer: state.name,
      made: new Date().toISOString().replace(/\.\d+Z$/, "Z"),
      sample: { filter: state.filter, size: state.size ? Number(state.size) : null, seed: state.seed || null, questions: state.order },
      judgements: ids.filter((id) => state.answers[id]).map((id) => ({ question: id, ...state.answers[id] })),
    };
  }

  // A text that a spreadsheet would compute gets an apostrophe, which says that it is a text.
  function asCsv(made) {
    const plain = (value) => (/^[=+\-@\t\r]/.test(value) ? `'${value}` : value);
    const quote = (value) => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
    const head = ["question", "statements", "edition", "verdict", "outcome", "blind", "note", "digest", "build", "reviewer", "made"];
    const rows = made.judgements.map((answer) => [answer.question, byId.get(answer.question).statements.map(({ id }) => id).join(" "), answer.edition,
      answer.verdict, answer.outcome || "", String(answer.blind), answer.note, answer.digest, made.build, made.reviewer, made.made]);
    return `${[head, ...rows].map((row) => row.map(plain).map(quote).join(",")).join("\n")}\n`;
  }

  function offer(name, kind, text) {
    const address = URL.createObjectURL(new Blob([text], { type: kind }));
    const link = el("a", { href: address, download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  }

  function fileName(made, ending) {
    const who = made.reviewer.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
    return `review-${made.made.slice(0, 10)}${who ? `-${who}` : ""}.${ending}`;
  }

  function drawRecord() {
    const some = Object.keys(state.answers).length > 0;
    parts.record.replaceChildren(el("h2", {}, words.results), el("p", { className: "walk-nav" },
      el("button", { type: "button", disabled: !some, onclick: () => { const made = record(); offer(fileName(made, "json"), "application/json", `${JSON.stringify(made, null, 1)}\n`); } }, words.json),
      el("button", { type: "button", disabled: !some, onclick: () => { const made = record(); offer(fileName(made, "csv"), "text/csv", asCsv(made)); } }, words.csv),
      el("button", { type: "button", disabled: !some, onclick: () => { drawProtocol(); print(); } }, words.print),
      el("button", { type: "button", disabled: !some, onclick: forget }, words.forget)));
    if (!kept) parts.record.append(el("p", { role: "alert" }, words.nothing_kept));
  }

  function forget() {
    if (!confirm(words.forget_ask)) return;
    try { localStorage.removeItem(KEY); } catch { /* nothing was kept */ }
    state = fresh();
    drawSetup();
    parts.setup.open = true;
    draw(false);
    announce(words.forgotten);
    parts.setup.querySelector("summary").focus();
  }

  function drawProtocol() {
    const made = record();
    const how = made.sample.size ? say("chosen_sample", { size: made.sample.size, seed: made.sample.seed }) : words.chosen_all;
    const rows = made.judgements.map((answer) => {
      const question = byId.get(answer.question);
      const where = question.statements.map(({ id, place, anchor }) => el("p", {}, `${id}, ${place}: `, el("q", { lang: "id" }, anchor)));
      return el("tr", {}, el("th", { scope: "row" }, answer.question), el("td", {}, el("p", {}, question.asked), ...where), el("td", {}, badge(answer.edition)),
        el("td", {}, verdictWord(answer.verdict), answer.outcome && answer.verdict === DISAGREE ? `: ${outcomes.get(answer.outcome).word}` : "", answer.blind ? ` (${words.made_blind})` : ""),
        el("td", {}, answer.note));
    });
    const head = [words.question, words.asked, words.edition, words.verdict, words.your_note || words.note];
    const lines = [say("build", { build: made.build }), say("date", { date: made.made.slice(0, 10) }), made.reviewer ? say("by", { name: made.reviewer }) : "",
      say("chosen", { filter: filterWord(made.sample.filter), how }), say("progress", { done: done(), total: state.order.length })];
    parts.protocol.replaceChildren(el("h2", {}, words.protocol), ...lines.filter(Boolean).map((line) => el("p", {}, line)),
      el("table", {}, el("thead", {}, el("tr", {}, ...head.map((name) => el("th", { scope: "col" }, name)))), el("tbody", {}, ...rows)));
  }
  addEventListener("beforeprint", drawProtocol);

  // Comparing ------------------------------------------------------------------------------------------------

  const verdicts = [AGREE, DISAGREE, CANNOT];
  function isReview(found) {
    return Boolean(found) && found.version === desk.version && typeof found.build === "string" && Array.isArray(found.judgements)
      && found.judgements.every((one) => one && typeof one.question === "string" && typeof one.digest === "string" && verdicts.includes(one.verdict)
        && (one.outcome === null || outcomes.has(one.outcome)));
  }

  function drawCompare() {
    const results = el("div", { "aria-live": "polite" });
    const input = el("input", { type: "file", multiple: true, accept: ".json,application/json" });
    input.addEventListener("change", async () => {
      const reviews = [];
      const wrong = [];
      for (const file of input.files) {
        try {
          const found = JSON.parse(await file.text());
          if (isReview(found)) reviews.push(found); else wrong.push(file.name);
        } catch { wrong.push(file.name); }
      }
      results.replaceChildren(...wrong.map((file) => el("p", { role: "alert" }, say("bad_file", { file }))), ...(reviews.length ? comparison(reviews) : []));
    });
    parts.compare.replaceChildren(el("h2", {}, words.compare), el("p", {}, words.compare_about), el("label", {}, words.files, " ", input), results);
  }

  const format = (value) => (value === null ? "–" : new Intl.NumberFormat(desk.language, { minimumFractionDigits: 3, maximumFractionDigits: 3 }).format(value));

  function table(css, caption, head, rows) {
    return el("div", { className: "book-table", role: "region", tabIndex: 0, "aria-label": caption }, el("table", { className: css }, el("caption", {}, caption),
      el("thead", {}, el("tr", {}, ...head.map((name) => el("th", { scope: "col" }, name)))),
      el("tbody", {}, ...rows.map(([first, ...others]) => el("tr", {}, el("th", { scope: "row" }, first), ...others.map((cell) => el("td", {}, cell)))))));
  }

  function comparison(reviews) {
    const names = reviews.map(({ reviewer }, number) => reviewer || say("unnamed", { number: number + 1 }));
    const found = globalThis.agreement.compareReviews(reviews, desk.questions);
    const made = [];
    reviews.forEach(({ build }, number) => {
      if (build === desk.build) return;
      const list = found.changed[number].join(", ");
      made.push(el("p", {}, list ? `${say("other_build", { reviewer: names[number], build, list })} ${words.left_out}` : say("other_build_same", { reviewer: names[number], build })));
    });
    const head = [words.reviewer, words.answers, words.compared, words.raw, words.kappa];
    made.push(table("with-edition", words.with_edition, head, found.edition.map(({ units, raw, kappa }, number) => [names[number],
      String(reviews[number].judgements.length), String(units), format(raw), format(kappa)])));
    if (reviews.length > 1) {
      made.push(table("between", words.between, [words.reviewer, words.compared, words.raw, words.kappa],
        found.between.map(({ one, two, units, raw, kappa }) => [`${names[one]} – ${names[two]}`, String(units), format(raw), format(kappa)])));
      made.push(el("p", { className: "alpha" }, say("alpha", { count: reviews.length, alpha: format(found.alpha) })));
    }
    const rows = found.rows.map(({ id, edition, given }) => [el("a", { href: byId.get(id).page }, id), badge(edition),
      ...given.map((outcome) => (outcome ? badge(outcome) : words.none))]);
    made.push(table("by-question", words.by_question, [words.question, words.edition, ...names], rows));
    return made;
  }

  // Keys -----------------------------------------------------------------------------------------------------

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && event.target.matches(".walk-note")) { parts.card.querySelector("h2").focus(); return; }
    if (!state.keys || !here() || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("textarea, select, input:not([type=radio], [type=checkbox])")) return;
    const number = Number(event.key);
    const question = here();
    const answer = answerOf(question.id);
    const actions = {
      a: () => !state.blind && giveVerdict(AGREE),
      d: () => !state.blind && giveVerdict(DISAGREE),
      t: () => giveVerdict(CANNOT),
      n: () => go(1),
      p: () => go(-1),
      e: () => parts.card.querySelector(".walk-note").focus(),
    };
    if (number >= 1 && number <= desk.outcomes.length) {
      const { name } = desk.outcomes[number - 1];
      if (state.blind || (answer && answer.verdict === DISAGREE && name !== question.outcome)) giveOutcome(name);
      else return;
    } else if (actions[event.key]) actions[event.key]();
    else return;
    event.preventDefault();
  });

  function draw(moved) {
    drawCard(moved);
    drawRecord();
  }

  host.previousElementSibling.hidden = true; // the line for who reads without scripts
  load();
  host.replaceChildren(...Object.values(parts));
  drawSetup();
  parts.setup.open = !state.order.length;
  drawCompare();
  draw(false);
})();
