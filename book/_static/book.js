// Filter, search and sort tables. Without scripts the tables are complete and in order.
"use strict";

function text(cell) { return cell.textContent.trim(); }

function makeSortable(table) {
  const body = table.tBodies[0];
  [...table.tHead.rows[0].cells].forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      [...table.tHead.rows[0].cells].forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const rows = [...body.rows];
      const compare = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;
      rows.sort((a, b) => compare(text(a.cells[column]), text(b.cells[column])) * (down ? -1 : 1));
      body.append(...rows);
    });
  });
}

function makeFilter(form) {
  const table = document.getElementById(form.dataset.for);
  const rows = [...table.tBodies[0].rows];
  const fields = [...form.querySelectorAll("[data-filter]")];
  const output = form.querySelector("output");
  const apply = () => {
    let shown = 0;
    for (const row of rows) {
      const fits = fields.every((field) => !field.value || (field.dataset.filter === "text"
        ? row.textContent.toLowerCase().includes(field.value.toLowerCase())
        : row.dataset[field.dataset.filter] === field.value));
      row.hidden = !fits;
      shown += fits;
    }
    output.textContent = output.dataset.template.replace("{count}", shown).replace("{total}", rows.length);
  };
  const showTarget = () => {
    const row = location.hash && document.getElementById(location.hash.slice(1));
    if (row && row.hidden) { form.reset(); apply(); row.scrollIntoView(); }
  };
  form.addEventListener("input", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  window.addEventListener("hashchange", showTarget);
  form.hidden = false;
  apply();
}

document.querySelectorAll(".sortable table, table.filterable").forEach(makeSortable);
document.querySelectorAll("form[data-for]").forEach(makeFilter);
