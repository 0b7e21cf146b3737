"""Read a printed Word document: the claims on its pages and in its properties, and the rows it prints."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from checklists.package_reading import parse_xml
from checklists.problems import Place, Problem, Refused, problem
from checklists.verify_reading import FINGERPRINT, SERIAL, Claims, Reading
from checklists.word_reading import claims as property_claims
from checklists.word_reading import loose_texts, printed_rows
from checklists.word_template import P, T

_EDITION = re.compile(r"规则版\s*(\S+)")
_NAME = re.compile(r"单位名称：\s*([^＿\s].*?)\s*$")
_LISTS = ("现场检查表",)


def read_document(parts: Mapping[str, bytes], place: Place) -> Reading:
    """Claims, rows and oddities. Raises Refused when the file says nothing of itself."""
    rows = printed_rows(parts)
    hidden, printed = property_claims(parts), _printed_claims(parts)
    claims = Claims(
        document=hidden.get("文档", "") or ("现场检查表" if printed.fingerprint else ""),
        name=printed.name,
        edition=printed.edition or hidden.get("规则版", ""),
        on=hidden.get("基准日", ""),
        serial=printed.serial or hidden.get("编号", ""),
        fingerprint=printed.fingerprint or hidden.get("指纹", ""),
    )
    if not claims.serial and not hidden.get("文档"):
        raise Refused([problem("verify-not-ours", place)])
    found = [*_disagreements(hidden, printed, place), *_additions(parts, place)]
    if not rows and claims.document in _LISTS:
        found.append(problem("verify-no-rows", place))
    return Reading(claims, rows, tuple(found))


def _printed_claims(parts: Mapping[str, bytes]) -> Claims:
    """What the head of the pages says; it is what a reader sees."""
    lines = [line for name in sorted(parts) if _is_head(name) for line in _lines(parts[name])]
    told = "\n".join(lines)
    names = [found[1] for line in lines if (found := _NAME.search(line))]
    return Claims(
        name=names[0] if names else "",
        edition=_first(_EDITION.findall(told)),
        serial=_first(SERIAL.findall(told)),
        fingerprint=_first(FINGERPRINT.findall(told)),
    )


def _is_head(name: str) -> bool:
    return name.startswith("word/header") and name.endswith(".xml")


def _lines(content: bytes) -> list[str]:
    root = parse_xml(content)
    return ["".join(text.text or "" for text in paragraph.iter(T)) for paragraph in root.iter(P)]


def _first(found: list[str]) -> str:
    return found[0] if found else ""


def _disagreements(hidden: Mapping[str, str], printed: Claims, place: Place) -> list[Problem]:
    """Where the properties of the file say one thing and its pages another."""
    pairs = (("指纹", printed.fingerprint), ("编号", printed.serial), ("规则版", printed.edition))
    return [
        problem("verify-claims-differ", place, field=name, printed=told, hidden=hidden[name])
        for name, told in pairs
        if told and hidden.get(name) and hidden[name] != told
    ]


def _additions(parts: Mapping[str, bytes], place: Place) -> list[Problem]:
    """Text beside the wording of a row that other rows do not have: a template's label is in all of them."""
    loose = loose_texts(parts)
    usual = Counter(text for _, text in loose).most_common(1)
    return [
        problem("verify-added", place, item=item, text=text)
        for item, text in loose
        if usual and text and text != usual[0][0]
    ]
