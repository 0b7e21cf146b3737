"""How many rows a paper has room for, and how many of them may be of which kind. Written down here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass

from checklists.models import SMALL_ROWS, USUAL_ROWS, EnterpriseType, Vocabulary
from checklists.selection.profile import Profile, is_small


@dataclass(frozen=True)
class Budget:
    """Rows of a paper, and of which kinds at most how many; core takes its rows first and counts among them."""

    rows: int
    """0: no limit."""
    common: int
    """Of what is asked of enterprises of every kind: general and fire together."""
    papers: int
    """Of the trade's own, those that are read at the table."""
    brought: int
    """Of what facts bring, core aside: a scenic area with a kitchen is no restaurant."""
    open: int
    """That hang on an unanswered question, core aside."""
    judged: int = 0
    """Common rows with ▲ beside ``common``, in the order of the standard: a small place with a great hazard shows the
    certificates of its head and its safety manager, with which standards begin, too."""


_USUAL_COMMON = 8
_SMALL_COMMON = _SMALL_JUDGED = 2
"""Of a small paper, and of the paper of a small unit, however long."""
_PAPERS, _BROUGHT, _OPEN = 8, 8, 16
"""Of USUAL_ROWS; of other papers in proportion."""


def budget_of(vocabulary: Vocabulary, profile: Profile, most: int | None) -> Budget:
    """The budget of an enterprise; ``most`` rows where so many are asked for, None for the usual number of its types.

    Of several types the largest paper and the largest share of common rows hold.
    """
    small = is_small(vocabulary, profile)
    usual = max(_rows(kind) for kind in profile.types)
    rows = usual if most is None else most
    shares = [
        _SMALL_COMMON / usual if small or _is_small_paper(kind) else _USUAL_COMMON / USUAL_ROWS
        for kind in profile.types
    ]
    return Budget(
        rows=rows,
        common=max(round(max(shares) * rows), 1),
        papers=max(rows * _PAPERS // USUAL_ROWS, 1),
        brought=max(rows * _BROUGHT // USUAL_ROWS, 1),
        open=max(rows * _OPEN // USUAL_ROWS, 1),
        judged=_SMALL_JUDGED if small else 0,
    )


def _rows(kind: EnterpriseType) -> int:
    return kind.most or USUAL_ROWS


def _is_small_paper(kind: EnterpriseType) -> bool:
    return _rows(kind) <= SMALL_ROWS
