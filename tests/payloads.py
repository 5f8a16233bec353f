"""Texts that would be something else than text if anything let them: put into every text column of a data folder."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path
from zlib import crc32

from smart_asn.datapackage import read_package, tabular
from smart_asn.validation import _is_compared

PAYLOADS = (
    "</td></table><script>pwned=1</script>",
    '"><img src=x onerror=pwned=1><pwned-a>',
    "' onmouseover='pwned=1' x='",
    "<svg/onload=pwned=1>&lt;script&gt;pwned=1&lt;/script&gt;",
    "&#60;pwned-b&#62; \\u003cpwned-b\\u003e %3Cpwned-b%3E",
    '--><!-- questions-on:E001 --><!-- tools:../../x --> href="book:ledger#k001"',
    "[x](javascript:pwned=1) <javascript:pwned=1> https://pwned.example/",
    "`x`{raw-html} {download}`/etc/passwd` {ref}`x` {eval}`1` :ref:`x` |x|",
    "**x** _x_ ~~x~~ # x ::: {include} /etc/passwd ![x](/etc/passwd)",
    "{{ 7*7 }} {% include '/etc/passwd' %} ${7*7} #{7*7} <%= 7*7 %> %(x)s {0.__class__}",
    "$\\frac{pwned}{2}$ \\(x\\) \\[x\\] $$x$$ \\input{/etc/passwd}",
    "</script><script>pwned=1</script><style>*{display:none}</style></title></head></textarea>",
    "]]></svg><foreignObject/><?php pwned ?>",
    "../../../../etc/passwd C:\\windows //pwned.example/x",
)
"""Each is added to a text; it holds what would be markup, a script, a placeholder, a directive, a template, a path."""
FORMULAS = (
    '=HYPERLINK("https://pwned.example";"x")',
    "+1+1",
    "-1+1",
    "@SUM(1)",
    "=1+1",
    "-cmd|' /C calc'!A0",
)
"""Each would be computed by a spreadsheet if it began a cell."""
TEMPLATES = ("observed_en", "observed_id")
"""Columns whose texts have places to fill in, in braces; a brace that names none is refused."""
KEYS = {
    ("questions.csv", "chapter"),
    ("readings/reading-1.csv", "unit"),
    ("readings/reading-2.csv", "unit"),
    ("readings/settled.csv", "unit"),
    ("prisma-p.csv", "item"),
    ("article/words.csv", "word"),
    ("glossary.csv", "term"),
}
"""Columns by which rows are found or named: what stands in them is compared with other rows, or with the article."""


BRIEF = (
    '"><pwned-a>',
    "<pwned-a/onload=pwned=1>",
    "&lt;pwned-b&gt;",
    "`x`{raw-html}",
    "</q></td><pwned-a>",
    "--><pwned-a>",
)
"""For anchors and printed words, which may be a few words only."""
KEPT = ("", "not found")
"""Cells that stay: empty ones, and words that a rule looks for."""


def text_columns(folder: Path) -> Iterator[tuple[str, str]]:
    """Each file with a table and each of its columns whose cells people write as they like."""
    for resource in tabular(read_package(folder)):
        schema = resource["schema"]
        for field in schema["fields"]:
            place = resource["path"], field["name"]
            if field["type"] == "string" and not _is_compared(field, schema) and place not in KEYS:
                yield place


def harmless(text: str) -> str:
    """A text of the same length and the same words, in which nothing could be anything but text."""
    return re.sub(r"[^\w ]", "x", text)


def put(folder: Path, made=lambda text: text) -> int:
    """Add a payload, as ``made`` makes it, to every cell that is not empty in every text column; how many cells."""
    columns, count = list(text_columns(folder)), 0
    for file in dict.fromkeys(file for file, _ in columns):
        path = folder / file
        with path.open(encoding="utf-8", newline="") as source:
            rows = list(csv.DictReader(source))
        for row in rows:
            for _, name in (c for c in columns if c[0] == file):
                brief = name in ("anchor", "printed")
                corpus = BRIEF if brief else PAYLOADS
                payload = corpus[crc32(f"{name} {row[name]}".encode()) % len(corpus)]
                if name in TEMPLATES:
                    payload = payload.replace("{", "").replace("}", "")
                if row[name] not in KEPT and not (brief and row[name].count(" ") > 6):
                    row[name] += f" {made(payload)}"
                    count += 1
        if rows:
            with path.open("w", encoding="utf-8", newline="") as target:
                writer = csv.DictWriter(target, list(rows[0]), lineterminator="\n")
                writer.writeheader()
                writer.writerows(rows)
    return count
