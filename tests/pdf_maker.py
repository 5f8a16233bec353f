"""Small PDFs for the tests, made by hand: pages of lines in Helvetica, or of a grey box, whole, long, broken, locked."""

from __future__ import annotations

import io
import random
import textwrap
from collections.abc import Sequence

LINES_A_PAGE = 60


def pdf(pages: Sequence[Sequence[str]]) -> bytes:
    """A PDF of these pages, each a list of lines; a page without lines has a grey box and no text."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    for number, lines in enumerate(pages):
        objects.append(
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>>>"
            f"/Contents {5 + 2 * number} 0 R>>"
        )
        content = _content(lines)
        objects.append(f"<</Length {len(content)}>>\nstream\n{content}\nendstream")
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.4\n")
    for number, text in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n{text}\nendobj\n".encode("cp1252", "replace"))
    start = out.tell()
    entries = "".join(f"{place:010} 00000 n \n" for place in places)
    out.write(
        f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{entries}"
        f"trailer\n<</Size {len(objects) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n".encode()
    )
    return out.getvalue()


def _content(lines: Sequence[str]) -> str:
    if not lines:
        return "0.5 g 60 60 475 722 re f"
    shown = []
    for line in lines:
        safe = line.encode("cp1252", "replace").decode("cp1252")
        safe = safe.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        shown.append(f"({safe}) Tj T*")
    return "BT /F 9 Tf 12 TL 50 800 Td\n" + "\n".join(shown) + "\nET"


def locked(content: bytes) -> bytes:
    """A PDF that needs a password to be read."""
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
    writer.encrypt("a password", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def printed(pages: Sequence[Sequence[str]]) -> bytes:
    """A PDF set like the print: a page for each, long lines broken."""
    return pdf([[part for line in lines for part in textwrap.wrap(line, 105) or [""]] for lines in pages])


def reflowed(pages: Sequence[Sequence[str]], width: int = 60, hyphens: float = 0.0, seed: int = 1) -> bytes:
    """The same words set anew in narrow lines, so that other lines and pages come of it; a share of the lines ends in
    a word that is parted by a hyphen."""
    luck = random.Random(seed)
    words = [word for lines in pages for line in lines for word in line.split()]
    made, line = [], ""
    for word in words:
        if len(line) + len(word) < width:
            line += f" {word}" if line else word
        elif len(word) > 6 and word.isalpha() and luck.random() < hyphens:
            made.append(f"{line} {word[:3]}-")
            line = word[3:]
        else:
            made.append(line)
            line = word
    made.append(line)
    return pdf([made[n : n + LINES_A_PAGE] for n in range(0, len(made), LINES_A_PAGE)])


def damaged(pages: Sequence[Sequence[str]], share: float = 0.01, seed: int = 1) -> list[list[str]]:
    """The same lines with a share of their letters read wrongly."""
    luck = random.Random(seed)
    return [
        [
            "".join(luck.choice("aeioulnrt") if c.isalpha() and luck.random() < share else c for c in line)
            for line in lines
        ]
        for lines in pages
    ]
