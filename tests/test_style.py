"""Text from the data is text in a figure, whatever signs it has."""

import pytest
from matplotlib.text import Text

from smart_asn.figures.style import finish, new_sheet

LABELS = (
    r"$x^2$",
    r"costs 5 $ or 6 $",
    r"$\frac{1}{2}$",
    r"$\notacommand$",
    r"$\unfinished{$",
    "50 % & {braces} _low_ #1 ~ ^",
)


@pytest.mark.parametrize("label", LABELS)
def test_a_label_is_drawn_as_it_is_written(label):
    """A dollar sign or a backslash sets no formula, and no formula that is none stops the drawing."""
    sheets = []

    def draw(layout):
        sheet, axes = new_sheet(layout, 2)
        axes.set(xlabel=label, title=label, xticks=[0], xticklabels=[label])
        axes.plot([0, 1], label=label)
        axes.text(0, 0, label)
        axes.annotate(label, (0, 0))
        axes.legend()
        sheets.append(sheet)
        return sheet

    assert "<svg" in finish("test", "A caption.", "Words.", draw).svg
    for sheet in sheets:
        drawn = [text for text in sheet.findobj(Text) if text.get_text() == label]
        assert len(drawn) >= 6
        assert {text.get_parse_math() for text in drawn} == {False}
