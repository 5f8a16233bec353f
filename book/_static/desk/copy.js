// The reader's own copy of the article: opened here, read here, forgotten here. Words come from ownCopy.words.
"use strict";

(() => {
  const host = document.getElementById("own-copy");
  const { words, places, tables, lastLine, mostPages, leastLetters, language } = globalThis.ownCopy;
  const { lettersOf, matchAnchors } = globalThis.matching;
  const PDFJS = new URL("../pdfjs/", document.currentScript.src);
  const byId = new Map(places.map((place) => [key(place), place]));
  const { el } = globalThis.deskParts;
  const say = globalThis.deskParts.saying(words);
  let matches = new Map();
  let marks = new Map();
  let rounds = 0; // a file that is opened while another is being read takes its place

  function key({ table, id }) { return `${table} ${id}`; }

  class CopyError extends Error {}

  // Reading --------------------------------------------------------------------------------------------------

  // A text file: its pages are parted by form feeds.
  function textPages(bytes, file) {
    let text;
    try {
      text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    } catch { throw new CopyError(say("not_text", { file })); }
    return text.split("\f").map((page) => ({ pieces: [{ text: page }] }));
  }

  async function pdfLibrary() {
    if (location.protocol === "file:") throw new CopyError(words.served);
    try {
      const library = await import(new URL("pdf.min.mjs", PDFJS));
      library.GlobalWorkerOptions.workerSrc = new URL("pdf.worker.min.mjs", PDFJS).href;
      return library;
    } catch { throw new CopyError(words.too_old); }
  }

  // A PDF: for each page its pieces of text, with where they stand, and what draws it.
  async function pdfPages(bytes, file, told) {
    const library = await pdfLibrary();
    let pdf;
    try {
      pdf = await library.getDocument({ data: bytes, isEvalSupported: false, useWasm: false, wasmUrl: PDFJS.href, enableXfa: false, verbosity: 0 }).promise;
    } catch (error) {
      throw new CopyError(say(error && error.name === "PasswordException" ? "encrypted" : "broken", { file }));
    }
    if (pdf.numPages > mostPages) throw new CopyError(say("many", { file, count: pdf.numPages }));
    const pages = [];
    for (let number = 1; number <= pdf.numPages; number += 1) {
      told(say("reading", { page: number, total: pdf.numPages }));
      try {
        const page = await pdf.getPage(number);
        const view = page.getViewport({ scale: 1 });
        const content = await page.getTextContent();
        const pieces = content.items.filter((item) => item.str).map((item) => ({ text: item.str, box: boxOf(item, view) }));
        pages.push({ pieces, page, view });
      } catch { throw new CopyError(say("broken", { file })); }
    }
    return pages;
  }

  // Where a piece of text stands on its page, in shares of the page's width and height.
  function boxOf(item, view) {
    const [a, b, c, d, x, y] = item.transform;
    const height = Math.hypot(c, d) || item.height;
    const angle = Math.atan2(b, a);
    const [left, bottom] = view.convertToViewportPoint(x, y);
    const [right] = view.convertToViewportPoint(x + item.width * Math.cos(angle), y + item.width * Math.sin(angle));
    return { left: Math.min(left, right) / view.width, top: (bottom - height) / view.height, width: Math.abs(right - left) / view.width, height: (height * 1.15) / view.height };
  }

  // Each page with the letters of all its pieces, and for each letter its piece and place in it.
  function withLetters(pages) {
    for (const page of pages) {
      page.letters = "";
      page.owner = [];
      page.pieces.forEach((piece, number) => {
        const { letters, places: where } = lettersOf(piece.text);
        page.letters += letters;
        for (const place of where) page.owner.push([number, place]);
      });
    }
    return pages;
  }

  // Showing --------------------------------------------------------------------------------------------------

  const input = el("input", { type: "file", accept: ".pdf,.txt,application/pdf,text/plain" });
  const status = el("p", { className: "copy-status", role: "status" });
  const drop = el("div", { className: "drop" }, el("label", {}, words.open, " ", input), el("span", { className: "note" }, words.drop));
  const pagesBox = el("div", { className: "copy-pages", role: "region", tabIndex: 0, "aria-label": words.pages });
  const card = el("div", { className: "copy-card", "aria-live": "polite" });
  const lists = el("div", { className: "copy-lists" });
  const filter = el("select", {}, el("option", { value: "" }, words.everything), ...Object.entries(tables).map(([table, name]) => el("option", { value: table, selected: table === "claims" }, name)));
  const frame = el("div", { className: "copy-frame", hidden: true }, pagesBox,
    el("div", { className: "copy-side" }, card, el("label", {}, words.show, " ", filter), lists));

  function choose(name, scroll) {
    const place = byId.get(name);
    const match = matches.get(name);
    if (!place || !match) return;
    for (const mark of pagesBox.querySelectorAll("[aria-current]")) mark.removeAttribute("aria-current");
    const own = marks.get(name) || [];
    for (const mark of own) mark.setAttribute("aria-current", "true");
    if (scroll && own.length) own[0].scrollIntoView({ block: "center" });
    const state = { found: words.found, "found nearly": `${words.nearly} (${say("differ", { count: match.differ })})`, "not found": words.missing }[match.state];
    card.replaceChildren(
      el("p", {}, el("b", {}, place.id), " ", el("span", { className: `outcome ${place.css}` }, el("span", { "aria-hidden": "true" }, place.sign), ` ${place.outcome || tables[place.table]}`)),
      el("p", {}, place.text),
      el("p", { className: "note" }, `${say("place", { page: place.page, line: place.line })}: `, el("q", { lang: "id" }, place.words)),
      el("p", { className: "note" }, `${state}${match.page ? `; ${say("page", { page: match.page })}` : ""}`),
      el("p", {}, place.link ? el("a", { href: place.link, target: "_blank", rel: "noopener" }, words.card) : "", " ",
        own.length ? el("button", { type: "button", onclick: () => choose(name, true) }, words.on_page) : ""));
  }

  function markOf(name, match, first) {
    const place = byId.get(name);
    const title = `${place.id}: ${place.outcome || tables[place.table]}${match.state === "found nearly" ? ` (${words.nearly})` : ""}`;
    const made = el("button", { type: "button", tabIndex: -1, title, "aria-label": title,
      className: `page-mark ${place.css} ${match.state === "found nearly" ? "nearly" : ""}`, onclick: () => choose(name, false) });
    if (first && place.sign) made.append(el("span", { "aria-hidden": "true" }, place.sign));
    made.dataset.table = place.table;
    if (!marks.has(name)) marks.set(name, []);
    marks.get(name).push(made);
    return made;
  }

  // The marks of a match on a page that is drawn: one on each piece of text that it touches.
  function markPicture(box, page, name, match) {
    const touched = new Map();
    for (const [piece, place] of page.owner.slice(match.start, match.end)) {
      const span = touched.get(piece) || [place, place];
      touched.set(piece, [Math.min(span[0], place), Math.max(span[1], place)]);
    }
    let first = true;
    for (const [piece, [from, to]] of touched) {
      const { text, box: { left, top, width, height } } = page.pieces[piece];
      const mark = markOf(name, match, first);
      const share = (units) => (width * units) / text.length;
      Object.assign(mark.style, { left: `${100 * (left + share(from))}%`, top: `${100 * top}%`, width: `${100 * share(to + 1 - from)}%`, height: `${100 * height}%` });
      box.append(mark);
      first = false;
    }
  }

  const drawing = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) if (isIntersecting) { drawing.unobserve(target); draw(target); }
  }, { root: pagesBox, rootMargin: "400px" });
  const shown = new WeakMap();

  async function draw(box) {
    const { page, view } = shown.get(box);
    const canvas = el("canvas");
    const scale = Math.min(2.5, (box.clientWidth / view.width) * (devicePixelRatio || 1));
    const viewport = page.getViewport({ scale });
    canvas.width = Math.floor(viewport.width);
    canvas.height = Math.floor(viewport.height);
    box.prepend(canvas);
    try {
      await page.render({ canvas, viewport }).promise;
      if (lacksPicture(page)) box.before(el("p", { className: "note" }, words.no_scan));
    } catch {
      canvas.remove();
      box.prepend(el("p", { className: "note" }, words.no_picture));
    }
  }

  // Whether a picture of a drawn page could not be read: pdf.js then has nothing under the picture's name.
  function lacksPicture(page) {
    return [...page.objs, ...page.commonObjs].some(([, picture]) => picture === null);
  }

  function showPictures(pages, found) {
    return pages.map((page, number) => {
      const box = el("div", { className: "copy-page" });
      box.style.aspectRatio = `${page.view.width} / ${page.view.height}`;
      for (const [name, match] of found) if (match.page === number + 1) markPicture(box, page, name, match);
      shown.set(box, page);
      drawing.observe(box);
      return el("section", { "aria-label": say("page", { page: number + 1 }) }, box);
    });
  }

  // A text is cut where marks begin and end; each piece is a mark of the shortest match that it lies in.
  function showTexts(pages, found) {
    return pages.map((page, number) => {
      const { text } = page.pieces[0];
      const here = found.filter(([, match]) => match.page === number + 1 && match.end > match.start)
        .map(([name, match]) => ({ name, match, from: page.owner[match.start][1], to: page.owner[match.end - 1][1] + 1 }))
        .sort((a, b) => (a.to - a.from) - (b.to - b.from));
      const cuts = [...new Set([0, text.length, ...here.flatMap(({ from, to }) => [from, to])])].sort((a, b) => a - b);
      const made = el("pre", { className: "copy-plain", lang: "id" });
      const begun = new Set();
      for (let n = 0; n + 1 < cuts.length; n += 1) {
        const piece = text.slice(cuts[n], cuts[n + 1]);
        const over = here.filter(({ from, to }) => from <= cuts[n] && to >= cuts[n + 1]);
        if (!over.length) { made.append(piece); continue; }
        const mark = markOf(over[0].name, over[0].match, !begun.has(over[0].name));
        mark.classList.add("inline");
        mark.removeAttribute("aria-label"); // its words name it
        mark.append(piece);
        for (const { name } of over.slice(1)) marks.set(name, [...(marks.get(name) || []), mark]);
        for (const { name } of over) begun.add(name);
        made.append(mark);
      }
      return el("section", { "aria-label": say("page", { page: number + 1 }) }, made);
    });
  }

  function drawLists() {
    const wanted = (name) => !filter.value || byId.get(name).table === filter.value;
    const groups = [["not found", words.missing], ["found nearly", words.nearly], ["found", words.found]];
    lists.replaceChildren(...groups.map(([state, word]) => {
      const chosen = [...matches].filter(([name, match]) => match.state === state && wanted(name));
      const items = chosen.map(([name]) => {
        const place = byId.get(name);
        return el("li", {}, el("button", { type: "button", onclick: () => choose(name, true) },
          el("span", { className: `outcome ${place.css}`, "aria-hidden": "true" }, place.sign), ` ${place.id}, ${say("place", { page: place.page, line: place.line })}: `, el("q", { lang: "id" }, place.words)));
      });
      return el("details", { open: state !== "found" && chosen.length > 0 }, el("summary", {}, `${word}: ${new Intl.NumberFormat(language).format(chosen.length)}`), el("ul", { className: "copy-list" }, ...items));
    }));
    for (const mark of pagesBox.querySelectorAll(".page-mark")) mark.classList.toggle("quiet", Boolean(filter.value) && mark.dataset.table !== filter.value);
  }
  filter.addEventListener("change", drawLists);

  const told = (message) => { status.textContent = message; };
  const breathe = () => new Promise((go) => { setTimeout(go, 0); });

  async function open(file) {
    rounds += 1;
    const round = rounds;
    frame.hidden = true;
    host.classList.remove("open");
    told("");
    try {
      const bytes = new Uint8Array(await file.arrayBuffer());
      const isPdf = String.fromCharCode(...bytes.slice(0, 4)) === "%PDF" || /\.pdf$/i.test(file.name);
      const pages = withLetters(isPdf ? await pdfPages(bytes, file.name, told) : textPages(bytes, file.name));
      if (pages.reduce((sum, page) => sum + page.letters.length, 0) < leastLetters) throw new CopyError(say("no_text", { file: file.name }));
      told(say("matching", { count: places.length }));
      await breathe();
      const { article, matches: made } = matchAnchors(places, pages.map((page) => page.letters), lastLine);
      if (round !== rounds) return;
      const count = (state) => made.filter((match) => match.state === state).length;
      if (!article) throw new CopyError(say("wrong", { file: file.name, count: count("found"), total: made.length }));
      matches = new Map(made.map((match) => [key(match), match]));
      marks = new Map();
      const found = [...matches].filter(([, match]) => match.page);
      pagesBox.replaceChildren(...(isPdf ? showPictures(pages, found) : showTexts(pages, found)));
      card.replaceChildren(el("p", { className: "note" }, words.pick));
      host.classList.add("open");
      frame.hidden = false;
      drawLists();
      told(`${file.name}: ${say("summary", { found: count("found"), total: made.length, nearly: count("found nearly"), missing: count("not found") })}`);
      goThere();
    } catch (error) {
      if (round !== rounds) return;
      if (!(error instanceof CopyError)) { told(say("broken", { file: file.name })); throw error; }
      told(error.message);
    }
  }

  // An address such as your-copy.html?place=k001 leads to that place once a copy is open.
  function goThere() {
    const id = (new URLSearchParams(location.search).get("place") || "").toUpperCase();
    const place = places.find((one) => one.id === id);
    if (place) choose(key(place), true);
  }

  input.addEventListener("change", () => { if (input.files.length) open(input.files[0]); });
  drop.addEventListener("dragover", (event) => { event.preventDefault(); drop.classList.add("over"); });
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    if (event.dataTransfer.files.length) open(event.dataTransfer.files[0]);
  });

  host.previousElementSibling.hidden = true; // the line for who reads without scripts
  host.replaceChildren(drop, status, frame);
})();
