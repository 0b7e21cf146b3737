"""A checklist of one's own that was filled in in Word, read like a book: boxes ticked, facts, the table of problems."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress

from checklists.documents.catalogue import ACROSS, CHECKLIST, DOCUMENTS
from checklists.documents.claims import BETWEEN, DAY, DOCUMENT, EDITION, FORMAT_NUMBER, SERIAL, TYPES
from checklists.documents.excel.answers import FOUND, SOURCE, WHAT
from checklists.documents.excel.sheets import ASIDE, RESULTS
from checklists.documents.fields import FIRM_PROPERTY, enterprise_of
from checklists.documents.properties import properties_of
from checklists.documents.word.filled import (
    EMPTY,
    FilledLine,
    FilledRow,
    beside_labels,
    filled_lines,
    filled_rows,
)
from checklists.documents.word.tags import T
from checklists.files.package import Damaged, damage_told, is_text, parse_xml, read_parts
from checklists.problems import Position, Refused, problem
from checklists.returns.checks import NO_ID
from checklists.returns.entries import DUE
from checklists.returns.opening import refuse_definitions, refuse_no_package
from checklists.returns.returned import Answer, Entry, Firm, Notice, Return, Told
from checklists.returns.rows import Rows
from checklists.returns.words import BY_OFFICE, BY_SELF, NOT_FOUND, SUSPECTED, day_of
from checklists.text import clean, squeeze

_DOCUMENT = "word/document.xml"
_PART = "正文"
_DATE = re.compile(r"\d{4}\s*[年/.-]\s*\d{1,2}\s*[月/.-]\s*\d{1,2}\s*日?")
_MARKS = re.compile("^[★▲]+")
_EDGE = re.compile(r"word/(?:header|footer)\d*\.xml")
_PRINTED = {EDITION: re.compile(r"规则版\s*(\S+)\s*指纹"), SERIAL: re.compile(r"编号\s*(\d{8}-[0-9a-f]{6})")}
_PROBLEM, _AT_ONCE = frozenset({"项号", "问题描述"}), "当场改"
_SITUATION = frozenset({"情形", NOT_FOUND, SUSPECTED, ASIDE})


def read_paper(content: bytes, digest: str, position: Position) -> Return:
    """Raises Refused for a file that cannot be read, or is no checklist of ours."""
    refuse_no_package(content, position)
    try:
        parts = read_parts(content, is_text)
        if _DOCUMENT not in parts:
            raise Damaged("里面没有 Word 文档")
        refuse_definitions(parts)
        with damage_told():
            return _read(parts, digest, position)
    except Damaged as damage:
        raise Refused([damage.problem("returns-damaged", position)]) from damage


def _read(parts: Mapping[str, bytes], digest: str, position: Position) -> Return:
    claims = {**printed_claims(parts), **properties_of(parts)}
    document = claims.get(DOCUMENT, "")
    found: tuple[tuple[FilledRow, str], ...] = tuple((row, "") for row in filled_rows(parts, RESULTS))
    found = found or rows_by_text(parts, claims)
    if document in DOCUMENTS and document not in (CHECKLIST, ACROSS):
        raise Refused([problem("returns-other-document", position, document=document)])
    if not found:
        raise Refused([problem("returns-not-ours", position, document=document or "不是现场检查表")])
    labels = beside_labels(parts)
    day = _day(labels.get("检查时间", ""))
    rows = Rows()
    inspectors = _inspectors(labels)
    for row, content in found:
        _take(row, content, day, inspectors, rows)
    _take_situations(filled_lines(parts, _SITUATION), day, inspectors, rows)
    numbers = {row.number: row.item for row, _ in found}
    serial = claims.get(SERIAL, "")
    for number, line in enumerate(filled_lines(parts, _PROBLEM), start=1):
        _take_problem(number, line, numbers, serial, day, rows)
    made = claims.get(DAY, "")
    return Return(
        digest,
        CHECKLIST,
        _firm(claims, labels),
        f"{day:%Y-%m}" if day else made[:7],
        inspectors,
        claims.get(FORMAT_NUMBER) or "1",
        claims.get(EDITION, ""),
        made,
        serial,
        source_told(labels),
        tuple(rows.answers),
        tuple(rows.entries),
        tuple(rows.asides),
        rows.count,
        tuple(_odd(labels, day, made)) if rows.count.seen > rows.blank else (),
        day,
    )


def _odd(labels: Mapping[str, str], day: object, made: str) -> Iterator[Notice]:
    if day is None:
        given = clean(labels.get("检查时间", ""))[:20]
        yield Notice("returns-no-day", _PART, "", {"given": given, "day": made})


def source_told(labels: Mapping[str, str]) -> str:
    """What the findings of a list come from, by the box that is ticked beside 用途."""
    return BY_SELF if re.search("[√☑■☒✓✔]企业自查", labels.get("用途", "")) else BY_OFFICE


def _day(text: str) -> datetime.date | None:
    found = _DATE.search(text)
    return day_of(squeeze(found[0])) if found else None


def _inspectors(labels: Mapping[str, str]) -> str:
    """Names beside 检查人员一 and 检查人员二, the first line of the cell; under them stand the cards."""
    names = []
    for label, text in labels.items():
        if label.startswith("检查人员") and "签名" not in label:
            first = squeeze(text.split("\n")[0]).strip("＿")
            names += [first] if first else []
    return "、".join(names)


def _firm(claims: Mapping[str, str], labels: Mapping[str, str]) -> Firm:
    """As the data tell; the name of a blank form as it was written in."""
    types = tuple(name for name in claims.get(TYPES, "").split(BETWEEN) if name)
    told: dict[str, str] = {}
    with suppress(ValueError):
        firm = enterprise_of(claims.get(FIRM_PROPERTY, ""), types or ("?",))
        told = {name: getattr(firm, name) for name in ("name", "code", "place", "address", "person", "phone")}
    for name, label in (("name", "单位名称"), ("code", "统一社会信用代码")):
        written = labels.get(label, "").strip("＿　 ")
        told[name] = told.get(name) or written
    return Firm(**{name: clean(text) for name, text in told.items()}, types=types)


# ---------------------------------------------------------------- a list that has lost its data


def printed_claims(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Edition and serial as they are printed at the edges of the pages: other programs drop a file's data."""
    edges = " ".join(
        "".join(parse_xml(content).itertext(T)) for name, content in parts.items() if _EDGE.fullmatch(name)
    )
    found = {name: pattern.search(edges) for name, pattern in _PRINTED.items()}
    return {name: match[1] for name, match in found.items() if match}


def rows_by_text(parts: Mapping[str, bytes], claims: Mapping[str, str]) -> tuple[tuple[FilledRow, str], ...]:
    """Rows of a list whose rows no longer tell their items, with their wording; none of what is no list of ours."""
    if claims.get(DOCUMENT) not in (CHECKLIST, ACROSS) and not (claims.get(EDITION) and claims.get(SERIAL)):
        return ()
    return tuple(_by_text(line) for line in filled_lines(parts, frozenset({"序号", *RESULTS})))


def _by_text(line: FilledLine) -> tuple[FilledRow, str]:
    at, cells = line
    ticked = tuple(head for head in RESULTS if cells[head].ticked)
    odd = tuple(f"{head}：{cells[head].odd}" for head in RESULTS if cells[head].odd)
    content = next((cell.text for head, cell in cells.items() if head.startswith("检查内容")), "")
    written = next((cell.text for head, cell in cells.items() if head.startswith("现场情况")), "")
    wording = _MARKS.sub("", content.split("\n")[0].strip())
    return FilledRow("", squeeze(cells["序号"].text), at, ticked, odd, written), clean(wording)


# ---------------------------------------------------------------- rows


def _take(row: FilledRow, content: str, day: datetime.date | None, by: str, rows: Rows) -> None:
    """``content``: the wording of a row of which nothing else tells its item."""
    if not row.ticked and not row.odd and not row.written:
        rows.take_blank()
        return
    reasons = [f"“{odd}”看不出是不是选中" for odd in row.odd]
    if len(row.ticked) > 1:
        reasons.append(f"同时选了{'、'.join(row.ticked)}")
    if not row.ticked and not row.odd:
        reasons.append("写了情况，没有选结果")
    result = row.ticked[0] if len(row.ticked) == 1 and not row.odd else ""
    given = "、".join(row.ticked) or "、".join(row.odd)
    if not row.item:
        reasons.append(NO_ID)
    fact = clean(row.written)
    answer = Answer(row.item, result, given, fact, day, by, _PART, row.at, "check", content)
    rows.take([answer], "；".join(reasons), f"第 {row.number} 项", "check")


def _take_situations(lines: tuple[FilledLine, ...], day: datetime.date | None, by: str, rows: Rows) -> None:
    for at, cells in lines:
        boxes = [(head, cells[head]) for head in (NOT_FOUND, SUSPECTED, ASIDE)]
        ticked = [head for head, cell in boxes if cell.ticked]
        odd = [cell.odd for _, cell in boxes if cell.odd]
        fact = clean(cells["部位、实测数"].text) if "部位、实测数" in cells else ""
        situation = _MARKS.sub("", squeeze(cells["情形"].text))
        if not ticked and not odd and not fact:
            rows.take_blank()
            continue
        result = ticked[0] if len(ticked) == 1 and not odd else ""
        article = clean(cells["条款、部位"].text.split("\n")[0]) if "条款、部位" in cells else ""
        answer = Answer(
            "",
            result,
            "、".join(ticked + odd),
            fact,
            day,
            by,
            _PART,
            at,
            "situations",
            f"{article}：{situation}",
        )
        rows.take([answer], "" if result else "看不出选了哪一个", situation[:80], "situations")


def _take_problem(
    number: int,
    line: FilledLine,
    numbers: Mapping[str, str],
    serial: str,
    day: datetime.date | None,
    rows: Rows,
) -> None:
    """One line of the table of problems; it is known by the serial of the list and its number."""
    at, cells = line
    texts = {head: clean(cell.text.translate(dict.fromkeys(map(ord, EMPTY)))) for head, cell in cells.items()}
    item = numbers.get(squeeze(texts["项号"]), "")
    put_right = next((texts[head] for head in texts if _AT_ONCE in head), "")
    told: dict[str, Told] = {
        WHAT: texts["问题描述"],
        SOURCE: item or texts["项号"],
        "措施": texts.get("整改措施", ""),
        "责任人": texts.get("整改责任人", ""),
    }
    told = {head: text for head, text in told.items() if text}
    if not told:
        return
    if (major := cells.get("▲疑似重大")) and major.ticked:
        told["级别"] = "疑似重大"
    if (found := _DATE.search(put_right)) and (due := day_of(squeeze(found[0]))):
        told[DUE] = due
    elif re.search(rf"[√☑■☒✓✔]\s*{_AT_ONCE}", put_right):
        told[DUE] = _AT_ONCE
    if day is not None:
        told[FOUND] = day
    reasons = (
        [(at, texts["项号"], f"项号“{texts['项号'][:20]}”不在这张表上")] if texts["项号"] and not item else []
    )
    rows.take_entry(Entry(f"{serial or '检查'}-问{number}", item, told, _PART, at), reasons)
