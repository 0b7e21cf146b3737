"""What a person has to read before it may stand: orders that could hurt somebody, papers that no notice asks for, words
that stand behind a qualifier which the item does not keep.

Each finding is listed until somebody has read the item and recorded why it may stay (``consents.yaml``); the record
holds a digest of what was read and is void as soon as that changes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from pydantic import ValidationError

from checklists.models import ABOUT, About, Basis, Consent, Item
from checklists.nearest import nearest
from checklists.problems import Position, Problem, Refused, problem
from checklists.rules.checks.qualifiers import of_such_an_industry, qualifiers_of
from checklists.rules.consents import digest_read, record
from checklists.rules.items import ITEMS
from checklists.rules.library import Library
from checklists.rules.vocabulary import CONSENTS
from checklists.text import squeeze

RISKY = re.compile(
    "试(?!题|卷|点|行|用期)|断(?!层|面|续|链|头|带)|触发|开闸|放下|空载|拉闸|跳闸|急停|启动|停机|停泵|停车|关阀|开阀|放水|放气|点火|点燃|拆开|打开|切断|泄放|闯"
)
"""Words of doing something to a plant. Looking at a record of it is no such order."""
RECORDED = re.compile(
    "[^，；：。、看按由把]{0,6}试验?(?:记录|报告|单|日期|台账|合格)|(?:考|面|口|笔|应)试|试运行|试生产|断电试验记录|尝试|调试(?:记录|报告)"
)
PAPER = re.compile("自查表|台账|清单|方案|制度|预案|计划|对照表|一览表|档案")
COMMAND_LINE = Position("命令行")
HAVING = re.compile("有|制定|建立|编制|编有|留存|在册")


def check(library: Library) -> list[Problem]:
    """Findings that nobody has read, records that are void, and records of nothing."""
    if CONSENTS in library.lost:
        return []
    found = [one for item in library.items for about in ABOUT for one in _unread(item, about, library)]
    for name, read in library.consents.items():
        for about, (consent, position) in read.items():
            item = next((item for item in library.items if item.id == name), None)
            if item is None:
                if ITEMS not in library.lost:
                    hint = nearest(name, library.positions)
                    found.append(problem("consent-unknown", position, item=name, hint=hint))
            elif not words_to_read(item, about, library):
                found.append(problem("consent-idle", position, item=name, about=ABOUT[about]))
            elif consent.read != digest_read(item, _listed_for(item, about, library)):
                found.append(problem("consent-void", position, item=name, about=ABOUT[about]))
    return found


def consent(library: Library, name: str, about: str, why: str) -> Item:
    """Record that somebody has read one item and lets it stand; raises Refused where there is nothing to record."""
    item = next((item for item in library.items if item.id == name), None)
    if item is None:
        raise Refused(
            [problem("item-unknown", COMMAND_LINE, item=name, hint=nearest(name, library.positions))]
        )
    kind = next((kind for kind in ABOUT if kind == about), None)
    if kind is None or not words_to_read(item, kind, library):
        raise Refused([problem("consent-nothing", COMMAND_LINE, item=name, about=about)])
    try:
        new = Consent(read=digest_read(item, _listed_for(item, kind, library)), why=why)
    except ValidationError:
        raise Refused([problem("consent-why", COMMAND_LINE, item=name)]) from None
    record(library.folder, library.consents, name, kind, new)
    return item


def _unread(item: Item, about: About, library: Library) -> Iterator[Problem]:
    words = words_to_read(item, about, library)
    if words and about not in library.consents.get(item.id, {}):
        position = library.positions[item.id].position(_FIELD[about])
        yield problem(f"unread-{about}", position, item=item.id, word="、".join(words))


def words_to_read(item: Item, about: About, library: Library) -> list[str]:
    """The words because of which somebody has to read an item."""
    return _WORDS[about](item, library)


def _listed_for(item: Item, about: About, library: Library) -> list[str]:
    """Why an item is listed: the words, and of a qualifier the quotes that it stands before.

    A basis that says the same once more, as next year's notice does, adds nothing.
    """
    if about != "qualifier":
        return words_to_read(item, about, library)
    return sorted({f"{word} {squeeze(basis.quote)}" for word, basis in _qualified(item, library)})


def _risky_words(item: Item, _: Library) -> list[str]:
    text = RECORDED.sub("", f"{item.content} {item.standard} {item.standard_small}")
    return list(dict.fromkeys(RISKY.findall(text)))


def _unnamed_papers(item: Item, _: Library) -> list[str]:
    """Kinds of papers that the content wants to be there and no quote speaks of."""
    if not HAVING.search(item.content):
        return []
    quotes = "".join(basis.quote for basis in item.basis)
    return [word for word in dict.fromkeys(PAPER.findall(item.content)) if word not in quotes]


def _qualifiers_before(item: Item, library: Library) -> list[str]:
    """Qualifiers that stand in the sentence before the quoted words and that neither basis nor item keeps."""
    return list(dict.fromkeys(word for word, _ in _qualified(item, library)))


def _qualified(item: Item, library: Library) -> Iterator[tuple[str, Basis]]:
    """Each such qualifier with the basis that it stands before."""
    before = [(basis, _before(basis, library)) for basis in item.basis]
    for facts, words in qualifiers_of(library.vocabulary.facts).items():
        if of_such_an_industry(item, facts, library):
            continue
        for basis, text in before:
            if not any(fact in item.applies or fact in basis.applies for fact in facts):
                yield from ((word, basis) for word in words if word in text)


def _before(basis: Basis, library: Library) -> str:
    """What stands in the sentence before the quoted words."""
    clause = library.clauses.get(basis.notice, {}).get(basis.clause)
    text, _, found = squeeze(clause.text).partition(squeeze(basis.quote)) if clause else ("", "", "")
    return re.split("[。；]", text)[-1] if found or text else ""


_WORDS: dict[About, Callable[[Item, Library], list[str]]] = {
    "risky": _risky_words,
    "paper": _unnamed_papers,
    "qualifier": _qualifiers_before,
}
_FIELD: dict[About, str] = {"risky": "standard", "paper": "content", "qualifier": "basis"}
