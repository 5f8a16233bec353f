"""A program for the tests of ``kernels.aside``: it says its word on both channels, and may wait."""

import os
import sys
import time
from pathlib import Path


def main(word: str) -> int:
    """Say a word on stdout, another on stderr; wait where the word is the path of a file to write first."""
    if os.sep in word:
        Path(word).write_text(str(os.getpid()), "utf-8")
        time.sleep(600)
    print(f"it said {word}", flush=True)
    print("and complained", file=sys.stderr, flush=True)
    return 3


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
