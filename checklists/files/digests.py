"""Everything in a folder, and the program's own source, as something to take a digest of."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent
MOST_FILES, MOST_BYTES, DEEPEST = 2_000, 50_000_000, 4
"""Beyond, a folder is none of ours, and is not read."""


def contents_of(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Name and content of everything in a folder, in order.

    Raises OSError, and ValueError for one that holds too much, or what is neither file nor folder.
    """
    count = size = 0
    waiting = [(str(folder), "", 0)]
    while waiting:
        path, name, depth = waiting.pop()
        for entry in sorted(os.scandir(path), key=lambda one: one.name):
            found, told = entry.stat(), f"{name}/{entry.name}"
            count, size = count + 1, size + found.st_size
            if count > MOST_FILES or size > MOST_BYTES or depth > DEEPEST:
                raise ValueError(path)
            if entry.is_dir():
                waiting.append((entry.path, told, depth + 1))
                yield told, b""
            elif stat.S_ISREG(found.st_mode):
                yield told, Path(entry.path).read_bytes()
            else:
                raise ValueError(told)


@lru_cache(maxsize=1)
def sources_of() -> tuple[tuple[str, bytes], ...]:
    """The program's own modules: what another version made may be another thing. Raises OSError."""
    paths = sorted(_PACKAGE.rglob("*.py"))
    return tuple((str(path.relative_to(_PACKAGE)), path.read_bytes()) for path in paths)
