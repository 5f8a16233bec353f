"""Run a whole build in a process of its own, into a folder of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from smart_asn.language import LANGUAGES
from smart_asn.places import ENVIRONMENT, ROOT


class BuildError(Exception):
    """A build that did not end with a book; what was wrong was said by the build."""


def build(folder: Path) -> None:
    """Build both editions into ``folder``; what stands there already is taken up.

    Raises
    ------
    BuildError
        if no book came of it.
    """
    own = {**os.environ, **ENVIRONMENT}
    own |= {"SMART_ASN_BUILD": str(folder), "SMART_ASN_EDITIONS": " ".join(LANGUAGES)}
    own.pop("SMART_ASN_DATA", None)
    done = subprocess.run([sys.executable, "-P", "-m", "smart_asn", "build"], cwd=ROOT, env=own, check=False)
    if done.returncode:
        raise BuildError("The book could not be built; see above.")
