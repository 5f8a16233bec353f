"""The book's tables and short computed texts: every function takes the open edition and returns a block.

Here: one module for each kind of chapter, ``parts`` for what several share (links, places, quoted words, filters).
What may come here: choosing columns, words and links for rows that the core has made. HTML is made by ``markup``
alone; sentences go through ``edition.language``, so that both editions have them. Nothing is judged here.
"""

from smart_asn.markup import folded
from smart_asn.tables.comparison import (
    matrix_table,
    table_digital,
    table_documents,
    table_grand_design,
    table_shared,
    table_unique,
)
from smart_asn.tables.coverage import coverage_findings, coverage_key, coverage_strip, table_coverage
from smart_asn.tables.history import history_of_releases, history_summary
from smart_asn.tables.ledger import (
    findings,
    headline,
    ledger_cards,
    ledger_filters,
    outcome_list,
    statement_lines,
    table_errata,
    table_outcome_counts,
    table_told,
    ways_in,
)
from smart_asn.tables.method import (
    agreement_in_words,
    table_agreement,
    table_audit,
    table_outcomes,
    table_prisma_p,
    table_reading_agreement,
    table_scopes,
    table_sections,
    table_settled_readings,
    table_settlements,
    table_six_p,
)
from smart_asn.tables.parts import title
from smart_asn.tables.portraits import portrait, portrait_of_six, publisher, which_regencies
from smart_asn.tables.reference import (
    glossary,
    table_codebook,
    table_passages,
    table_searches,
    table_series,
    table_sources,
    tables_dictionary,
)
from smart_asn.tables.regency import (
    alone,
    most_similar,
    questions_about,
    strategy,
    table_doubts,
    table_facts,
    unsaid,
)

__all__ = [
    "agreement_in_words",
    "alone",
    "coverage_findings",
    "coverage_key",
    "coverage_strip",
    "findings",
    "folded",
    "glossary",
    "headline",
    "history_of_releases",
    "history_summary",
    "ledger_cards",
    "ledger_filters",
    "matrix_table",
    "most_similar",
    "outcome_list",
    "portrait",
    "portrait_of_six",
    "publisher",
    "questions_about",
    "statement_lines",
    "strategy",
    "table_agreement",
    "table_audit",
    "table_codebook",
    "table_coverage",
    "table_digital",
    "table_documents",
    "table_doubts",
    "table_errata",
    "table_facts",
    "table_grand_design",
    "table_outcome_counts",
    "table_outcomes",
    "table_passages",
    "table_prisma_p",
    "table_reading_agreement",
    "table_scopes",
    "table_searches",
    "table_sections",
    "table_series",
    "table_settled_readings",
    "table_settlements",
    "table_shared",
    "table_six_p",
    "table_sources",
    "table_told",
    "table_unique",
    "tables_dictionary",
    "title",
    "unsaid",
    "ways_in",
    "which_regencies",
]
