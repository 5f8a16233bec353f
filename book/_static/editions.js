// The edition a reader chooses is remembered, and a link to another edition keeps the place on the page.
// Without scripts the links lead to the same page.
"use strict";
{
  const KEY = "edition";
  const links = [...document.querySelectorAll("a[hreflang]")];
  const entry = document.getElementById("editions");

  for (const link of links) {
    link.addEventListener("click", () => {
      try { localStorage.setItem(KEY, link.hreflang); } catch { /* a browser that keeps nothing */ }
      if (entry) return;
      link.search = location.search;
      link.hash = location.hash;
    });
  }

  if (entry) {
    let chosen = null;
    try { chosen = localStorage.getItem(KEY); } catch { /* a browser that keeps nothing */ }
    const wanted = [chosen, ...navigator.languages.map((tag) => tag.toLowerCase().split("-")[0].replace(/^in$/, "id"))];
    const found = wanted.map((code) => links.find((link) => link.hreflang === code)).find(Boolean) || links[0];
    location.replace(found.href);
  }
}
