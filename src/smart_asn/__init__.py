"""A verifiable edition of one article: six Indonesian regencies and the Smart ASN.

Here: the core, from the data to a chapter's blocks (data, coding, observations, verdicts, checks, ledger, cards,
edition, chapters, notebook, language, markup). It knows nothing of papermill, pytask or Sphinx; those stand in
``pipeline`` and ``site``. What may come here: what a notebook calls or what decides an outcome. What does not:
figures and tables (their folders), anything that runs a build, tools of development (``tools/``).
"""
