// The search speaks the page's language, and shows of each chapter its text without controls and code.
// Sphinx's own way to set the words makes a function of a string, which the pages' policy forbids.
"use strict";
{
  const words = document.getElementById("search-results").dataset;
  Object.assign(Documentation.TRANSLATIONS, {
    "Search Results": words.results,
    "Search finished, found ${resultCount} page(s) matching the search query.": words.found.replace("{count}", "${resultCount}"),
    "Your search did not match any documents. Please make sure that all words are spelled correctly and that you've selected enough categories.": words.none,
  });
  if (Search.title) Search.title.textContent = words.results;

  Search.htmlToText = (markup, anchor) => {
    const chapter = new DOMParser().parseFromString(markup, "text/html");
    chapter.querySelectorAll(".headerlink, .tools, .filters, .cell_input, summary, .visually-hidden, script, style").forEach((part) => part.remove());
    chapter.querySelectorAll("h1, h2, h3, p, li, dt, dd, th, td, caption, figcaption").forEach((part) => part.append(" "));
    const place = anchor && chapter.getElementById(anchor.slice(1));
    return (place || chapter.querySelector("article")).textContent;
  };

  // Sphinx parts 4.0 and 2020-2024 and leaves out numbers. They are words here, as in the index (pages/search.py).
  const NUMBER = /(?<![\p{L}\p{N}_])\d+(?:[.,/\u2010-\u2015-]\d+)*(?![\p{L}\p{N}_])/gu;
  const parseWords = Search._parseQuery;
  Search._parseQuery = (query) => {
    const numbers = query.match(NUMBER) || [];
    const [, searched, excluded, shown, objects] = parseWords(query.replace(NUMBER, " "));
    for (const number of numbers) {
      searched.add(number.replace(/[\u2010-\u2015]/g, "-").replace(/,/g, "."));
      shown.add(number);
    }
    return [query, searched, excluded, shown, objects];
  };

  // Words such as "constructor" are properties of every object: the index is one that has its own words only.
  const bare = Object.assign(Object.create(null), { hasOwnProperty: Object.prototype.hasOwnProperty });
  const setIndex = Search.setIndex;
  Search.setIndex = (index) => {
    for (const terms of [index.terms, index.titleterms]) Object.setPrototypeOf(terms, bare);
    setIndex(index);
  };
}
