"""Sentence by sentence what a new notice would do to the rules, as far as a program can propose it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice

from checklists.models import Clause, Condition, Item
from checklists.notices.duties import Duty, duties_of
from checklists.notices.figures import figures_of
from checklists.rules.checks.qualifiers import of_such_an_industry, qualifiers_of
from checklists.rules.drafts.bound import (
    bound_by,
    departments_of,
    industries_of,
    is_narrative,
    says_of,
    types_of,
)
from checklists.rules.drafts.model import ITEM_FIELDS, Again, Aside, Bound, Change, DraftedDuty, NewItem
from checklists.rules.drafts.search import FIRM, Earlier, Found, Match, firm
from checklists.rules.drafts.sides import Sides
from checklists.rules.library import Library

_MOST_NEAR = 12
_STATE = 0.6
"""Chance from which a sentence is taken to bind the state alone."""
_SURELY_STATE = 0.9
"""Chance from which a stretch beside what was said again is taken to bind the state alone."""
_BEYOND_DOUBT = 0.95
"""Chance from which no part of a sentence of the state is looked at by itself."""
_LOOK = 0.01
"""Chance from which an item is worth a look."""
_PERHAPS = 0.05
"""Chance from which an item is named beside others that its words say again."""
_SHORTEST = 8
"""Letters of a stretch beside what was said again that may be a fact of its own."""
_STATE_ALONE = "是政府、部门的职责，没有对企业提要求"
_OPENS = "前言、结尾，没有企业可查的事项"
_ENDS = "，。；：、 "


@dataclass(frozen=True)
class Proposed:
    """A drafted sentence, and for the reader why each proposal was made."""

    duty: DraftedDuty
    why_again: tuple[str, ...] = ()
    why_new: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    """Behind each of the again: figures that are said otherwise, 150座→130座."""


@dataclass
class _Making:
    """One sentence in the making."""

    library: Library
    clause: Clause
    duty: Duty
    found: Found
    items: dict[str, Item]
    sides: Sides


def proposals(library: Library, notice: str) -> Iterator[Proposed]:
    """Every sentence of the notice, in its order."""
    earlier = Earlier(library, notice)
    items = {item.id: item for item in library.items}
    for clause in library.clauses[notice].values():
        for duty in duties_of([clause]):
            if is_narrative(clause):
                yield _set_aside(duty, "narrative", _OPENS)
                continue
            found = earlier.like(_without_heading(clause, duty.text))
            making = _Making(library, clause, duty, found, items, earlier.sides)
            yield _of_the_state(making) if found.state >= _STATE else _of_enterprises(making)


def _without_heading(clause: Clause, sentence: str) -> str:
    """The sentence without the run-in heading: 特种设备方面：."""
    return sentence.removeprefix(f"{clause.heading}：") if clause.heading else sentence


def _set_aside(duty: Duty, status: str, reason: str, near: tuple[str, ...] = ()) -> Proposed:
    bound: Bound = "部门" if status == "government-only" else "未定"
    aside = Aside.model_validate({"text": duty.text.rstrip(_ENDS), "status": status, "reason": reason})
    drafted = DraftedDuty(clause=duty.path, sentence=duty.text, bound=bound, near=near, aside=(aside,))
    return Proposed(drafted)


def _of_the_state(making: _Making) -> Proposed:
    """Set aside, but for stretches that plainly ask something of enterprises where the sentence is not surely the state's."""
    duty, matches = making.duty, making.found.matches
    near = tuple(one.item for one in matches[:_MOST_NEAR] if one.chance >= _LOOK)
    drafted = _set_aside(duty, "government-only", making.sides.reason(duty.text) or _STATE_ALONE, near).duty
    asked = [] if making.found.state >= _BEYOND_DOUBT else list(_asked(making))
    if not asked:
        return Proposed(drafted)
    industries = industries_of(making.library.vocabulary, making.clause, duty.text, ())
    return Proposed(
        drafted.model_copy(
            update={
                "bound": "未定",
                "aside": tuple(_rest(drafted.aside[0], asked)),
                "new": tuple(_skeleton(making, quote, (), industries) for quote in asked),
            }
        ),
        why_new=("",) * len(asked),
    )


def _asked(making: _Making) -> Iterator[str]:
    """Stretches of parts that plainly ask something of enterprises."""
    parts = making.found.parts
    for asks, group in groupby(
        range(len(parts)), key=lambda at: _letters(parts[at]) >= _SHORTEST and making.sides.asks(parts[at])
    ):
        places = list(group)
        if asks:
            yield "".join(parts[places[0] : places[-1] + 1]).strip(_ENDS)


def _rest(aside: Aside, asked: Sequence[str]) -> Iterator[Aside]:
    """What is left to be set aside around the asked stretches."""
    rest = aside.text
    for quote in asked:
        before, _, rest = rest.partition(quote)
        if before.strip(_ENDS):
            yield aside.model_copy(update={"text": before.strip(_ENDS)})
    if rest.strip(_ENDS):
        yield aside.model_copy(update={"text": rest.strip(_ENDS)})


def _of_enterprises(making: _Making) -> Proposed:
    meant = [
        one for one in firm(making.found) if not (_change_of(making, one) and _of_another_trade(making, one))
    ]
    again = [one for one in meant if not _change_of(making, one)]
    changed = [one for one in meant if _change_of(making, one)]
    blocks = list(_blocks(making, meant))
    of_items = [(making.items[one.item].industry, one.chance) for one in making.found.matches]
    bound = "企业" if meant else bound_by(making.duty.text)
    vocabulary = making.library.vocabulary
    industries = industries_of(vocabulary, making.clause, making.duty.text, of_items)
    new = [
        *(_changed_item(making, one) for one in changed),
        *(_skeleton(making, quote, near, industries) for quote, near in blocks),
    ]
    duty = DraftedDuty(
        clause=making.duty.path,
        sentence=making.duty.text,
        bound=bound,
        industries=industries,
        types=types_of(vocabulary, industries, making.duty.text),
        near=_also(making, [*meant, *(one for _, near in blocks for one in near)]),
        again=tuple(_again(making, one) for one in again),
        new=tuple(new),
    )
    why_new = [
        *(_why(making, one) for one in changed),
        *("；".join(_why(making, one) for one in near[:3]) for _, near in blocks),
    ]
    figures = tuple("、".join(f"{was}→{now}" for was, now in _otherwise(making, one)) for one in again)
    return Proposed(duty, tuple(_why_again(making, one) for one in again), tuple(why_new), figures)


# ---------------------------------------------------------------- said again


def _words(making: _Making, one: Match) -> str:
    return "".join(making.found.parts[one.first : one.last]).strip(_ENDS)


def _also(making: _Making, told: Sequence[Match]) -> tuple[str, ...]:
    """Items that the sentence may mean too."""
    others = (one.item for one in making.found.matches if one.chance >= _PERHAPS and one not in told)
    return tuple(islice(others, _MOST_NEAR))


def _again(making: _Making, one: Match) -> Again:
    quote = _words(making, one)
    return Again(
        item=one.item,
        says=says_of(quote),
        quote=quote,
        applies=_said_to(making, quote, one),
    )


def _said_to(making: _Making, quote: str, one: Match | None) -> dict[str, Condition]:
    """Whom the words are said to, where fewer than the item is asked of: as before, or by a word that singles them out."""
    item = making.items[one.item] if one else None
    before = dict(one.basis.applies) if one and one.basis else {}
    for facts, words in qualifiers_of(making.library.vocabulary.facts).items():
        kept = item and any(fact in item.applies or fact in before for fact in facts)
        of_trade = item and of_such_an_industry(item, facts, making.library)
        if any(word in quote for word in words) and not kept and not of_trade:
            before[facts[0]] = True
    return before


def _why(making: _Making, one: Match) -> str:
    """晋25 三/（八）「…」 0.82｜what the item asks."""
    said = one.said
    alike = f"{one.likeness:.2f}｜{making.items[one.item].content}"
    if said.notice not in making.library.notices:
        return alike
    return f"{making.library.notices[said.notice].code} {said.clause}「{said.text}」{alike}"


def _why_again(making: _Making, one: Match) -> str:
    """The same, and whether it is only the likeliest."""
    return _why(making, one) + ("" if one.chance >= FIRM else "；把握不大")


# ---------------------------------------------------------------- other figures


def _otherwise(making: _Making, one: Match) -> list[tuple[str, str]]:
    """Figures of one kind that the earlier words and these say differently."""
    before, now = figures_of(one.said.text), figures_of(_words(making, one))
    return [
        (old.words, new.words)
        for old, new in zip(before, now, strict=False)
        if old.unit == new.unit and old.value != new.value
    ]


def _change_of(making: _Making, one: Match) -> Change | None:
    """The change, where the item itself holds a figure that the notice says otherwise."""
    item = making.items[one.item]
    own = {(figure.unit, figure.value) for figure in figures_of(f"{item.content}。{item.standard}")}
    before = {figure.words: (figure.unit, figure.value) for figure in figures_of(one.said.text)}
    moved = [(was, now) for was, now in _otherwise(making, one) if before[was] in own]
    if not moved:
        return None
    return Change(item=one.item, was=tuple(was for was, _ in moved), now=tuple(now for _, now in moved))


def _of_another_trade(making: _Making, one: Match) -> bool:
    """Whether heading and sentence name trades, and the item is of none of them: its figure is not this one."""
    vocabulary, industry = making.library.vocabulary, making.items[one.item].industry
    named = industries_of(vocabulary, making.clause, making.duty.text, ())
    return bool(named) and not vocabulary.industries[industry].role and industry not in named


def _changed_item(making: _Making, one: Match) -> NewItem:
    """The item once more, to be written with the new figure in place of the old one."""
    item, quote = making.items[one.item], _words(making, one)
    told = item.model_dump(by_alias=True)
    return NewItem.model_validate(
        {
            **{name: told[name] for name in ITEM_FIELDS[1:] if told[name]},
            "applies": item.applies,
            "replaces": (item.id,),
            "says": says_of(quote),
            "quote": quote,
            "change": _change_of(making, one),
        }
    )


# ---------------------------------------------------------------- new


def _blocks(making: _Making, meant: Sequence[Match]) -> Iterator[tuple[str, list[Match]]]:
    """Stretches that no item clearly says, each with the items that are somewhat like it."""
    taken = {at for one in meant for at in one.covered}
    parts = making.found.parts
    for free, group in groupby(range(len(parts)), key=lambda at: at not in taken):
        places = list(group)
        quote = "".join(parts[places[0] : places[-1] + 1]).strip(_ENDS)
        near = [
            one
            for one in making.found.matches
            if one.chance >= _LOOK and one not in meant and not one.covered.isdisjoint(places)
        ]
        if free and (not meant or _stands_alone(making, quote, near)):
            yield quote, near


def _stands_alone(making: _Making, quote: str, near: Sequence[Match]) -> bool:
    """Whether a stretch beside what was said again may be a fact of its own: it is long enough, and not surely the state's."""
    likeliest = near[0].chance if near else 0.0
    return _letters(quote) >= _SHORTEST and making.sides.state(quote, likeliest) < _SURELY_STATE


def _letters(text: str) -> int:
    return sum(letter.isalnum() for letter in text)


def _skeleton(making: _Making, quote: str, near: Sequence[Match], industries: Sequence[str]) -> NewItem:
    return NewItem.model_validate(
        {
            "industry": industries[0] if industries else "",
            "departments": departments_of(making.library.vocabulary, making.clause),
            "applies": _said_to(making, quote, None),
            "says": says_of(quote),
            "quote": quote,
            "near": tuple(one.item for one in near[:_MOST_NEAR]),
        }
    )
