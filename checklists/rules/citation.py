"""How a basis is printed: the short code in a row, the key of the codes, the full reference in the appendix."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from checklists.models import SAYS_NAMES, Basis, Notice, ProvincialNotice

RECENT_YEARS = 3
"""A basis older than this many years is 历年."""


def cited(notice: Notice, short_names: Mapping[str, str]) -> Notice:
    """The notice as it is cited: with the short name of its province, if it is a province's own."""
    short = short_names.get(notice.place)
    return ProvincialNotice(**{**dict(notice), "short": short}) if short else notice


def notice_code(notice: Notice) -> str:
    """晋26, 交城25: place and year."""
    place = notice.short if isinstance(notice, ProvincialNotice) else notice.place.rstrip("省市县区")
    return f"{place}{notice.year % 100:02d}"


def clause_code(path: str) -> str:
    """``三/（十一）/7`` -> ``三(十一)7``."""
    return path.replace("/", "").replace("（", "(").replace("）", ")")


def clause_words(path: str) -> str:
    """``三/（十一）/7`` -> ``三、（十一）7``, as people write it."""
    words = ""
    for part in path.split("/"):
        words += (
            part
            if not words or words.endswith("）") or (part.startswith("（") and "、" in words)
            else f"、{part}"
        )
    return words


def code_lines(code: str, width: float) -> tuple[str, ...]:
    """A code in lines of at most ``width`` ems that are as long as they can be; joined they are the code.

    No line ends within the year, within a bracket or before one; a label that needs several lines is cut evenly.
    """
    lines = [""]
    for piece in _pieces(code, width):
        if lines[-1] and ems(lines[-1] + piece) > width:
            lines.append("")
        lines[-1] += piece
    return tuple(lines)


_PIECE = re.compile(r"^[^\d]+\d\d|等\d+$|\d+|[^\d(]?(?:\([^)]*\)\d*)|(?:(?!等\d+$)[^\d()])+")


def _pieces(code: str, width: float) -> Iterator[str]:
    for piece in _PIECE.findall(code):
        size = len(piece) if "(" in piece else math.ceil(len(piece) / math.ceil(ems(piece) / width))
        yield from (piece[at : at + size] for at in range(0, len(piece), size))


def ems(text: str) -> float:
    """Width of a text in a Chinese face: a letter of ASCII takes half of what a Chinese one takes."""
    return sum(0.5 if char.isascii() else 1.0 for char in text)


def basis_code(basis: Sequence[Basis], notices: Mapping[str, Notice]) -> str:
    """Code of the first (newest) basis and how many there are: 晋26三(十一)7等3."""
    first = basis[0]
    more = f"等{len(basis)}" if len(basis) > 1 else ""
    return f"{notice_code(notices[first.notice])}{clause_code(first.clause)}{more}"


def notice_key(notice: Notice) -> str:
    """晋26＝晋政发〔2026〕1号; the issuer stands beside every number that is not the province's own."""
    return f"{notice_code(notice)}＝{notice_reference(notice)}"


def notice_reference(notice: Notice) -> str:
    """Document number with its place, or the title of a notice that came without a number."""
    if not notice.number:
        return notice.title
    return notice.number if isinstance(notice, ProvincialNotice) else f"{notice.number}（{notice.place}）"


def key_of_codes(notices: Iterable[Notice]) -> str:
    """The line under the grid of page one: only the codes that are used."""
    return "；".join(notice_key(notice) for notice in {notice.id: notice for notice in notices}.values())


def says_word(basis: Basis) -> str:
    """要求、推动、整治、禁止."""
    return SAYS_NAMES[basis.says]


def full_reference(basis: Basis, notices: Mapping[str, Notice]) -> str:
    """晋政发〔2026〕1号 三/（十一）/6（推动）：原文."""
    notice = notices[basis.notice]
    return f"{notice_reference(notice)} {basis.clause}（{says_word(basis)}）：{basis.quote}"


def is_old(basis: Sequence[Basis], notices: Mapping[str, Notice], on: datetime.date) -> bool:
    """Whether even the newest basis is 历年: from a notice older than three years."""
    return max(notices[one.notice].year for one in basis) < on.year - RECENT_YEARS + 1
