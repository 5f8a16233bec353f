"""What a human decided, validated and typed: the only way into ``data/``, which notes what is looked at."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from pathlib import Path

import pandas as pd

from smart_asn import added
from smart_asn.datapackage import DESCRIPTION, DataError, data_files, page_of, read_package, read_tables
from smart_asn.places import BUILD, DATA
from smart_asn.validation import validate

__all__ = ["Data", "DataError", "Read", "data_folder", "digest", "load", "page_of"]

Read = tuple[str, ...]
"""One look into the data: ``("file", path)``, ``("table", name)``, ``("columns", name, column, …)`` or
``("rows", name, column, value)``."""


class Tables(Mapping):
    """Tables by name; notes in ``reads`` which were looked at."""

    def __init__(self, frames: dict[str, pd.DataFrame], reads: set[Read]):
        self._frames, self._reads = frames, reads

    def __getitem__(self, name: str) -> pd.DataFrame:
        frame = self._frames[name]
        self._reads.add(("table", name))
        return frame

    def __iter__(self) -> Iterator[str]:
        return iter(self._frames)

    def __len__(self) -> int:
        return len(self._frames)


@dataclass(frozen=True)
class Data:
    """Every table of ``data/`` by name, in the row order of its file, typed as the schema says.

    ``frames`` maps a resource's name (``evidence``, ``claims``, …) to a DataFrame; empty cells are ``""`` in
    text columns and ``NA`` in the others. ``data.evidence`` is the whole table; ``columns``, ``rows``, ``part`` and
    ``row`` give less. Each look is noted in ``reads``, so that a chapter is made again when what it looked at changes,
    and only then.
    """

    _folder: Path
    _frames: dict[str, pd.DataFrame]
    reads: set[Read] = field(default_factory=set, compare=False)

    def __getattr__(self, name: str) -> pd.DataFrame:
        if name.startswith("_") or name not in self._frames:
            raise AttributeError(name)
        return self.tables[name]

    @property
    def folder(self) -> Path:
        """The data folder."""
        return self._folder

    @cached_property
    def tables(self) -> Mapping[str, pd.DataFrame]:
        """Every table by its name."""
        return Tables(self._frames, self.reads)

    @cached_property
    def package(self) -> dict:
        """The data package's description, as read from ``datapackage.json``."""
        return json.loads(self.file(DESCRIPTION))

    @cached_property
    def regency_names(self) -> dict[str, str]:
        """Regency slug to name, in the article's order; those added to the article's come last, with an asterisk."""
        return dict(self.columns("regencies", "regency", "name").itertuples(index=False, name=None))

    @cached_property
    def of_article(self) -> tuple[str, ...]:
        """The regencies that the article is about: its statements speak of these, whatever else the data holds."""
        if "of_article" not in self._frames["regencies"]:  # tables as they lie in their files
            return tuple(self.columns("regencies", "regency")["regency"])
        rows = self.columns("regencies", "regency", "of_article")
        return tuple(rows.loc[rows["of_article"].astype(bool), "regency"])

    def article_alone(self) -> Data:
        """The data without what was added to the article's regencies: what can be compared with the article's text."""
        own = self.of_article
        return replace(
            self,
            _frames={
                name: frame[frame["regency"].isin(own)].reset_index(drop=True)
                if "regency" in frame
                else frame
                for name, frame in self._frames.items()
            },
        )

    def labels(self, table: str, language: str) -> dict[str, str]:
        """Key to label of ``codebook``, ``strategies`` or ``sections`` in a language (``en`` or ``id``)."""
        key = self._frames[table].columns[0]
        return dict(self.columns(table, key, f"label_{language}").itertuples(index=False, name=None))

    def columns(self, table: str, *columns: str) -> pd.DataFrame:
        """Some columns of a table."""
        return self._look(("columns", table, *columns))

    def rows(self, table: str, column: str, value: str) -> pd.DataFrame:
        """The rows of a table that have a value in a column."""
        return self._look(("rows", table, column, value))

    def part(self, table: str, column: str, value: str, *columns: str) -> pd.DataFrame:
        """Some columns of the rows of a table that have a value in a column."""
        return self._look(("part", table, column, value, *columns))

    def row(self, table: str, key: str) -> pd.Series:
        """The row of a table whose first column is ``key``; KeyError says which keys there are."""
        column = self._frames[table].columns[0]
        found = self.rows(table, column, key)
        if found.empty:
            raise KeyError(f"{key!r} is not in data/{table}.csv (its column {column})")
        return found.iloc[0]

    def key(self, table: str) -> str:
        """The column whose values name the rows of a table: its first."""
        return str(self._frames[table].columns[0])

    def file(self, path: str) -> str:
        """The text of a file of the data folder that is not a table."""
        self.reads.add(("file", path))
        return (self._folder / path).read_text("utf-8")

    def _look(self, read: Read) -> pd.DataFrame:
        self.reads.add(read)
        kind, table, *rest = read
        frame = self._frames[table]
        if kind == "columns":
            return frame[rest]
        if kind == "rows":
            return frame[frame[rest[0]] == rest[1]].reset_index(drop=True)
        if kind == "part":
            return frame.loc[frame[rest[0]] == rest[1], rest[2:]].reset_index(drop=True)
        return frame

    def seal(self, read: Read) -> str:
        """SHA-256 over what a look gives; ``gone`` where it can no longer be had."""
        seals = self.__dict__.setdefault("_seals", {})
        if read not in seals:
            try:
                seen = self.file(read[1]) if read[0] == "file" else _as_text(self._look(read))
            except (KeyError, OSError):
                seen = "gone"
            seals[read] = hashlib.sha256(seen.encode()).hexdigest()
        return seals[read]


def shipped() -> Data:
    """The data folder as it is now, loaded once: what ``smart_asn.data.evidence`` and the like are taken from."""
    return _loaded(digest())


@lru_cache(1)
def _loaded(seal: str) -> Data:
    return load()


def looked_at() -> set[Read]:
    """What has been looked at in the shipped data since it was loaded."""
    return shipped().reads if _loaded.cache_info().currsize else set()


def forget() -> None:
    """Load the shipped data anew when it is next wanted."""
    _loaded.cache_clear()


def __getattr__(name: str) -> pd.DataFrame:
    """A table of the data folder as a DataFrame of one's own: ``smart_asn.data.evidence``, ``smart_asn.data.codebook``."""
    if name.startswith("_"):
        raise AttributeError(name)
    tables = shipped().tables
    if name not in tables:
        raise AttributeError(f"no table {name!r} in data/; there are {', '.join(tables)}")
    return tables[name].copy()


def __dir__() -> list[str]:
    """The names of this module, and the tables."""
    return sorted([*globals(), *shipped().tables])


def _as_text(frame: pd.DataFrame) -> str:
    """All that a frame shows, with its order; many times as fast as writing CSV."""
    return repr((list(frame.columns), frame.index.tolist(), frame.to_numpy(dtype=object).tolist()))


def data_folder() -> Path:
    """The folder that the data is read from: while a book is built, the copy that the build took."""
    return Path(os.environ.get("SMART_ASN_DATA") or DATA)


def digest(folder: Path | None = None) -> str:
    """SHA-256 over the names and bytes of every file of the data in a folder, and over the rules they are checked by.

    Those stand in the modules at the top of the package, all of which count: none is named here, so none is forgotten.
    """
    total = hashlib.sha256()
    folder = folder or data_folder()
    for module in sorted(Path(__file__).parent.glob("*.py")):
        total.update(module.read_bytes())
    for path in data_files(folder):
        total.update(path.relative_to(folder).as_posix().encode())
        total.update(hashlib.sha256(path.read_bytes()).digest())
    return total.hexdigest()


def load(folder: Path | None = None) -> Data:
    """Read the whole data folder, validated.

    A folder that was validated before and has not changed since is not validated again.

    Raises
    ------
    DataError
        with every problem at once.
    """
    folder = Path(folder or data_folder())
    stamp = BUILD / "validated.txt"
    seal = digest(folder)
    if not (stamp.exists() and seal in stamp.read_text("utf-8").split()):
        validate(folder)
        stamp.parent.mkdir(parents=True, exist_ok=True)
        stamp.write_text(seal + "\n", "utf-8")
    return Data(folder, added.joined(folder, read_tables(folder, read_package(folder))))
