"""Two notices compared duty by duty: what is new, dropped, stricter, looser, worded otherwise, moved, split, joined.

Two sentences are one duty where each other's likeness is the greatest that one of them has, and great enough, or where nothing
else is nearly as like; that one sentence has several partners, each of which brings words of its own, means that it was split, or
that several were joined.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any, Literal

from checklists.models import Clause
from checklists.notices.clauses import OPENING
from checklists.notices.duties import Duty, duties_of, pieces, strength, windows
from checklists.notices.figures import Figure
from checklists.notices.likeness import Index, Vector, Weights
from checklists.text import squeeze

Kind = Literal["不变", "新增", "取消", "加严", "放宽", "改述", "移动", "拆分", "合并"]
KINDS: tuple[Kind, ...] = ("新增", "取消", "加严", "放宽", "改述", "移动", "拆分", "合并", "不变")

_SAME = 0.2
"""Likeness from which two sentences may be one duty."""
_SAME_ALONE = 0.12
"""And where nothing else is half as like either of them."""
_IN_PART = 0.8
"""What it counts that only some neighbouring pieces are alike."""
_ADDED = 0.05
"""Share of the lesser of two sentences that a further one has to bring, for a splitting or joining."""
_MOST_PIECES = 20
"""Of a sentence that are looked at one by one; a longer one is compared whole and in its first pieces."""
_FORCE = 2
"""Steps from 推动 to 必须: fewer are a matter of wording."""
_CEILINGS = ("不超过", "不得超过", "不高于", "以内", "以下", "压减", "控制在", "降至")
_THRESHOLDS = ("以上", "超过", "满")
_DAY, _OFTEN, _YEAR_ENDS = "期限", "频次", 12.0
"""The notice is of one year: 年内 asks nothing that it would not ask without."""

Link = tuple[int, int]
"""Number of a duty before, and of one after."""
Wholes = tuple[Sequence[Vector], Sequence[Vector]]
"""Of every duty before, and after."""


@dataclass(frozen=True)
class Change:
    """What became of a duty; several stand on a side where one was split or several were joined."""

    kinds: tuple[Kind, ...]
    before: tuple[Duty, ...]
    after: tuple[Duty, ...]
    figures: tuple[tuple[str, str], ...] = ()
    """Figures side by side, where they differ: 150座 and 130座; nothing on the side that has none."""
    likeness: float = 0.0

    @property
    def unchanged(self) -> bool:
        """Whether the same words stand at the same place."""
        return self.kinds == ("不变",)

    @property
    def figure_words(self) -> tuple[str, ...]:
        """150座→130座, of each figure that differs."""
        return tuple(f"{was or '（无）'}→{now or '（无）'}" for was, now in self.figures)

    def as_json(self) -> dict[str, Any]:
        """Kinds, the duties of both sides with their clauses, figures, likeness."""
        before, after = (
            [{"clause": duty.path, "text": duty.text} for duty in side] for side in (self.before, self.after)
        )
        figures = [{"before": was, "after": now} for was, now in self.figures]
        told = {"kinds": list(self.kinds), "before": before, "after": after}
        return {**told, "figures": figures, "likeness": self.likeness}


def summary(changes: Iterable[Change]) -> str:
    """How many changes of each kind: 新增 3 处，取消 1 处。"""
    counted = Counter(kind for change in changes for kind in change.kinds)
    return "，".join(f"{kind} {counted[kind]} 处" for kind in KINDS if counted[kind]) + "。"


def compared(before: Iterable[Clause], after: Iterable[Clause], weights: Weights) -> tuple[Change, ...]:
    """Every duty of both notices once, in the order of the later one; what was dropped comes last."""
    olds, news = _duties(before), _duties(after)
    vectors = _vectors(olds, weights), _vectors(news, weights)
    alike = _likenesses(olds, news, weights)
    links = _links(alike, vectors)
    homes = _homes(olds, news, links, alike)
    found = [
        *(_linked(group, olds, news, alike, homes) for group in _groups(links)),
        *(
            (number, Change(("新增",), (), (duty,)))
            for number, duty in enumerate(news)
            if all(link[1] != number for link in links)
        ),
    ]
    shown = [change for _, change in sorted(found, key=lambda one: one[0])]
    gone = [
        Change(("取消",), (duty,), ())
        for number, duty in enumerate(olds)
        if all(link[0] != number for link in links)
    ]
    return (*shown, *gone)


def _duties(clauses: Iterable[Clause]) -> list[Duty]:
    return [duty for duty in duties_of(clauses) if duty.path.rpartition("/")[2] != OPENING]


# ---------------------------------------------------------------- which are one duty


def _vectors(duties: Iterable[Duty], weights: Weights) -> list[Vector]:
    return [weights.vector(duty.text) for duty in duties]


def _likenesses(olds: Sequence[Duty], news: Sequence[Duty], weights: Weights) -> dict[Link, float]:
    """How alike a sentence of before and one of after are, whole or in neighbouring pieces; the unlike are left out."""
    least = _SAME_ALONE / 2
    whole = Index([duty.text for duty in news], weights)
    owned = [(new, part) for new, duty in enumerate(news) for part in _parts(duty.text)]
    parts = Index([part for _, part in owned], weights)
    found: dict[Link, float] = {}
    for old, duty in enumerate(olds):
        values = whole.like(duty.text, least)
        for part in _parts(duty.text):
            for number, value in parts.like(part, least).items():
                new = owned[number][0]
                values[new] = max(values.get(new, 0.0), _IN_PART * value)
        found |= {(old, new): value for new, value in values.items() if value >= least}
    return found


def _parts(text: str) -> Iterator[str]:
    cut = pieces(text)[:_MOST_PIECES]
    for first, last in windows(cut):
        yield "".join(cut[first:last])


def _links(alike: Mapping[Link, float], wholes: Wholes) -> set[Link]:
    """Each sentence with the one most like it on the other side, where it brings something to it; then those that are left."""
    links = _brings(_nearest({link: value for link, value in alike.items() if value >= _SAME}), alike, wholes)
    left = {link: value for link, value in alike.items() if not any(_meet(link, one) for one in links)}
    clear = {
        link: value
        for link, value in left.items()
        if value >= _SAME or (value >= _SAME_ALONE and _is_alone(link, alike))
    }
    return links | _brings(_nearest(clear), left, wholes)


def _is_alone(link: Link, alike: Mapping[Link, float]) -> bool:
    """Whether nothing else is half as like either sentence."""
    rivals = (value for other, value in alike.items() if other != link and _meet(other, link))
    return max(rivals, default=0.0) <= alike[link] / 2


def _meet(one: Link, other: Link) -> bool:
    return one[0] == other[0] or one[1] == other[1]


def _nearest(alike: Mapping[Link, float]) -> set[Link]:
    links: set[Link] = set()
    for side in (0, 1):
        best: dict[int, Link] = {}
        for link in alike:
            rank = (alike[link], -link[1 - side])
            if link[side] not in best or rank > (alike[best[link[side]]], -best[link[side]][1 - side]):
                best[link[side]] = link
        links |= set(best.values())
    return links


def _brings(links: Iterable[Link], alike: Mapping[Link, float], wholes: Wholes) -> set[Link]:
    """The links, the nearest first, but for what says nothing of a sentence that a nearer one does not say already."""
    kept: list[Link] = []
    for link in sorted(links, key=lambda one: (-alike[one], one)):
        nearer = [one for one in kept if _meet(one, link)]
        if all(_adds(link, one, wholes) for one in nearer):
            kept.append(link)
    return set(kept)


def _adds(link: Link, nearer: Link, wholes: Wholes) -> bool:
    """Whether a sentence shares with the one of both links a good part, of its own or of that, which the nearer does not."""
    side = 0 if link[1] == nearer[1] else 1
    mine, other = wholes[side][link[side]], wholes[side][nearer[side]]
    whole = wholes[1 - side][link[1 - side]]
    added = sum(weight for run, weight in mine.items() if run in whole and run not in other)
    return added >= _ADDED * min(sum(mine.values()), sum(whole.values()))


def _groups(links: Iterable[Link]) -> list[list[Link]]:
    """Links that share a sentence, but so that each is a split or a joining: the one with several partners heads it."""
    olds, news = Counter(old for old, _ in links), Counter(new for _, new in links)
    by_head: dict[tuple[str, int], list[Link]] = defaultdict(list)
    for old, new in sorted(links):
        head = ("after", new) if news[new] > 1 and news[new] >= olds[old] else ("before", old)
        by_head[head].append((old, new))
    return list(by_head.values())


def _homes(
    olds: Sequence[Duty], news: Sequence[Duty], links: Iterable[Link], alike: Mapping[Link, float]
) -> dict[str, str]:
    """Clause of before -> the clause of after that holds most of it."""
    shares: dict[str, Counter[str]] = defaultdict(Counter)
    for old, new in links:
        shares[olds[old].path][news[new].path] += round(1000 * alike[old, new])
    return {path: counted.most_common(1)[0][0] for path, counted in shares.items()}


# ---------------------------------------------------------------- what became of it


def _linked(
    group: Sequence[Link],
    olds: Sequence[Duty],
    news: Sequence[Duty],
    alike: Mapping[Link, float],
    homes: Mapping[str, str],
) -> tuple[int, Change]:
    before = tuple(olds[number] for number in dict.fromkeys(old for old, _ in group))
    after = tuple(news[number] for number in dict.fromkeys(new for _, new in group))
    figures = _differing(before, after)
    kinds = _kinds(before, after, figures)
    moved = all(homes[olds[old].path] != news[new].path for old, new in group)
    kinds = (*kinds, "移动") if moved and kinds != ("不变",) else ("移动",) if moved else kinds
    value = max(alike[link] for link in group)
    shown = tuple((was.words if was else "", now.words if now else "") for was, now in figures)
    return min(new for _, new in group), Change(kinds, before, after, shown, round(value, 2))


Pair = tuple[Figure | None, Figure | None]


def _differing(before: Sequence[Duty], after: Sequence[Duty]) -> list[Pair]:
    """Figures of one kind in their order, those that are said alike left out."""
    sides: list[dict[str, list[Figure]]] = []
    for duties in (before, after):
        by_unit: dict[str, list[Figure]] = {}
        for duty in duties:
            for figure in duty.figures:
                by_unit.setdefault(figure.unit, []).append(figure)
        sides.append(by_unit)
    found: list[Pair] = []
    for unit in dict.fromkeys([*sides[0], *sides[1]]):
        olds, news = sides[0].get(unit, []), sides[1].get(unit, [])
        told, now = {one.value for one in olds}, {one.value for one in news}
        found += zip_longest(
            [one for one in olds if one.value not in now], [one for one in news if one.value not in told]
        )
    return found


def _kinds(before: Sequence[Duty], after: Sequence[Duty], figures: Sequence[Pair]) -> tuple[Kind, ...]:
    text_before, text_after = ("".join(squeeze(one.text) for one in side) for side in (before, after))
    if text_before == text_after:
        return ("不变",)
    found: list[Kind] = []
    if len(after) > 1:
        found.append("拆分")
    if len(before) > 1:
        found.append("合并")
    direction = _direction(text_before, text_after, figures)
    if direction:
        found.append("加严" if direction > 0 else "放宽")
    return tuple(found or ["改述"])


def _direction(before: str, after: str, figures: Sequence[Pair]) -> int:
    """1 where more is asked than before, -1 where less, 0 where nothing says so: figures first, then the words' force."""
    for was, now in figures:
        if turn := _turn(before if was else after, was, now):
            return turn
    force = strength(after) - strength(before)
    return (force >= _FORCE) - (force <= -_FORCE)


def _turn(text: str, was: Figure | None, now: Figure | None) -> int:
    figure = was or now
    if was is None or now is None:
        gained = 1 if was is None else -1
        at_last = figure and figure.unit == _DAY and figure.value == _YEAR_ENDS
        return gained if figure and figure.unit in (_DAY, _OFTEN) and not at_last else 0
    more = 1 if now.value > was.value else -1
    if was.unit == _DAY:
        return -more
    around = text[max(text.find(was.words) - 6, 0) : text.find(was.words) + len(was.words) + 2]
    less_is_stricter = any(word in around for word in (*_CEILINGS, *_THRESHOLDS))
    return -more if less_is_stricter else more
