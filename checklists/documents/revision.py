"""What changed from one notice to another, put into the 修订对照表."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from checklists.documents.catalogue import COMPARISON
from checklists.documents.comparison import comparison_document, comparison_view
from checklists.models import CitedNotice
from checklists.notices.comparing import Change, summary
from checklists.notices.duties import Duty
from checklists.rules.citation import clause_words, notice_reference


def comparison_of(
    before: CitedNotice, after: CitedNotice, changes: Sequence[Change], templates: Path
) -> dict[str, bytes]:
    """The document of what changed from one notice to the other, by its file name. Raises Refused for its template."""
    rows = [
        ("、".join(change.kinds), _side(change.before), _side(change.after), change.figure_words)
        for change in changes
        if not change.unchanged
    ]
    one, other = (
        f"{notice.title}（{notice_reference(notice)}）" if notice.number else notice.title
        for notice in (before, after)
    )
    view = comparison_view(one, other, summary(changes), rows)
    content = comparison_document(templates / COMPARISON.file, view, after.since)
    return {f"修订对照表_{before.id}_{after.id}.docx": content}


def _side(duties: Sequence[Duty]) -> list[tuple[str, str]]:
    """Clause and words of each sentence of one side."""
    return [(clause_words(duty.path), duty.text) for duty in duties]
