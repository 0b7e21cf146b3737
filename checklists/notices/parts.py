"""Which lines of a notice are text, which stand around it, and where an attachment begins.

A notice is a letter or a text with a head and a sign-off; behind it may stand what it hands on: a plan, rules, a list, each
with a head of its own. What hands on nothing but the next part (现将…印发给你们) is read with it as one text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from checklists.models import Notice
from checklists.notices.furniture import (
    AFTER,
    FOOT,
    HEAD,
    IMPRINT,
    PAGE,
    imprint,
    is_date,
    is_signature,
    is_signer,
    not_text,
    opens_imprint,
)
from checklists.notices.marks import POINT, has_mark, over_dotted, stretch
from checklists.text import squeeze

TABLE_HEAD = ("序号", "任务", "主要内容", "责任单位", "完成时限")
CELLS, BREAK = "｜", "⏎"
"""What parts the cells of a row that is one line, and the lines of a cell."""

_QUOTED = re.compile("《([^》]{4,60})》")
_SENTENCE_MARK = re.compile("[，。；,;]")
_ADDRESSEE = re.compile(
    r"各.{0,60}[：:]$|[^，。；]{2,80}(?:政府|单位|部门|委员会|委|办|局|厅|企业|公司|中心|集团|院校|学校)[：:]$"
)
_ATTACHMENT = re.compile(r"(附件|附表|附录|附)\s*([一二三四五六七八九十]{1,3}|\d{1,2})?[：:]?$")
_ATTACHED = re.compile(r"(附件|附表|附录)\s*([一二三四五六七八九十]{1,3}|\d{1,2})?[：:\s\u3000](?=.)")
_TITLE = re.compile(
    r"(方案|办法|规定|清单|表|细则|意见|通知|要点|规范|标准|计划|名单|措施|预案|指引|规程|目录|说明)$"
)
_MOST_HEAD_LINES, _MOST_FOOT_LINES, _MOST_PARTS = 20, 40, 40
_LONGEST_LISTED = 80
MOST_ASIDE = 0.05
"""Share of a notice that may look like text and yet be set aside before the notice counts as not read."""


@dataclass(frozen=True)
class Line:
    """One printed line, or a stretch of one: its number in the file and its text without outer blanks.

    ``aside`` says why it is no part of the text (a key of :data:`checklists.notices.furniture.WHY`), '' for a line of the
    text; ``part`` is the attachment it stands in, '' in the notice itself.
    """

    number: int
    text: str
    aside: str = ""
    part: str = ""


@dataclass(frozen=True)
class _Part:
    """One text with its head and sign-off, every line told; ``label`` is what stands above it: 附件1."""

    lines: list[Line]
    label: str
    numbered: bool


def is_row(text: str) -> bool:
    """True for a row of a table in one line: ｜1｜压实责任｜…｜."""
    return len(text) > 2 and text[0] == text[-1] == CELLS


def told_apart(notice: Notice, lines: Sequence[Line]) -> list[Line]:
    """Every line with the reason why it is no text, if any, and the attachment that it stands in."""
    whole = sum(len(line.text) for line in lines)
    named = _handed_on(lines)
    found: list[_Part] = []
    rest, label = list(lines), ""
    while rest:
        part, behind = _first_part(notice, rest, label, named, last=len(found) >= _MOST_PARTS)
        found.append(part)
        label = _label_of(behind[0].text, named) if behind else ""
        if behind and not _is_part(behind, whole):
            found[-1].lines.extend(replace(line, aside=AFTER) for line in behind)
            break
        rest = behind
    return [line for part in _named(found) for line in sorted(part, key=lambda line: line.number)]


def _handed_on(lines: Sequence[Line]) -> frozenset[str]:
    """Titles of several plans that a letter names (现将《甲方案》《乙方案》印发给你们) and that stand behind it without a 附件."""
    quoted = {one for line in lines[:_MOST_HEAD_LINES] for one in _QUOTED.findall(squeeze(line.text))}
    standing = {squeeze(line.text) for line in lines} & quoted
    return frozenset(standing if len(standing) > 1 else ())


def _is_part(lines: Sequence[Line], whole: int) -> bool:
    """A few loose words behind a sign-off are no attachment; numbers, rows, a heading or much text are."""
    if any(has_mark(line.text) or is_row(line.text) or line.text in TABLE_HEAD for line in lines):
        return True
    text = [line for line in lines if not not_text(line.text)]
    return (
        bool(_label_of(lines[0].text) and text) or sum(len(line.text) for line in text) > MOST_ASIDE * whole
    )


def _named(parts: Sequence[_Part]) -> Iterator[list[Line]]:
    """The lines of each part with its name: none up to the first that has numbers, then what is printed above each."""
    first = next((index for index, part in enumerate(parts) if part.numbered), 0)
    labelled = sum(bool(part.label) for part in parts)
    if first and parts[first].label not in ("", "附件") and labelled > 1:
        first -= 1
    seen: dict[str, int] = {}
    for index, part in enumerate(parts):
        name = "" if index <= first else part.label or "附件"
        seen[name] = seen.get(name, 0) + 1
        if name and seen[name] > 1:
            name = f"{name}·{seen[name]}"
        yield [replace(line, part=name) for line in part.lines]


def _label_of(text: str, named: Collection[str] = ()) -> str:
    """「附件1」 of a line that says nothing else, or says it before a title; a title that is ``named``; '' for another line."""
    if squeeze(text) in named:
        return squeeze(text).replace("/", "／")
    found = _ATTACHMENT.match(squeeze(text)) or _ATTACHED.match(text)
    return f"{found[1] if found[1] != '附' else '附件'}{found[2] or ''}" if found else ""


def _first_part(
    notice: Notice, lines: list[Line], label: str, named: Collection[str], last: bool
) -> tuple[_Part, list[Line]]:
    """The first text of the lines, told, and the lines behind it."""
    head = _head_length(lines, label)
    start, end = (len(lines), len(lines)) if last else _foot(notice, lines, head)
    texts = [squeeze(line.text) for line in lines[:start]]
    begins = (index for index in range(1, start) if texts[index] in named)
    labelled = (index for index in range(head + 1, start) if _ATTACHMENT.match(texts[index]))
    at = min((*islice(begins, 1), *islice(labelled, 1)), default=None)
    if at is not None and not last:
        start = end = at
    rest = lines[end:]
    size = _imprint_length(notice, rest) if end > start else 0
    behind = rest[size:]
    listed = _listed(lines, head, start)
    told = [
        *(replace(line, aside=HEAD) for line in lines[:head]),
        *(
            replace(line, aside=PAGE if index in listed or not_text(line.text) else "")
            for index, line in enumerate(lines[head:start], start=head)
        ),
        *(replace(line, aside=FOOT) for line in lines[start:end]),
        *(replace(line, aside=IMPRINT) for line in rest[:size]),
    ]
    if not behind:
        told = _without_last_imprint(notice, told)
    text = [line.text for line in told if not line.aside]
    numbered = any(has_mark(one) or is_row(one) or one in TABLE_HEAD for one in text)
    return _Part(told, label, numbered), behind


def _imprint_length(notice: Notice, rest: Sequence[Line]) -> int:
    """Lines of the imprint right behind a sign-off; a heading of an attachment with text behind it is none of them."""
    for index, found in enumerate(
        imprint([line.text for line in rest[: _MOST_FOOT_LINES * 2]], notice.issuer)
    ):
        attached = _label_of(rest[index].text) and any(
            has_mark(line.text) or is_row(line.text) for line in rest[index + 1 :][:_MOST_FOOT_LINES]
        )
        if not found or attached:
            return index
    return min(len(rest), _MOST_FOOT_LINES * 2)


def _without_last_imprint(notice: Notice, told: list[Line]) -> list[Line]:
    """The imprint of the whole may stand at the very end, behind the last attachment."""
    tail = told[-_MOST_FOOT_LINES:]
    flags = imprint([line.text for line in tail], notice.issuer)
    size = next((index for index, flag in enumerate(reversed(flags)) if not flag), len(flags))
    run = tail[len(tail) - size :]
    start = next(
        (
            index
            for index, line in enumerate(run)
            if not line.aside and opens_imprint(line.text) and not has_mark(line.text)
        ),
        None,
    )
    if start is None:
        return told
    first = len(told) - len(run) + start
    return [
        *told[:first],
        *(line if line.aside else replace(line, aside=IMPRINT) for line in told[first:]),
    ]


# ---------------------------------------------------------------- head


def _head_length(lines: Sequence[Line], label: str) -> int:
    """Lines before the text begins: title, number and issuer, up to the addressees (各市、县人民政府…：).

    Without addressees the head ends where a sentence, a printed number or a table begins.
    """
    begin = (
        1
        if label and lines and (_ATTACHMENT.match(squeeze(lines[0].text)) or _ATTACHED.match(lines[0].text))
        else 0
    )
    for index, line in enumerate(lines[:_MOST_HEAD_LINES] if not label else ()):
        if has_mark(line.text) or is_row(line.text):
            break
        if _ADDRESSEE.match(squeeze(line.text)):
            return index + 1
    found = next((index for index in range(begin, len(lines)) if _begins_text(lines[index])), len(lines))
    numbered = begin < found < len(lines) and over_dotted(lines[found - 1].text, lines[found].text)
    return found - 1 if numbered else found


def _begins_text(line: Line) -> bool:
    if line.text.startswith("#") and _TITLE.search(line.text):
        return False
    return (
        has_mark(line.text)
        or line.text in TABLE_HEAD
        or is_row(line.text)
        or bool(_SENTENCE_MARK.search(line.text))
    )


# ---------------------------------------------------------------- sign-off


def _foot(notice: Notice, lines: Sequence[Line], head: int) -> tuple[int, int]:
    """First line of the first sign-off and the first line after it; both the end when there is none."""
    start = end = len(lines)
    for index in range(head + 1, len(lines)):
        if _is_sign_off(notice, lines, index):
            start, end = index, _after_dates(lines, index + 1)
            break
    while start > head + 1 and _is_foot(notice, lines[start - 1], signed=end > start):
        start -= 1
    return start, end


def _is_sign_off(notice: Notice, lines: Sequence[Line], index: int) -> bool:
    text = lines[index].text
    if is_signature(text, notice.issuer):
        return _signs(notice, lines, index)
    behind = lines[index + 1 : index + 3]
    if is_signer(text) and behind and not has_mark(text):
        return is_date(behind[0].text) or (
            len(behind) > 1 and is_signer(behind[0].text) and is_date(behind[1].text)
        )
    return is_date(text) and _is_alone(lines, index)


def _is_alone(lines: Sequence[Line], index: int) -> bool:
    """A date that ends the text: the issuer is a seal, or stands nowhere."""
    before, behind = lines[index - 1].text, lines[index + 1 : index + 2]
    ended = before.endswith(("。", "）", ")")) or not_text(before)
    title = bool(behind) and bool(_TITLE.search(behind[0].text)) and not _SENTENCE_MARK.search(behind[0].text)
    return ended and (not behind or title or bool(_label_of(behind[0].text)) or not_text(behind[0].text))


def _signs(notice: Notice, lines: Sequence[Line], index: int) -> bool:
    """The issuer's name signs where a date or only the imprint follows; elsewhere it is a cell or a word of the text."""
    text, behind = squeeze(lines[index].text), lines[index + 1 : index + 2 + _MOST_FOOT_LINES]
    if text != squeeze(notice.issuer) or any(is_date(line.text) for line in behind[:2]):
        return True
    return len(behind) <= _MOST_FOOT_LINES and all(imprint([line.text for line in behind], notice.issuer))


def _after_dates(lines: Sequence[Line], index: int) -> int:
    if (
        index + 1 < len(lines)
        and not is_date(lines[index].text)
        and is_signer(lines[index].text)
        and is_date(lines[index + 1].text)
    ):
        index += 1
    while index < len(lines) and is_date(lines[index].text):
        index += 1
    return index


def _is_foot(notice: Notice, line: Line, signed: bool) -> bool:
    return (
        is_signature(line.text, notice.issuer)
        or not_text(squeeze(line.text))
        or is_date(line.text)
        or (signed and is_signer(line.text) and not has_mark(line.text))
    )


def _listed(lines: Sequence[Line], head: int, start: int) -> set[int]:
    """The names of attachments that stand one a line before the sign-off: 附件：1.… 2.…."""
    for index in range(max(head, start - _MOST_FOOT_LINES), start):
        text = squeeze(lines[index].text)
        if text.startswith(("附件：", "附件:")) or (text == "附件" and index + 1 < start):
            names = range(index + 1, start)
            if all(_is_name(lines[one].text) for one in names):
                return {index, *names}
    return set()


def _is_name(text: str) -> bool:
    plain = stretch(text, 0, 0)
    return len(text) <= _LONGEST_LISTED and not re.search("[。；]", text) and plain.level in (0, POINT)
