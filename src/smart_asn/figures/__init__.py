"""The book's figures: one style, drawn as SVG, each with a caption that says what to see and an alt text.

Every function takes the open edition and returns a :class:`~smart_asn.markup.Figure`. Here: one module for each
subject, ``style`` for what all share, ``many`` for books of more than ``coding.MANY`` regencies. What may come
here: drawing. What is counted or judged for a figure is a function of the core, which the notebook calls.
"""

from smart_asn.figures.background import (
    plot_civil_service,
    plot_egdi,
    plot_hci,
    plot_job_shares,
    plot_workforce_schooling,
)
from smart_asn.figures.certainty import plot_claims, plot_doubts
from smart_asn.figures.comparison import (
    plot_coverage,
    plot_coverage_by_strategy,
    plot_digital,
    plot_matrix,
    plot_periods,
    plot_similarity,
)
from smart_asn.figures.cover import cover
from smart_asn.figures.diagrams import plot_four_groups, plot_four_stages, plot_human_resource_development
from smart_asn.figures.maps import plot_locator_map, plot_map

__all__ = [
    "cover",
    "plot_civil_service",
    "plot_claims",
    "plot_coverage",
    "plot_coverage_by_strategy",
    "plot_digital",
    "plot_doubts",
    "plot_egdi",
    "plot_four_groups",
    "plot_four_stages",
    "plot_hci",
    "plot_human_resource_development",
    "plot_job_shares",
    "plot_locator_map",
    "plot_map",
    "plot_matrix",
    "plot_periods",
    "plot_similarity",
    "plot_workforce_schooling",
]
