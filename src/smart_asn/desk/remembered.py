"""Data that remembers each look: the desk's many small pages ask for the same rows again and again."""

from __future__ import annotations

from typing import Any

import pandas as pd

from smart_asn.data import Data, Read


class Remembered(Data):
    """The same data; what was looked up once is not looked up again. What it gives must not be changed."""

    @classmethod
    def of(cls, data: Data) -> Remembered:
        """Another's data, remembered from now on."""
        return cls(data._folder, data._frames, data.reads)

    def _look(self, read: Read) -> pd.DataFrame:
        return self._once(read, lambda: Data._look(self, read))

    def labels(self, table: str, language: str) -> dict[str, str]:
        """As ``Data.labels``."""
        return self._once(("labels", table, language), lambda: Data.labels(self, table, language))

    def _once(self, key: tuple[str, ...], make: Any) -> Any:
        kept = self.__dict__.setdefault("_kept", {})
        if key not in kept:
            kept[key] = make()
        return kept[key]
