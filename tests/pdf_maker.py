"""Small PDFs for the tests, made by hand: pages of lines in Helvetica, of a grey box or of a scan with its text."""

from __future__ import annotations

import base64
import io
import random
import textwrap
from collections.abc import Sequence

LINES_A_PAGE = 60
JBIG2 = (
    "00000000 30 00 01 00000013 00000020 00000020 00000000 00000000 00 0000"  # a page of 32 by 32 dots
    "00000001 26 00 01 00000024 00000020 00000020 00000000 00000000 00 01"  # a region that fills it, as in a fax:
    "26a0bf ffffffffffffffffffffffe0 020020"  # 16 black and 16 white dots, and every other line the same
)
SCANS = {
    "JBIG2": ("/BitsPerComponent 1/Filter/JBIG2Decode", bytes.fromhex(JBIG2)),
    "JPX": (
        "/BitsPerComponent 8/Filter/JPXDecode",
        base64.b64decode(
            "/0//UQApAAAAAAAgAAAAIAAAAAAAAAAAAAAAIAAAACAAAAAAAAAAAAABBwEB/1IADAAAAAEABQQEAAH/XAATQEBISFBISFBISFBI"
            "SFBISFD/ZAAlAAFDcmVhdGVkIGJ5IE9wZW5KUEVHIHZlcnNpb24gMi41LjT/kAAKAAAAAABIAAH/k8+0CAbHz8AIAXfH2goACBWt"
            "DW/PwCAXLHOCYLBK28/AQCFuDRi+ekhK5wEPcLnaHD/H2goANfI/qr3/2Q=="
        ),
    ),
}
"""Pictures of 32 by 32 dots, the left half black and the right half white, in the forms of scans."""


def pdf(pages: Sequence[Sequence[str]], scan: str = "") -> bytes:
    """A PDF of these pages, each a list of lines; a page without lines has a grey box and no text.

    With a ``scan`` (a key of ``SCANS``, or what is no picture) its picture fills each page, and the lines are there to
    be found only, as in a scan whose text was recognised.
    """
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    picture = 4 + 2 * len(pages)
    shown = f"/XObject<</P {picture} 0 R>>" if scan else ""
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    for number, lines in enumerate(pages):
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F 3 0 R>>{shown}>>"
            f"/Contents {5 + 2 * number} 0 R>>"
        )
        content = ("q 595 0 0 842 0 0 cm /P Do Q 3 Tr\n" if scan else "") + _content(lines)
        objects.append(f"<</Length {len(content)}>>\nstream\n{content}\nendstream")
    whole = [text.encode("cp1252", "replace") for text in objects]
    if scan:
        form, dots = SCANS.get(scan, ("/BitsPerComponent 8/Filter/JPXDecode", scan.encode()))
        facts = f"/Width 32/Height 32/ColorSpace/DeviceGray{form}/Length {len(dots)}"
        whole.append(f"<</Type/XObject/Subtype/Image{facts}>>\nstream\n".encode() + dots + b"\nendstream")
    out, places = io.BytesIO(), []
    out.write(b"%PDF-1.4\n")
    for number, content in enumerate(whole, start=1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n".encode() + content + b"\nendobj\n")
    start = out.tell()
    entries = "".join(f"{place:010} 00000 n \n" for place in places)
    out.write(
        f"xref\n0 {len(whole) + 1}\n0000000000 65535 f \n{entries}"
        f"trailer\n<</Size {len(whole) + 1}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n".encode()
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
