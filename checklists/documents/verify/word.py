"""Read a printed Word document: what it says of itself, as data and on its pages, and the rows it prints."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import partial

from checklists.documents.claims import DOCUMENT, EDITION, FINGERPRINT, SERIAL
from checklists.documents.fields import short_name
from checklists.documents.properties import properties_of
from checklists.documents.reading import Printed
from checklists.documents.verify.reading import FINGERPRINT_FORM, SERIAL_FORM, Claims, Reading, claims_from
from checklists.documents.word.hidden_rows import hidden_loose_texts
from checklists.documents.word.reading import digest_holds, printed_rows, read_printed
from checklists.documents.word.rows import loose_texts
from checklists.problems import Position, Problem, Refused, problem
from checklists.text import clean

_EDITION = re.compile(r"规则版\s*(\S+)")
_NAME = re.compile(r"单位名称：\s*([^＿\s].*?)\s*$")
_LISTS = ("现场检查表",)


def read_document(parts: Mapping[str, bytes], position: Position) -> Reading:
    """Claims, rows and oddities. Raises Refused when the file says nothing of itself."""
    rows, data = printed_rows(parts), properties_of(parts)
    everything = read_printed(parts)
    printed = _printed_claims(everything)
    claims = claims_from(data, printed)
    if not claims.serial and not data.get(DOCUMENT):
        raise Refused([problem("verify-not-ours", position)])
    found = [*_disagreements(data, claims, printed, position), *_additions(parts, position)]
    return Reading(
        claims,
        rows,
        tuple(found),
        lacks_rows=not rows and claims.document in _LISTS,
        data=data,
        has_properties=DOCUMENT in data,
        printed=lambda first_rows: everything,
        digest_holds=partial(digest_holds, parts, data),
    )


def _printed_claims(printed: Printed) -> Claims:
    """What the heads and feet of the pages say; it is what a reader sees."""
    lines = [
        text
        for part in printed.parts
        if part.name.startswith(("页眉", "页脚"))
        for line in part.lines
        for text in line.texts.values()
    ]
    told = "\n".join(lines)
    names = [found[1] for line in lines if (found := _NAME.search(line))]
    fingerprint = _first(FINGERPRINT_FORM.findall(told))
    return Claims(
        document="现场检查表" if fingerprint else "",
        name=names[0] if names else "",
        edition=_first(_EDITION.findall(told)),
        serial=_first(SERIAL_FORM.findall(told)),
        fingerprint=fingerprint,
    )


def _first(found: list[str]) -> str:
    return found[0] if found else ""


def _disagreements(
    data: Mapping[str, str], claims: Claims, printed: Claims, position: Position
) -> list[Problem]:
    """Where the properties of the file say one thing and its pages another."""
    pairs = (
        (FINGERPRINT, printed.fingerprint, data.get(FINGERPRINT)),
        (SERIAL, printed.serial, data.get(SERIAL)),
        (EDITION, printed.edition, data.get(EDITION)),
        ("单位名称", printed.name, _as_printed(claims.name, printed.name)),
    )
    return [
        problem("verify-claims-differ", position, field=name, printed=told, hidden=known)
        for name, told, known in pairs
        if told and known and known != told
    ]


def _as_printed(name: str, printed: str) -> str:
    """The name in full or, where the head of the pages has it so, cut short."""
    return short_name(name) if printed == short_name(name) else clean(name)


def _additions(parts: Mapping[str, bytes], position: Position) -> list[Problem]:
    """Text beside the wording of a row that other rows do not have: a template's label is in all of them."""
    loose = loose_texts(parts) or hidden_loose_texts(parts)
    usual = Counter(text for _, text in loose).most_common(1)
    return [
        problem("verify-added", position, item=item, text=text)
        for item, text in loose
        if usual and text and text != usual[0][0]
    ]
