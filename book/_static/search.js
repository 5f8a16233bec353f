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
}
