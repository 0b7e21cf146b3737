"""What a notice says of itself: title, number, issuer, date, place and year, read from its head and its sign-off."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from checklists.models import Places
from checklists.notices.furniture import is_date, is_signer
from checklists.notices.marks import has_mark
from checklists.notices.parts import is_row
from checklists.places import place_text, places_named
from checklists.text import numeral_value, squeeze

_MOST_HEAD_LINES, _MOST_TITLE_LINES, _MOST_LINES, _LONGEST_PLACE, _LONGEST_IMPRINT = 30, 4, 4000, 16, 60
_NUMBER = re.compile(
    r"([\u4e00-\u9fff]{1,14})[〔\[【［（(〈]((?:19|20)\d{2})[〕\]】］）)〉]第?(\d{1,4})号|([\u4e00-\u9fff]{2,24}(?:令|公告))第?(\d{1,4})号"
)
_NUMBER_BEHIND = re.compile(r"[（(][\u4e00-\u9fff]{1,14}[〔\[【［]\d{4}[〕\]】］]第?\d{1,4}号[）)]$")
_ORDER_OF = re.compile(r"(?:中华人民共和国)?([\u4e00-\u9fff]{3,24})令(?:[（(]?第?\d|$)")
_ORDER, _ORDER_NUMBER = (
    re.compile(r"[\u4e00-\u9fff]{2,24}(?:令|公告)$"),
    re.compile(r"[（(]?第?\d{1,4}号[）)]?$"),
)
_PASSED = re.compile(
    r"《([^》]{4,60})》.{0,12}?(?:\d{4}年)?(?:\d{1,2}月\d{1,2}日)(?:经)?([\u4e00-\u9fff]{1,20}?(?:政府|委员会|部|厅|局|总署|总局))[一二三四五六七八九十]{0,3}届?第?\d{0,4}次?[\u4e00-\u9fff]{0,10}会议.{0,20}(?:通过|公布)"
)
"""《某某办法》已经2026年1月5日应急管理部第1次部务会议审议通过，现予公布."""
_ENDS = "通知|意见|方案|办法|规定|通告|公告|决定|清单|细则|要点|函|规程|指引|措施|计划|通报|规范|条例|预案|批复|标准"
_TITLE_END = re.compile(rf"({_ENDS})([（(].{{1,12}}[）)])?$")
_ABOUT = re.compile(r"(.{0,60}?)关于")
_RED_HEAD = re.compile(r"(.{4,60}?)文件$")
_DATE = re.compile(
    r"((?:19|20)\d{2}|[零〇○Oo0一二三四五六七八九]{4})[年\-/.](\d{1,2}|[一二三四五六七八九十]{1,2})[月\-/.](\d{1,2}|[一二三四五六七八九十]{1,3})日?"
)
_YEAR = re.compile(r"(20\d{2}|19\d{2})年")
_NATION = re.compile(
    r"国务院|国家|全国|中华人民共和国|中共中央|.{1,12}(部|总局|总署)(办公厅|安全生产委员会)?$"
)
_KEY = re.compile(r"(标\s*题|名\s*称|文\s*号|发文字号)[：:]\s*(?=.)")
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_NO_ISSUER = re.compile(r"[：:，。；]")


@dataclass(frozen=True)
class Proposal:
    """What was found; '' or None where the text does not say."""

    title: str = ""
    number: str = ""
    issuer: str = ""
    date: datetime.date | None = None
    place: str = ""
    year: int | None = None

    def told(self) -> Mapping[str, str]:
        """Every field as a text."""
        return {name: str(value) if value else "" for name, value in vars(self).items()}


def proposal(text: str, told: Mapping[str, str], places: Places, nation: str) -> Proposal:
    """What the text of a notice, or else the page around it (``told``), says of the notice."""
    lines = [line.strip().translate(_DIGITS) for line in text.split("\n")[:_MOST_LINES] if line.strip()]
    head = list(_head(lines))
    passed, passing = _passed(lines)
    title = _title(head) or told.get("title", "") or passed or _page_title(told.get("page", ""))
    number = _number(head) or _number([told.get("number", "")])
    signer, signed = _sign_off(lines)
    named = signer or told.get("issuer", "") or _issuer_of(title) or _red_head(head)
    issuer = named or _passed_by(head) or _orders(head) or passing
    date = (
        signed
        or _date(told.get("date", ""))
        or next((found for line in head if (found := _head_date(line))), None)
    )
    years = [int(one) for one in (*_year_of(number), *_YEAR.findall(title))]
    year = date.year if date else years[0] if years else None
    return Proposal(
        title, number, issuer, date, _place(issuer or title[:_LONGEST_PLACE], places, nation), year
    )


def _head(lines: Sequence[str]) -> Iterator[str]:
    """The lines before the text: up to the addressees, a number or a sentence."""
    for line in lines[:_MOST_HEAD_LINES]:
        if (
            is_row(line)
            or has_mark(line)
            or "。" in line
            or (line.endswith(("：", ":")) and "关于" not in line)
        ):
            return
        yield _KEY.sub("", line)


# ---------------------------------------------------------------- title, number


def _title(head: Sequence[str]) -> str:
    """The line that ends as titles do, with the lines before it from 「…关于」 on."""
    for index, printed in enumerate(head):
        line = _NUMBER_BEHIND.sub("", squeeze(printed))
        text = squeeze(line)
        if not _TITLE_END.search(text) or _RED_HEAD.fullmatch(text):
            continue
        begin = _opening(head, index)
        whole = "".join(head[begin:index]) + line
        if whole.count("《") > whole.count("》"):
            continue
        if begin and squeeze(head[begin]).startswith("关于") and is_signer(head[begin - 1]):
            begin -= 1
        return "".join(squeeze(one) for one in [*head[begin:index], line])
    return ""


def _opening(head: Sequence[str], end: int) -> int:
    """The first line of the title that ends in line ``end``: a few lines above where 「…关于」 stands, else right above."""
    for begin in range(end, max(end - _MOST_TITLE_LINES, -1), -1):
        if begin < end and not _may_stand_in(head[begin]):
            break
        if _opens_title(head[begin]):
            return begin
    begin = end
    while begin and not _opens_title(head[begin]) and _may_belong(head[begin - 1]):
        begin -= 1
    return begin


def _may_stand_in(line: str) -> bool:
    """A line that is no number, head in red, date, nor ends anything."""
    text = squeeze(line)
    ends = _TITLE_END.search(text) and text.count("《") <= text.count("》")
    told = _NUMBER.search(text) or _RED_HEAD.fullmatch(text) or is_date(text) or ends
    return not (told or re.search("[：:。；]", text))


def _opens_title(line: str) -> bool:
    return "关于" in squeeze(line)


def _may_belong(line: str) -> bool:
    """A line before the end of a title that may be of it: no number, no head in red, no date."""
    text = squeeze(line)
    return not (
        _NUMBER.search(text) or _RED_HEAD.fullmatch(text) or _DATE.search(text) or _NO_ISSUER.search(text)
    ) and ("关于" in text or is_signer(text))


def _page_title(page: str) -> str:
    first = re.split(r"[_|\-－—]", page)[0].strip()
    return first if _TITLE_END.search(first) else ""


def _passed(lines: Sequence[str]) -> tuple[str, str]:
    """Title and issuer of what an order makes public: 《某某办法》已经…会议审议通过，现予公布."""
    for line in lines[:_MOST_HEAD_LINES]:
        if found := _PASSED.search(squeeze(line)):
            return (found[1] if "公布" in line or "施行" in line else "", found[2])
    return "", ""


def _orders(head: Sequence[str]) -> str:
    """某某市人民政府 of 「某某市人民政府令」."""
    issuers = (found[1] for line in head if (found := _ORDER_OF.match(squeeze(line))))
    return next((one for one in issuers if is_signer(one)), "")


def _number(head: Sequence[str]) -> str:
    for line in _with_orders(head):
        found = _NUMBER.match(squeeze(line)) or _NUMBER.search(
            re.sub(r"^.*?(文号|编号)[：:]", "", squeeze(line))
        )
        if found and found[1]:
            return f"{found[1]}〔{found[2]}〕{int(found[3])}号"
        if found:
            return f"{found[4]}第{int(found[5])}号"
    return ""


def _with_orders(head: Sequence[str]) -> Iterator[str]:
    """The lines of a head, 「某某部令」 with the 「第21号」 below it as one."""
    rest = iter(range(len(head)))
    for index in rest:
        text, below = squeeze(head[index]), squeeze(head[index + 1]) if index + 1 < len(head) else ""
        if _ORDER.fullmatch(text) and _ORDER_NUMBER.fullmatch(below):
            next(rest)
            text += below.strip("（()）")
        yield text


def _year_of(number: str) -> list[str]:
    return re.findall(r"〔(\d{4})〕", number)


# ---------------------------------------------------------------- issuer, date, place


def _sign_off(lines: Sequence[str]) -> tuple[str, datetime.date | None]:
    """Who signs, and when: the first line of a body alone with a date below it, or behind it."""
    for index, line in enumerate(lines):
        text = squeeze(line)
        below = squeeze(lines[index + 1]) if index + 1 < len(lines) else ""
        if "印发" in text or (is_date(below) and "印发" in below):
            continue
        if is_date(below) and is_signer(text) and not is_row(line):
            first = index
            while first and is_signer(lines[first - 1]) and not _TITLE_END.search(squeeze(lines[first - 1])):
                first -= 1
            return _first_signer(lines[first]), _date(below)
        found = _DATE.search(text)
        if found and is_date(text[found.start() :]) and is_signer(text[: found.start()]):
            return _first_signer(line), _date(text)
    alone = [line for line in lines if is_date(line) and "印发" not in line]
    if alone:
        return "", _date(alone[-1])
    return _printed_by(lines)


def _printed_by(lines: Sequence[str]) -> tuple[str, datetime.date | None]:
    """Who had it printed, and when, of the imprint: 某某县人民政府办公室　2027年1月8日印发."""
    for above, line in pairwise(["", *lines]):
        text = squeeze(line)
        found = _DATE.search(text)
        if not found or text[found.end() :] != "印发" or len(text) > _LONGEST_IMPRINT:
            continue
        signer = text[: found.start()] or squeeze(above)
        return (signer if is_signer(signer) else ""), _date(text)
    return "", None


def _first_signer(line: str) -> str:
    """The first of several bodies that sign in one line, parted by blanks; a date behind them is none of them."""
    found = line.split()
    bodies = [one for one in found if not is_date(one)]
    told = bodies if len(bodies) > 1 and all(map(is_signer, bodies)) else [squeeze(line)]
    date = _DATE.search(told[0])
    return told[0][: date.start()] if date else told[0]


def _head_date(line: str) -> datetime.date | None:
    return _date(line) if re.match(r"[（(]?(?:19|20)\d{2}年", squeeze(line)) and "关于" not in line else None


def _date(text: str) -> datetime.date | None:
    found = _DATE.search(squeeze(text))
    if not found:
        return None
    try:
        year = (
            "".join("〇" if sign in "○Oo0零" else sign for sign in found[1])
            if not found[1].isdigit()
            else found[1]
        )
        return datetime.date(
            *(int(one) if one.isdigit() else numeral_value(one) for one in (year, found[2], found[3]))
        )
    except ValueError:
        return None


def _issuer_of(title: str) -> str:
    found = _ABOUT.match(title)
    return found[1] if found and is_signer(found[1]) else ""


def _red_head(head: Sequence[str]) -> str:
    return next((found[1] for line in head if (found := _RED_HEAD.fullmatch(squeeze(line)))), "")


def _passed_by(head: Sequence[str]) -> str:
    """（2026年1月5日某市人民政府第1次常务会议通过）."""
    found = (
        re.search(r"日(.{2,20}(?:政府|委员会|部|厅|局))(?=第|令|公布|通过)", squeeze(line)) for line in head
    )
    return next((one[1] for one in found if one), "")


def _place(issuer: str, places: Places, nation: str) -> str:
    """The place that the issuer's name begins with; the whole country for its ministries."""
    if not issuer:
        return ""
    branch = [
        place
        for place in places
        if issuer.endswith((f"{place}局", f"{place[:2]}局")) and _NATION.match(issuer)
    ]
    if branch:
        return branch[0]
    for size in range(len(issuer), 1, -1):
        begin = issuer[:size]
        found = places_named(places, begin) if begin[-1] in "省市县区盟旗州" or size == 2 else []
        if len(found) == 1 and (size > 2 or len(found[0]) == 1):
            return place_text(found[0])
    return nation if nation and _NATION.match(issuer) else ""
