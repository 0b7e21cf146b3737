"""What looks wrong with a notice before it is added: its text, what is said of it, what the folder has already."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from checklists.models import Notice
from checklists.notices.catalogue import FIELD_NAMES
from checklists.notices.clauses import Reading
from checklists.notices.furniture import binds, is_doubtful
from checklists.notices.losses import CHARTS, HIDDEN, NOTES, Source
from checklists.notices.parts import MOST_ASIDE
from checklists.notices.proposals import Proposal
from checklists.notices.registration import Registration, option
from checklists.problems import Position, Problem, Refused, problem
from checklists.text import squeeze

_MAY_BE_ACCEPTED = frozenset(
    [
        "text-set-aside",
        "import-text-lost",
        "import-no-notice",
        "import-much-left",
        "import-number-taken",
        "import-number-again",
    ]
)
_NAMES = {**FIELD_NAMES, "date": "成文日期", "place": "地方", "year": "年份"}
_BRACKETS = str.maketrans("[]【】［］（）()", "〔〕〔〕〔〕〔〕〔〕")
_FIELDS = ("title", "number", "issuer", "date", "place", "year")
_NEEDED = ("title", "issuer", "year")


def accepted(one: Problem) -> Problem:
    """A finding that somebody has compared with the original is a warning."""
    return replace(one, level="warning") if one.code in _MAY_BE_ACCEPTED else one


# ---------------------------------------------------------------- the text


def of_source(findings: Sequence[Problem], reading: Reading, source: Path, text: str) -> list[Problem]:
    """The parser's findings as those of the file that is imported, where nothing is registered yet."""
    codes = {one.code for one in findings}
    line_of = (lambda line: line) if source.suffix.lower() == ".txt" else (lambda line: None)
    kept = [
        replace(one, position=Position(str(source), line_of(one.position.line)))
        for one in findings
        if one.code != "notice-empty"
    ]
    if "notice-empty" in codes:
        details = {"count": len(squeeze(text)), "begin": squeeze(text)[:15]}
        kept.append(problem("import-no-clauses", Position(str(source)), **details))
    aside = "".join(squeeze(rest.text) for rest in reading.remainder if is_doubtful(rest.why, rest.text))
    if aside and not codes & {"text-set-aside", "notice-empty"}:
        kept.append(problem("import-text-aside", Position(str(source)), count=len(aside), begin=aside[:15]))
    return kept


def no_notice(reading: Reading, said: Proposal, source: Path, text: str) -> Iterator[Problem]:
    """A text without title, number, issuer and numbers of its own that binds nobody is none."""
    numbered = any("/" in one.path or not one.path.startswith(("前言", "结尾")) for one in reading.clauses)
    if reading.clauses and not (said.title or said.number or said.issuer or numbered or binds(text)):
        yield problem("import-no-notice", Position(str(source)), begin=squeeze(text)[:15])


def much_left(read: Source, source: Path) -> Iterator[Problem]:
    """Notes and hidden words that are more than a small share of the file."""
    left = sum(read.losses.count(kind) for kind in (HIDDEN, NOTES, CHARTS))
    whole = len(squeeze(read.text)) + left
    stopped = any(one.code == "import-text-lost" for one in read.problems)
    if left > MOST_ASIDE * whole and not stopped:
        share = round(100 * left / whole)
        yield problem("import-much-left", Position(str(source)), count=left, share=share)


# ---------------------------------------------------------------- the folder


def same_number(notice: Notice, known: Sequence[Notice]) -> Iterator[Problem]:
    """A number that another notice of the folder has: of the same issuer it is the same notice, of another perhaps a slip."""
    for other in known:
        if notice.number and other.number and plain(notice.number) == plain(other.number):
            same = squeeze(other.issuer) == squeeze(notice.issuer)
            code = "import-number-again" if same else "import-number-taken"
            told = {
                "number": notice.number,
                "notice": other.id,
                "issuer": other.issuer,
                "here": notice.issuer,
            }
            yield problem(code, option("number"), **told)


def plain(text: str) -> str:
    """A text whatever its blanks and the form of its brackets."""
    return re.sub(r"〕第", "〕", squeeze(text).translate(_BRACKETS))


# ---------------------------------------------------------------- what is told and what the text says


def with_proposal(
    registration: Registration, said: Proposal
) -> tuple[Registration, tuple[str, ...], list[Problem]]:
    """What is told, with what the text says where nothing is; which fields those are; where the two differ.

    Raises Refused where neither says what has to be known.
    """
    found = said.told()
    taken, problems = {}, []
    for name in _FIELDS:
        told = getattr(registration, name)
        if told is None and found[name]:
            taken[name] = getattr(said, name)
        elif told is not None and found[name] and plain(str(told)) != plain(found[name]):
            if name == "place" and (str(told).endswith(found[name]) or found[name].endswith(str(told))):
                continue
            problems.append(
                problem(
                    "import-told-otherwise",
                    option(name),
                    field=_NAMES[name],
                    told=str(told),
                    found=found[name],
                )
            )
    if registration.year is not None and "date" in taken and taken["date"].year != registration.year:
        del taken["date"]
    missing = [name for name in _NEEDED if getattr(registration, name) is None and name not in taken]
    if missing:
        raise Refused(
            [problem("import-not-told", option(name), field=_NAMES[name], option=name) for name in missing],
            exit_code=2,
        )
    lines = tuple(f"{_NAMES[name]}：{value}" for name, value in taken.items())
    return replace(registration, **taken), lines, problems
