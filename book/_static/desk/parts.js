// What the desk's pages share: an element, and a text with its places filled.
"use strict";

(() => {
  // An element with properties or attributes, listeners (on…) and children; no child is null or an empty text.
  function el(tag, properties = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(properties)) {
      if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
      else if (name in made && name !== "list" && name !== "form") made[name] = value;
      else made.setAttribute(name, value);
    }
    made.append(...children.filter((child) => child !== null && child !== ""));
    return made;
  }

  // What fills the places of a text, such as {count}, given the texts by name.
  const saying = (words) => (name, values = {}) => words[name].replace(/\{(\w+)\}/g, (whole, key) => (key in values ? values[key] : whole));

  globalThis.deskParts = { el, saying };
})();
