"""Why an item is asked of an enterprise or not, in words that stand in front of a lawyer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from checklists.models import Basis
from checklists.rules.citation import notice_reference, says_word
from checklists.rules.library import Library
from checklists.selection.core import CoreReason
from checklists.selection.select import Decision, Selection, since


def explanation(
    library: Library, selection: Selection, decision: Decision, core: Mapping[str, CoreReason]
) -> str:
    """Verdict, reason, whether it is core and why, and every basis of the item with whether it binds here and on the day."""
    item = decision.item
    lines = [
        f"{item.id}　{item.content}",
        f"  结论：{'查' if decision.asked else '不查'}。{decision.reason}。",
    ]
    if reason := core.get(item.id):
        lines.append(f"  ★必查：{reason.why}（{reason.of}）。")
    lines += [f"  {line}" for basis in item.basis for line in _basis_lines(library, selection, basis)]
    return "\n".join(lines)


def _basis_lines(library: Library, selection: Selection, basis: Basis) -> Iterator[str]:
    notice = library.notices[basis.notice]
    yield f"依据 {notice_reference(notice)}「{basis.clause}」（{says_word(basis)}）：{basis.quote}"
    yield f"    {_standing(library, selection, basis)}"


def _standing(library: Library, selection: Selection, basis: Basis) -> str:
    notice = library.notices[basis.notice]
    if notice.place not in selection.profile.places:
        return f"只在 {notice.place} 有效，企业在 {selection.profile.places[-1]}，不适用。"
    begins = since(basis, library.notices)
    if begins > selection.on:
        return f"自 {begins} 起有效，检查日 {selection.on} 尚未生效。"
    if basis.until and basis.until < selection.on:
        return f"{basis.until} 到期，检查日 {selection.on} 已不再要求。"
    due = f"，应于 {basis.due} 前完成" if basis.due else ""
    return f"在 {notice.place} 有效，自 {begins} 起{due}。"
