"""A verifiable edition of one article: six Indonesian regencies and the Smart ASN.

For a notebook or a Python prompt, ``import smart_asn as edition`` gives plain pandas DataFrames:

``edition.data.evidence``
    a table of ``data/``; ``dir(edition.data)`` names them all.
``edition.matrix()``
    regencies by measures, True where the section reports the measure.
``edition.claims()``, ``edition.questions()``
    what the article states, and what is asked of it, with the outcomes.
``edition.recode({("tapin", "DEV03"): True})``
    code cells the other way, and see what changes.
``edition.agreement(mine)``, ``edition.differences(mine)``
    compare a coding of your own with the edition's.

``help(edition.recode)`` says more of one of them. Nothing is loaded before it is asked for.

For who works on the package. Here: the core, from the data to a chapter's blocks (data, coding, observations, observing,
outcomes, checks, ledger, cards, edition, chapters, notebook, language, markup). It knows nothing of papermill, pytask or Sphinx;
those stand in ``pipeline`` and ``site``. What may come here: what a notebook calls or what decides an outcome. What does
not: figures and tables (their folders), anything that runs a build, tools of development (``tools/``).
"""

from __future__ import annotations

from typing import Any

__all__ = ["agreement", "claims", "data", "differences", "matrix", "questions", "recode"]


def __getattr__(name: str) -> Any:
    if name == "data":
        import smart_asn.data as data

        return data
    if name in __all__:
        from smart_asn import surface

        return getattr(surface, name)
    raise AttributeError(f"module 'smart_asn' has no {name!r}; it has {', '.join(__all__)}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
