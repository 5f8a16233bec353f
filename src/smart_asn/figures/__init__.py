"""The book's figures: one style, drawn as SVG, each with a caption that says what to see and an alt text.

Every function takes the open edition and returns a :class:`~smart_asn.markup.Figure`. Here: one module for each
subject, ``style`` for what all share, ``many`` for books of more than ``coding.MANY`` regencies. What may come
here: drawing. What is counted or judged for a figure is a function of the core, which the notebook calls.
"""

from smart_asn.figures.background import (
    plot_cited_through,
    plot_egdi,
    plot_job_shares,
    plot_workforce_schooling,
)
from smart_asn.figures.comparison import (
    plot_coverage_by_strategy,
    plot_digital,
    plot_doubts,
    plot_periods,
    plot_similarity,
)
from smart_asn.figures.cover import cover
from smart_asn.figures.ideas import plot_four_groups, plot_four_stages, plot_human_resource_development
from smart_asn.figures.maps import plot_map
from smart_asn.figures.matrix import plot_matrix
from smart_asn.figures.outcomes import plot_outcomes
from smart_asn.figures.plans import plot_row, plot_said_of_all, plot_shared_wording, plot_sharing

__all__ = [
    "cover",
    "plot_cited_through",
    "plot_coverage_by_strategy",
    "plot_digital",
    "plot_doubts",
    "plot_egdi",
    "plot_four_groups",
    "plot_four_stages",
    "plot_human_resource_development",
    "plot_job_shares",
    "plot_map",
    "plot_matrix",
    "plot_outcomes",
    "plot_periods",
    "plot_row",
    "plot_said_of_all",
    "plot_shared_wording",
    "plot_sharing",
    "plot_similarity",
    "plot_workforce_schooling",
]
