"""The book's tables and short computed texts: every function takes the open edition and returns a block.

Here: one module for each kind of chapter, ``parts`` for what several share (links, places, quoted words, filters).
What may come here: choosing columns, words and links for rows that the core has made. HTML is made by ``markup``
alone; sentences go through ``edition.language``, so that both editions have them. Nothing is judged here.
"""

from smart_asn.tables.claims import (
    doors,
    findings,
    headline,
    key_claims,
    ledger_filters,
    table_errata,
    table_ledger,
    table_totals,
)
from smart_asn.tables.comparison import (
    matrix_table,
    table_digital,
    table_grand_design,
    table_shared,
    table_unique,
)
from smart_asn.tables.method import (
    table_agreement,
    table_prisma_p,
    table_quantifiers,
    table_sections,
    table_settlements,
    table_six_p,
    table_verdicts,
)
from smart_asn.tables.parts import ledger_frame, title, totals
from smart_asn.tables.reference import (
    glossary,
    table_codebook,
    table_passages,
    table_public_figures,
    table_series,
    tables_dictionary,
)
from smart_asn.tables.regency import alone, claims_about, nearest, strategy, table_doubts, table_facts, unsaid

__all__ = [
    "alone",
    "claims_about",
    "doors",
    "findings",
    "glossary",
    "headline",
    "key_claims",
    "ledger_filters",
    "ledger_frame",
    "matrix_table",
    "nearest",
    "strategy",
    "table_agreement",
    "table_codebook",
    "table_digital",
    "table_doubts",
    "table_errata",
    "table_facts",
    "table_grand_design",
    "table_ledger",
    "table_passages",
    "table_prisma_p",
    "table_public_figures",
    "table_quantifiers",
    "table_sections",
    "table_series",
    "table_settlements",
    "table_shared",
    "table_six_p",
    "table_totals",
    "table_unique",
    "table_verdicts",
    "tables_dictionary",
    "title",
    "totals",
    "unsaid",
]
