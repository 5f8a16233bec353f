"""The edition for other programs: each form of it is one small module, and one file or folder of the site.

Here: what turns the data and the ledger into a form that others' tools read (RO-Crate, Web Annotation, REFI-QDA,
linkset, workbook, data package) or that people take away (EPUB, PDF, certificate). A module is pure, gives the same
bytes for the same edition, and has its validator, which ``make check-exports`` or ``make check-books`` runs. What may
come here: a further form with a named reader and an offline validator. What does not: anything that decides an
outcome, and markup of pages (``site``, ``desk``).
"""
