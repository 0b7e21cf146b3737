"""Which items an enterprise is asked on a day, and why, and which not, and why not.

Golden lists, papers and batch all use :func:`select`; nothing is cut here.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from checklists.models import (
    WEAK,
    Basis,
    Enterprise,
    Item,
    Notice,
    Vocabulary,
)
from checklists.places import binds_at
from checklists.rules.library import Library
from checklists.selection.profile import Profile, profile_of
from checklists.selection.verdict import Verdict, facts_verdict


@dataclass(frozen=True)
class Decision:
    """One item with the verdict; ``basis`` are those that bind at the place on the day."""

    item: Item
    asked: bool
    reason: str
    basis: tuple[Basis, ...] = ()
    unknown: tuple[str, ...] = ()
    """Unknown facts that keep the item."""
    replaced_by: str = ""
    """Id of the newer item that is asked in its stead."""


@dataclass(frozen=True)
class Selection:
    """Every item, asked or not, with its reason."""

    profile: Profile
    on: datetime.date
    decisions: tuple[Decision, ...] = field(repr=False)
    department: str | None = None
    """Whose part alone was selected."""
    current: bool = False
    """Whether only each issuer's newest notice was asked."""

    @property
    def asked(self) -> tuple[Decision, ...]:
        """The items to ask."""
        return tuple(decision for decision in self.decisions if decision.asked)

    @property
    def not_asked(self) -> tuple[Decision, ...]:
        """The items left out."""
        return tuple(decision for decision in self.decisions if not decision.asked)

    @cached_property
    def _reasons(self) -> dict[str, str]:
        return {decision.item.id: decision.reason for decision in self.decisions}

    def as_json(self) -> dict[str, Any]:
        """The enterprise as it was taken, the day, the items asked with their bases, those not asked, each with its reason."""
        profile = self.profile
        return {
            "enterprise": {
                **profile.enterprise.model_dump(mode="json", exclude={"office"}),
                "industries": sorted(profile.industries),
                "known": dict(profile.facts),
                "unknown": list(profile.unknown),
            },
            "on": self.on,
            "asked": [
                {
                    "id": one.item.id,
                    "reason": one.reason,
                    "basis": [_basis_json(basis) for basis in one.basis],
                }
                for one in self.asked
            ],
            "not_asked": [{"id": one.item.id, "reason": one.reason} for one in self.not_asked],
        }

    def reason(self, item_id: str) -> str:
        """Why the item is in or out; raises KeyError for an id that is no item."""
        return self._reasons[item_id]


def _basis_json(basis: Basis) -> dict[str, Any]:
    return basis.model_dump(by_alias=True, exclude_none=True, mode="json")


def select(
    library: Library,
    enterprise: Enterprise,
    on: datetime.date,
    *,
    department: str | None = None,
    current: bool = False,
) -> Selection:
    """Decide every item of the library for one enterprise on one day.

    ``department`` keeps one department's part; ``current`` keeps only what each issuer's newest notice says.
    Raises Refused for an unknown type or place.
    """
    profile = profile_of(library.vocabulary, enterprise)
    newest = newest_notices(library.notices.values(), on) if current else None
    first = [_decide(library, item, profile, on, department, newest) for item in library.items]
    return Selection(profile, on, tuple(_without_replaced(first)), department, current)


# ---------------------------------------------------------------- one item


def _decide(
    library: Library,
    item: Item,
    profile: Profile,
    on: datetime.date,
    department: str | None,
    newest: Mapping[str, str] | None,
) -> Decision:
    if department and department not in item.departments:
        return Decision(item, False, f"不属 {department}，属 {'、'.join(item.departments)}")
    if item.industry not in profile.industries:
        name = library.vocabulary.industries[item.industry].name
        return Decision(item, False, f"企业不属“{name}”行业领域")
    verdict = facts_verdict(library.vocabulary, item.applies, profile)
    if verdict.refused:
        return Decision(item, False, verdict.refused)
    basis, refused = _binding(library, item, profile.places, on, newest)
    if refused:
        return Decision(item, False, refused)
    basis, said_to = _said_to(library.vocabulary, basis, profile)
    if said_to.refused:
        return Decision(item, False, f"依据不对它说：{said_to.refused}")
    if said_to.holding:
        verdict = replace(verdict, holding=(*verdict.holding, *said_to.holding))
    unknown = (*verdict.unknown, *_bringing_unknown(library.vocabulary, item, profile), *said_to.unknown)
    unknown = tuple(dict.fromkeys(unknown))
    return Decision(item, True, _why_asked(library, item, verdict, basis, unknown), basis, unknown)


def _bringing_unknown(vocabulary: Vocabulary, item: Item, profile: Profile) -> tuple[str, ...]:
    """Unknown facts to which alone the item's industry is owed (是否使用燃气 → 燃气使用)."""
    if any(item.industry in kind.industries for kind in profile.types):
        return ()
    bringing = [name for name, fact in vocabulary.facts.items() if item.industry in fact.brings]
    if any(profile.facts.get(name) is True for name in bringing):
        return ()
    return tuple(name for name in bringing if name in profile.unknown and name not in item.applies)


# ---------------------------------------------------------------- bases


def _binding(
    library: Library,
    item: Item,
    places: Sequence[str],
    on: datetime.date,
    newest: Mapping[str, str] | None,
) -> tuple[tuple[Basis, ...], str]:
    """Bases that bind at the place on the day, newest first; or the reason why none does."""
    here = [
        basis
        for basis in item.basis
        if binds_at(library.notices[basis.notice].place, places, library.vocabulary.nation)
    ]
    if not here:
        where = "、".join(dict.fromkeys(library.notices[basis.notice].place for basis in item.basis))
        return (), f"依据只在 {where} 有效，企业在 {places[-1]}"
    begun = [basis for basis in here if since(basis, library.notices) <= on]
    if not begun:
        return (), f"依据自 {min(since(basis, library.notices) for basis in here)} 起有效，检查日为 {on}"
    open_still = [basis for basis in begun if basis.until is None or on <= basis.until]
    if not open_still:
        return (), f"依据已于 {max(basis.until for basis in begun if basis.until)} 到期"
    if newest is None:
        return tuple(sorted(open_still, key=lambda basis: _newest_first(basis, library))), ""
    kept = [basis for basis in open_still if newest.get(library.notices[basis.notice].issuer) == basis.notice]
    return tuple(kept), "" if kept else "只按各机关最新通知选取，本项依据不在其中"


def _said_to(
    vocabulary: Vocabulary, bases: Sequence[Basis], profile: Profile
) -> tuple[tuple[Basis, ...], Verdict]:
    """Those of the bases that are said to such an enterprise; where none surely is, those that may be.

    Those that only encourage or name come behind those that ask.
    """
    judged = [(basis, facts_verdict(vocabulary, basis.applies, profile)) for basis in bases]
    may_be = [(basis, verdict) for basis, verdict in judged if not verdict.refused]
    surely = [(basis, verdict) for basis, verdict in may_be if not verdict.unknown]
    if not may_be:
        return (), judged[0][1]
    kept = sorted(surely or may_be, key=lambda one: one[0].says in WEAK)
    return tuple(basis for basis, _ in kept), Verdict(
        holding=kept[0][1].holding,
        unknown=tuple(dict.fromkeys(name for _, verdict in kept for name in verdict.unknown)),
    )


def _newest_first(basis: Basis, library: Library) -> tuple[int, bool]:
    """Sort key: among those of a year the province's own first."""
    notice = library.notices[basis.notice]
    return (-notice.year, notice.place != library.vocabulary.province)


def since(basis: Basis, notices: Mapping[str, Notice]) -> datetime.date:
    """Day from which a basis holds: its own ``from``, else its notice's."""
    return basis.since or notices[basis.notice].since


def newest_notices(notices: Iterable[Notice], on: datetime.date) -> dict[str, str]:
    """Issuer -> id of its newest notice in force on the day."""
    begun = sorted((notice for notice in notices if notice.since <= on), key=lambda notice: notice.since)
    return {notice.issuer: notice.id for notice in begun}


def progress(basis: Iterable[Basis], on: datetime.date) -> str:
    """「应已完成」 or 「查进度」 for a lasting state with a date; empty where no basis has one."""
    days = [one.due for one in basis if one.due]
    if not days:
        return ""
    return "应已完成" if min(days) < on else f"应于{max(days)}前完成，查进度"


# ---------------------------------------------------------------- reasons


def _why_asked(
    library: Library, item: Item, verdict: Verdict, basis: Sequence[Basis], unknown: Sequence[str]
) -> str:
    vocabulary = library.vocabulary
    industry = vocabulary.industries[item.industry].name
    parts = ["适用于所有企业" if vocabulary.is_general(item.industry) else f"企业属“{industry}”行业领域"]
    parts += verdict.holding
    if unknown:
        names = "、".join(vocabulary.facts[name].name for name in unknown)
        parts.append(f"“{names}”未知，保留待问")
    newest = library.notices[basis[0].notice]
    parts.append(
        f"依据 {newest.number or newest.title}「{basis[0].clause}」{f'等{len(basis)}件' if len(basis) > 1 else ''}"
    )
    return "；".join(parts)


def _without_replaced(decisions: Sequence[Decision]) -> Iterable[Decision]:
    """An item that an open question may still remove replaces only what the same question would remove with it.

    So answering a question only ever takes items away.
    """
    asked = {decision.item.id: decision for decision in decisions if decision.asked}
    replaced = {
        old: newer.item.id
        for newer in asked.values()
        for old in newer.item.replaces
        if old in asked and set(newer.unknown) <= set(asked[old].unknown)
    }
    for decision in decisions:
        newer_id = replaced.get(decision.item.id)
        if decision.asked and newer_id:
            reason = f"已由更新或更严的检查项 {newer_id} 代替"
            yield Decision(decision.item, False, reason, replaced_by=newer_id)
        else:
            yield decision
