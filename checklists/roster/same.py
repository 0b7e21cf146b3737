"""Two rows of one enterprise: the second is not made, and told which the first is."""

from __future__ import annotations

import re
import zlib

from checklists.documents.filenames import known_code
from checklists.models import Enterprise
from checklists.problems import Position, Problem, problem

_NO_DIGITS = re.compile("[^0-9]+")
Met = dict[int, int]
"""Identity -> number of the row that had it first, and 32 bits over what that row said."""


def row_number(position: Position) -> int | str:
    """Number of a row by the position of one of its cells; empty for what concerns the whole file."""
    if position.line or not position.cell:
        return position.line or ""
    digits = _NO_DIGITS.sub("", position.cell)
    return int(digits) if digits else ""


def met_before(met: Met, identity: str, enterprise: Enterprise, position: Position) -> Problem | None:
    """What is wrong with a row when its enterprise (see :func:`checklists.documents.filenames.identity_of`) was met before.

    A row that says the very same as the first is only told; one that says something else is an error.
    """
    key, said = int(identity, 16), _said(enterprise)
    if key not in met:
        met[key] = int(row_number(position) or 0) << 32 | said
        return None
    number, first_said = met[key] >> 32, met[key] & 0xFFFFFFFF
    if said == first_said:
        return problem("roster-row-again", position, first=number)
    return problem(
        "roster-code-twice" if known_code(enterprise.code) else "roster-firm-twice", position, first=number
    )


def _said(enterprise: Enterprise) -> int:
    code = known_code(enterprise.code)
    parts = (
        enterprise.name,
        code,
        enterprise.place,
        enterprise.address,
        enterprise.types,
        enterprise.person,
        enterprise.phone,
        enterprise.contact,
        enterprise.email,
        hash(enterprise.office),
    )
    return zlib.crc32(repr((parts, sorted(enterprise.facts.items()))).encode())
