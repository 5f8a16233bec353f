// Find the article's anchors in another copy of its text: the same as smart_asn.desk.matching does. Pure functions.
"use strict";

const SURE = 12;
const NEAR_FROM = 8;
const NEAR = 0.2;
const AROUND = 1500;
const WRONG = 0.1;
const ALNUM = /[\p{L}\p{N}]/u;

// The letters and digits of a text, and for each of them where in the text its character begins.
function lettersOf(text) {
  const letters = [];
  const places = [];
  let place = 0;
  for (const character of text) {
    for (const part of character.normalize("NFKD").toLowerCase()) {
      if (!ALNUM.test(part)) continue;
      for (let unit = 0; unit < part.length; unit += 1) { letters.push(part[unit]); places.push(place); }
    }
    place += character.length;
  }
  return { letters: letters.join(""), places };
}

function placesOf(text, word) {
  const found = [];
  for (let place = word ? text.indexOf(word) : -1; place >= 0; place = text.indexOf(word, place + 1)) found.push(place);
  return found;
}

// The first place in sorted numbers that is not below (or, `after`, that is above) a number.
function bisect(numbers, number, after) {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (after ? numbers[middle] <= number : numbers[middle] < number) low = middle + 1; else high = middle;
  }
  return low;
}

// Lines with their place in the copy, both rising: the longest such run of the anchors that stand in one place.
function knownPlaces(anchors, words, places, lastLine, length) {
  const sure = anchors.flatMap((anchor, n) => (words[n].length >= SURE && places[n].length === 1 ? [[anchor.line, places[n][0]]] : []));
  sure.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const ends = [];
  const tops = [];
  const before = [];
  sure.forEach(([, place], number) => {
    const at = bisect(ends, place, false);
    before.push(at ? tops[at - 1] : -1);
    ends[at] = place;
    tops[at] = number;
  });
  const run = [];
  for (let number = tops.length ? tops[tops.length - 1] : -1; number >= 0; number = before[number]) run.push(sure[number]);
  return [[0, 0], ...run.reverse(), [lastLine + 1, length]];
}

function expectedPlace(known, line) {
  const at = Math.min(Math.max(bisect(known.map(([first]) => first), line, true), 1), known.length - 1);
  const [[first, start], [last, end]] = [known[at - 1], known[at]];
  return first === last ? start : start + ((end - start) * (line - first)) / (last - first);
}

// The least number of letters by which some part of a text differs from a word, and where the first such part ends.
function nearestPart(text, word) {
  let column = Array.from({ length: word.length + 1 }, (_, n) => n);
  let best = word.length;
  let end = 0;
  for (let place = 0; place < text.length; place += 1) {
    const next = [0];
    for (let n = 1; n <= word.length; n += 1) {
      next.push(Math.min(column[n] + 1, next[n - 1] + 1, column[n - 1] + (text[place] === word[n - 1] ? 0 : 1)));
    }
    column = next;
    if (column[word.length] < best) { best = column[word.length]; end = place + 1; }
  }
  return [best, end];
}

function isArticle(anchors, words, matches) {
  const sure = matches.filter((_, n) => words[n].length >= SURE);
  return !sure.length || sure.filter(({ state }) => state === "found").length >= WRONG * sure.length;
}

// Where each anchor ({id, line, words}) stands in the letters of the pages; see the Python for the rules.
function matchAnchors(anchors, pages, lastLine) {
  const whole = pages.join("");
  const starts = [0];
  for (const page of pages) starts.push(starts[starts.length - 1] + page.length);
  const words = anchors.map((anchor) => lettersOf(anchor.words).letters);
  const places = words.map((word) => placesOf(whole, word));
  const known = knownPlaces(anchors, words, places, lastLine, whole.length);
  const at = (anchor, state, start, end, differ) => {
    const page = Math.min(bisect(starts, start, true), starts.length - 1);
    return { id: anchor.id, table: anchor.table, state, page, start: start - starts[page - 1], end: end - starts[page - 1], differ };
  };
  const missing = (anchor) => ({ id: anchor.id, table: anchor.table, state: "not found", page: 0, start: 0, end: 0, differ: 0 });
  const matches = anchors.map((anchor, n) => {
    if (!places[n].length) return missing(anchor);
    const expected = expectedPlace(known, anchor.line);
    const start = places[n].reduce((best, place) => (Math.abs(place - expected) < Math.abs(best - expected) ? place : best));
    return at(anchor, "found", start, start + words[n].length, 0);
  });
  const article = isArticle(anchors, words, matches);
  if (!article) return { article, matches };
  anchors.forEach((anchor, n) => {
    if (matches[n].state === "found" || words[n].length < NEAR_FROM) return;
    const expected = Math.trunc(expectedPlace(known, anchor.line));
    const first = Math.max(0, expected - AROUND);
    const [differ, end] = nearestPart(whole.slice(first, expected + AROUND + words[n].length), words[n]);
    if (differ <= Math.trunc(NEAR * words[n].length)) {
      matches[n] = at(anchor, "found nearly", first + Math.max(0, end - words[n].length), first + end, differ);
    }
  });
  return { article, matches };
}

globalThis.matching = { lettersOf, matchAnchors };
