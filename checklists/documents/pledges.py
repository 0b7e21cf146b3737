"""What a pledge prints: the points that fit the kind of enterprise, each with its lines to write on.

Kinds and points stand in ``rules/papers.yaml``; a point repeats words of the notices, and is promised where they bind.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from checklists.checklist.build import Checklist
from checklists.documents.paper_views import Piece
from checklists.models import Basis
from checklists.places import binds_at
from checklists.problems import Refused, problem
from checklists.selection.profile import is_small
from checklists.selection.verdict import facts_verdict
from checklists.text import clean

MOST_TITLES = 8
"""Titles of ★ items that a pledge names."""
_BLANK = re.compile("(＿+)")
SPACE = "\u3000"
"""As wide as the ＿ that stands for it in the rules; underlined by its style."""


def binds(basis: Basis, checklist: Checklist) -> bool:
    """Whether words of a notice are said to the enterprise, at its place, on the day."""
    library, profile = checklist.library, checklist.profile
    notice = library.notices.get(basis.notice)
    return (
        notice is not None
        and binds_at(notice.place, profile.places)
        and notice.since <= checklist.on
        and not facts_verdict(library.vocabulary, basis.applies, profile).refused
    )


def promised(name: str, checklist: Checklist) -> tuple[tuple[Piece, ...], ...]:
    """The points of a pledge for the enterprise. Raises Refused where the rules write none."""
    papers = checklist.library.papers
    words = papers.words(name)
    if not words.points:
        raise Refused([problem("paper-points", papers.position("papers", name), name=name)])
    kind = kind_of(words.kinds, checklist)
    return tuple(
        pieces(point.text)
        for point in words.points
        if (not point.kinds or kind in point.kinds) and any(binds(basis, checklist) for basis in point.basis)
    )


def kind_of(kinds: Mapping[str, Mapping[str, bool]], checklist: Checklist) -> str:
    """The first kind that fits; nothing when none does."""
    fitting = (
        kind
        for kind, facts in kinds.items()
        if all(_is_so(name, checklist) is wanted for name, wanted in facts.items())
    )
    return next(fitting, "")


def _is_so(fact: str, checklist: Checklist) -> bool:
    """Of an enterprise of several types a hazard is so where one has it; it is small only where all are."""
    vocabulary, profile = checklist.library.vocabulary, checklist.profile
    if vocabulary.facts[fact].role == "small":
        return is_small(vocabulary, profile)
    return fact in profile.facts and True in profile.values(fact)


def watched(head: str, checklist: Checklist) -> tuple[tuple[Piece, ...], ...]:
    """The enterprise's own ★ items by title, as one more point; none where it has none."""
    rows = [row for row in checklist.paper_rows if row.key and not row.question]
    titles = list(dict.fromkeys(row.item.title for row in rows))
    if not titles:
        return ()
    more = "等" if len(titles) > MOST_TITLES else ""
    return (pieces(f"{head}：{clean('、'.join(titles[:MOST_TITLES]))}{more}。"),)


def pieces(text: str) -> tuple[Piece, ...]:
    """Words, and behind each stretch of them the blank that follows it."""
    parts = [*_BLANK.split(text), ""]
    return tuple(
        Piece(words, SPACE * len(blank))
        for words, blank in zip(parts[0::2], parts[1::2], strict=True)
        if words or blank
    )
