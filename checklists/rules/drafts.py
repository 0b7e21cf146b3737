"""Stubs of items for the sentences of a notice that seem to bind; a hint for a person, never a substitute for reading."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import yaml

from checklists.models import Clause, Notice
from checklists.notices.clauses import sentences

BINDING = re.compile(
    "必须|严禁|不得|应当|一律|禁止|安装|配备|督促|推动|着力解决|整治|严厉打击|全覆盖|年底前|月底前"
)
_STUB = """\
  - id:
    title:
    content:
    standard:
    where:
    how: []
    evidence:
    rectify:
    category:
    departments: []
    every:
    applies: {{}}
    basis:
      - notice: {notice}
        clause: {clause}
        says:
        quote: {quote}
"""


def draft(notice: Notice, clauses: Iterable[Clause]) -> Iterator[str]:
    """YAML of one list item for each sentence that seems to bind, to be put under ``items`` and filled in."""
    for clause in clauses:
        for sentence in sentences(clause):
            if BINDING.search(sentence):
                texts = {"notice": notice.id, "clause": clause.path, "quote": sentence}
                yield _STUB.format(**{name: _quoted(text) for name, text in texts.items()})


def _quoted(text: str) -> str:
    """The text between double quotes, whatever stands in it."""
    return str(yaml.safe_dump(text, default_style='"', allow_unicode=True, width=float("inf"))).strip()
