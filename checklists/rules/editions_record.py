"""What an edition of the rules remembers: two digests of everything that decides a list or is printed on one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from checklists.models import (
    Basis,
    Core,
    EnterpriseType,
    Fact,
    GeneralList,
    Industry,
    Item,
    Notice,
    PapersFile,
    PaperWords,
    Standard,
    Term,
    Vocabulary,
)

ITEMS = "items"
KIND_NAMES: dict[str, str] = {
    ITEMS: "检查项",
    "industries": "行业领域",
    "facts": "企业属性",
    "types": "企业类型",
    "sorts": "按通用清单的企业",
    "words": "部位和部门",
    "places": "地方",
    "notices": "通知",
    "terms": "术语",
    "papers": "其他文书的依据和用语",
    "criteria": "判定标准",
    "order": "次序",
}
"""Kinds of entries as ``edition.json`` names them, and in words."""

Digest = tuple[str, str, str]
"""Title, digest of the wording, digest of all else."""
Digests = Mapping[str, Digest]
Record = Mapping[str, Digests]
"""Kind -> id -> digests."""

_ITEM_WORDING = ("title", "content", "standard", "evidence", "rectify", "support")
_WITHOUT_MARKS = {"weight": "normal", "major": False}
"""What editions to 1.1.0 recorded of items without ★ and ▲, so that those are not taken for changed."""
_TYPE_WORDING = ("group", "particulars", "note", "short")


def record_of(
    items: Iterable[Item],
    notices: Mapping[str, Notice],
    vocabulary: Vocabulary,
    terms: Sequence[Term],
    papers: PapersFile | None,
    standards: Mapping[str, Standard],
) -> Record:
    """All that an edition remembers; ``standards`` by the names of their files. Seeds and dispositions are not in it: what lists print of them stands in items."""
    items = tuple(items)
    return {
        ITEMS: item_digests(items),
        "industries": {key: _industry(one) for key, one in sorted(vocabulary.industries.items())},
        "facts": {key: _fact(one) for key, one in sorted(vocabulary.facts.items())},
        "types": {key: _type(one) for key, one in sorted(vocabulary.types.items())},
        "sorts": _sorts(vocabulary.known.fallback),
        "words": {
            "where": _digest("部位", [], vocabulary.where),
            "departments": _digest("部门", [], vocabulary.departments),
            "papers": _digest("资料所在的部位", [], vocabulary.papers),
        },
        "places": _places(vocabulary),
        "notices": {key: _notice(one) for key, one in sorted(notices.items())},
        "terms": _terms(terms),
        "papers": _papers(papers),
        "criteria": {key: _standard(one) for key, one in sorted(standards.items())},
        "order": {
            ITEMS: _digest("检查项", [], [[item.id, *item.conditions] for item in items]),
            "facts": _digest("企业属性", [], list(vocabulary.facts)),
            "notices": _digest("通知", [], list(notices)),
            "terms": _digest("术语", [term.term for term in terms], []),
        },
    }


def item_digests(items: Iterable[Item]) -> Digests:
    """What an edition remembers of its items."""
    return {item.id: _item(item) for item in sorted(items, key=lambda item: item.id)}


def _item(item: Item) -> Digest:
    value = item.model_dump(mode="json", by_alias=True)
    value |= _WITHOUT_MARKS
    for basis in value["basis"]:
        if not basis["applies"]:  # as bases were remembered before they could have conditions
            del basis["applies"]
    wording = [value.pop(name) for name in _ITEM_WORDING]
    wording += filter(None, [value.pop("standard-small")])
    return _digest(item.title, wording, value)


def _industry(industry: Industry) -> Digest:
    return _digest(industry.name, industry.name, [industry.role] if industry.role else [])


def _fact(fact: Fact) -> Digest:
    """What a qualifier says only helps to check the rules."""
    left = {
        "qualifier",
        "core",
        *(name for name in ("role", "parent", "excludes") if not getattr(fact, name)),
    }
    value = fact.model_dump(mode="json", exclude=left)
    if fact.core:
        return _digest(fact.name, [value.pop("question"), *_whys(fact.core)], [value, _ids(fact.core)])
    return _digest(fact.name, value.pop("question"), value)


def _type(kind: EnterpriseType) -> Digest:
    value = kind.model_dump(mode="json", exclude={"core"})
    wording = [value.pop(name) for name in _TYPE_WORDING]
    return _digest(kind.name, [*wording, *_whys(kind.core)], [value, _ids(kind.core)])


def _sorts(general: GeneralList | None) -> Digests:
    """By the first of its words; which words mean it decides no list."""
    if general is None:
        return {}
    head = {"": _digest("通用清单", [general.name, general.note], general.type)}
    return head | {
        sort.words[0]: _digest(sort.words[0], [], [sorted(sort.facts.items()), list(sort.industries)])
        for sort in general.sorts
    }


def _ids(core: Core) -> list[str]:
    return [row.id for row in core]


def _whys(core: Core) -> list[str]:
    return [row.why for row in core]


def _places(vocabulary: Vocabulary) -> Digests:
    """The short names are only printed."""
    cities = {
        f"{province}/{city}": _digest(city, [], counties)
        for province, below in vocabulary.places.items()
        for city, counties in below.items()
    }
    short = vocabulary.short_names
    provinces = {
        name: _digest(name, [short[name]] if name in short else [], []) for name in vocabulary.places
    }
    return {**provinces, **cities}


def _notice(notice: Notice) -> Digest:
    """Where its text stands and how it is read decides no list: the clauses show in the quotes of the items."""
    rest = [notice.issuer, notice.place, notice.year, notice.date and notice.date.isoformat()]
    return _digest(notice.title, [notice.title, notice.number], rest)


def _standard(standard: Standard) -> Digest:
    """Its own words are wording; whom it binds when, and which items its criteria make ▲, is not."""
    value = standard.model_dump(mode="json", by_alias=True)
    wording = [value.pop("note"), *([one.pop("text"), one.pop("see")] for one in value["criteria"])]
    return _digest(f"{standard.standard}（{standard.number}）", wording, value)


def _terms(terms: Sequence[Term]) -> Digests:
    """By the term; one that has several sources is remembered with all of them."""
    written: dict[str, list[dict[str, Any]]] = {}
    for one in terms:
        written.setdefault(one.term, []).append(one.model_dump())
    return {
        name: _digest(name, entries if len(entries) > 1 else entries[0], [])
        for name, entries in sorted(written.items())
    }


def _papers(papers: PapersFile | None) -> Digests:
    """Nothing for a folder that writes none."""
    if papers is None:
        return {}
    common = {"": _digest("各文书都印的", [papers.drafts, papers.disclaimer], [])}
    return common | {
        name: _digest(name, _wording(words), [_basis(basis) for basis in words.basis])
        for name, words in sorted(papers.papers.items())
    }


def _wording(words: PaperWords) -> Any:
    """What a paper always prints; as it was remembered before pledges had kinds and sources, where there are none."""
    if not words.points:
        return words.words
    return [words.words, list(words.kinds.items()), [one.model_dump(mode="json") for one in words.points]]


def _basis(basis: Basis) -> dict[str, Any]:
    """As bases were remembered before they could have conditions, where they have none."""
    return basis.model_dump(mode="json", exclude=set() if basis.applies else {"applies"})


def _digest(title: str, wording: Any, rest: Any) -> Digest:
    return title, _short(wording), _short(rest)


def _short(value: object) -> str:
    told = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()[:12]
