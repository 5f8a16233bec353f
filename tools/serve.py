"""Show the built book on this machine until Ctrl-C: ``python tools/serve.py [PORT]``, or ``make serve PORT=8001``."""

from __future__ import annotations

import sys
from threading import Event

from smart_asn.pages.serve import serving
from smart_asn.places import SITE


def main(arguments: list[str]) -> int:
    """Serve the book; returns 0 when it was stopped, 1 if it cannot be served."""
    port = arguments[0] if arguments else "8000"
    if not port.isdecimal() or int(port) > 65535:
        print(
            f"PORT is {port!r}; expected a number from 0 (any port that is free) to 65535.", file=sys.stderr
        )
        return 1
    if not (SITE / "index.html").exists():
        print(f"There is no book in {SITE}; build it first: make book.", file=sys.stderr)
        return 1
    try:
        with serving(SITE, int(port), fresh=True) as address:
            print(f"The book is at {address} (Ctrl-C ends it).", flush=True)
            Event().wait()
    except KeyboardInterrupt:
        print()
    except OSError as error:
        print(
            f"Port {port} cannot be used: {error.strerror}. Say another: make serve PORT=8001.",
            file=sys.stderr,
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
