"""What a publisher sets, in one place: ``_config.yml``. Everything that needs an address or a name asks here."""

from __future__ import annotations

from dataclasses import dataclass

import yaml

from smart_asn.places import ROOT


@dataclass(frozen=True)
class Publication:
    """The site's address, the repository's, who made the edition, and where to write; empty while not set.

    In ``_config.yml``: ``html.baseurl``, and under ``sphinx.config`` ``book_repository``, ``book_contributors`` and
    ``book_contact`` (an address that begins with ``mailto:`` or ``https://``).
    """

    address: str = ""
    repository: str = ""
    contributors: str = ""
    contact: str = ""


def publication() -> Publication:
    """What ``_config.yml`` sets now."""
    settings = yaml.safe_load((ROOT / "_config.yml").read_text("utf-8"))
    own = settings["sphinx"]["config"]
    return Publication(
        settings["html"].get("baseurl") or "",
        own.get("book_repository") or "",
        own.get("book_contributors") or "",
        own.get("book_contact") or "",
    )
