"""The catalogue of messages: every text that reports a problem stands here, once, in the module of its subject.

A message says what is wrong; its remedy says what to do. Both are format strings; the names in braces are
the details given to :func:`checklists.problems.problem`.
"""

from __future__ import annotations

from checklists.messages import (
    batch,
    carry,
    cli,
    core,
    criteria,
    drafts,
    files,
    notices,
    office,
    returns,
    roster,
    rules,
    templates,
    verify,
    web,
    yaml,
)
from checklists.messages.message import Message

_SUBJECTS = (
    batch,
    carry,
    cli,
    core,
    criteria,
    drafts,
    files,
    notices,
    office,
    returns,
    roster,
    rules,
    templates,
    verify,
    web,
    yaml,
)

MESSAGES: dict[str, Message] = {
    code: message for subject in _SUBJECTS for code, message in subject.MESSAGES.items()
}
assert len(MESSAGES) == sum(len(subject.MESSAGES) for subject in _SUBJECTS), "a code stands twice"
