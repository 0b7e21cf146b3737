"""How a basis is printed: the short code in a row, the key of the codes, the full reference in the appendix."""

from __future__ import annotations

import datetime
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from checklists.models import SAYS_NAMES, Basis, CitedNotice, Notice

RECENT_YEARS = 3
"""A basis older than this many years is 历年."""


_FURTHER = "乙丙丁戊己庚辛壬癸"
"""What the code of a second, third … notice of one place and year ends with."""


_BODY = re.compile(r"(委员会|办公室|办公厅|厅|局|部|总?署|委|会|院|处|中心|[总支大]队)$")
_SERIES = re.compile(r"([\u4e00-\u9fff]+?)[发函字电令规]*[〔\[［【（(]")
_SHORTER = (
    (re.compile("安全生产委员会办公室"), "安委办"),
    (re.compile("安全生产委员会"), "安委会"),
    (re.compile("人民政府办公[厅室]"), "政办"),
    (re.compile("(应急)管理[厅局]"), r"\1"),
    (re.compile("(住)房和?城乡(建)设[厅局]"), r"\1\2"),
    (re.compile("市场监督管理局"), "市监"),
    (re.compile("(消防)救援"), r"\1"),
)
"""How papers call the bodies that write most notices."""
_LONGEST_BODY = 10


def cited(notices: Iterable[Notice], short_names: Mapping[str, str]) -> dict[str, CitedNotice]:
    """The notices as they are cited, by id, in their order; no two share a code.

    A government's is called by its place (晋26), another body's by its own name (晋安办26, 国务院安委会24). Of several of one name
    and year the earliest (of one day the first by id, those without a date last) is 晋26, the next 晋26乙. ``short_names``:
    what codes call a province (晋).
    """
    codes: dict[str, str] = {}
    taken: Counter[str] = Counter()
    for notice in sorted(notices := list(notices), key=lambda one: (one.date or datetime.date.max, one.id)):
        plain = f"{_issuer_code(notice, short_names)}{notice.year % 100:02d}"
        codes[notice.id] = plain + _further(taken[plain])
        taken[plain] += 1
    return {
        notice.id: CitedNotice(
            **{
                **dict(notice),
                "code": codes[notice.id],
                "provincial": notice.place in short_names and not _is_body(notice),
            }
        )
        for notice in notices
    }


def _is_body(notice: Notice) -> bool:
    """Whether it was no government that wrote it, but a commission, an office, a ministry."""
    return bool(_BODY.search(notice.issuer)) and not notice.issuer.endswith("政府")


def _issuer_code(notice: Notice, short_names: Mapping[str, str]) -> str:
    """晋, 阳泉 for a government; 晋安办, 阳泉安委办, 国务院安委会 for a body of one."""
    short = short_names.get(notice.place, "")
    place = short or notice.place.rstrip("省市县区") or notice.place
    if not _is_body(notice):
        return place
    series = _SERIES.match(notice.number or "")
    if short and series and series[1].startswith(short) and series[1] != short:
        return series[1]
    body = notice.issuer
    for pattern, shorter in _SHORTER:
        body = pattern.sub(shorter, body)
    begins = next((name for name in (notice.place, place) if body.startswith(name) and body != name), None)
    body = re.sub(r"\d", "", body.removeprefix(begins) if begins else body)[:_LONGEST_BODY]
    return f"{place}{body}" if begins else body


def _further(before: int) -> str:
    """Nothing for the first of a place and year, 乙 for the second; beyond 癸 乙乙, 丙丙 …."""
    rounds, at = divmod(before - 1, len(_FURTHER))
    return _FURTHER[at] * (rounds + 1) if before else ""


def clause_code(path: str) -> str:
    """``三/（十一）/7`` -> ``三(十一)7``; two figures are kept apart (附件1.2)."""
    return re.sub(r"(?<=\d)/(?=\d)", ".", path).replace("/", "").replace("（", "(").replace("）", ")")


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

    No line ends within the year, within a number (二9), within a bracket or before one; a label that needs several lines
    is cut evenly.
    """
    lines = [""]
    for piece in _pieces(code, width):
        if lines[-1] and ems(lines[-1] + piece) > width:
            lines.append("")
        lines[-1] += piece
    return tuple(lines)


_PIECE = re.compile(
    rf"^[^\d]+\d\d[{_FURTHER}]*|等\d+$|[一二三四五六七八九十]+\d+|\d+|[^\d(]?(?:\([^)]*\)\d*)|(?:(?!等\d+$)[^\d()])+"
)


def _pieces(code: str, width: float) -> Iterator[str]:
    for piece in _PIECE.findall(code):
        size = len(piece) if "(" in piece else math.ceil(len(piece) / math.ceil(ems(piece) / width))
        yield from (piece[at : at + size] for at in range(0, len(piece), size))


_BETWEEN_SCRIPTS = re.compile(r"(?<=[^\x00-\x7f])(?=[0-9A-Za-z])|(?<=[0-9A-Za-z])(?=[^\x00-\x7f])")


def ems(text: str) -> float:
    """Width of a text in a Chinese face: a letter of ASCII takes half of what a Chinese one takes.

    Between a Chinese letter and a figure office programs put a fifth of an em (LibreOffice 7.4 even where the style says no).
    """
    return sum(0.5 if char.isascii() else 1.0 for char in text) + 0.2 * len(_BETWEEN_SCRIPTS.findall(text))


def basis_code(basis: Sequence[Basis], notices: Mapping[str, CitedNotice]) -> str:
    """Code of the first (newest) basis and how many there are: 晋26三(十一)7等3."""
    first = basis[0]
    more = f"等{len(basis)}" if len(basis) > 1 else ""
    return f"{notices[first.notice].code}{clause_code(first.clause)}{more}"


def notice_key(notice: CitedNotice) -> str:
    """晋26＝晋政发〔2026〕1号; the issuer stands beside every number that is not the province's own."""
    return f"{notice.code}＝{notice_reference(notice)}"


def notice_reference(notice: CitedNotice) -> str:
    """Document number with its place, or the title of a notice that came without a number."""
    if not notice.number:
        return notice.title
    return notice.number if notice.provincial else f"{notice.number}（{_whose(notice)}）"


def _whose(notice: CitedNotice) -> str:
    """The issuer's name; the place of a government."""
    return notice.issuer if _is_body(notice) else notice.place


def key_of_codes(notices: Iterable[CitedNotice]) -> str:
    """The line under the grid of page one: only the codes that are used."""
    return "；".join(notice_key(notice) for notice in {notice.id: notice for notice in notices}.values())


def says_word(basis: Basis) -> str:
    """要求、推动、整治、禁止."""
    return SAYS_NAMES[basis.says]


def full_reference(basis: Basis, notices: Mapping[str, CitedNotice]) -> str:
    """晋政发〔2026〕1号 三、（十一）6（推动）：原文."""
    notice = notices[basis.notice]
    return f"{notice_reference(notice)} {clause_words(basis.clause)}（{says_word(basis)}）：{basis.quote}"


def is_old(basis: Sequence[Basis], notices: Mapping[str, Notice], on: datetime.date) -> bool:
    """Whether even the newest basis is 历年: from a notice older than three years."""
    return max(notices[one.notice].year for one in basis) < on.year - RECENT_YEARS + 1
