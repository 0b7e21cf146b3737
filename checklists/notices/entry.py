"""A new entry in ``notices.yaml``, written by the YAML library, with everything that stands there left as it is."""

from __future__ import annotations

from typing import Any

import yaml

from checklists.models import Notice

_FIELDS = ("id", "title", "number", "issuer", "place", "year", "date", "file")


def entry_text(notice: Notice, indent: int = 2) -> str:
    """The notice as it stands in the catalogue: a list item whose dash is ``indent`` columns from the left."""
    fields = {name: getattr(notice, name) for name in _FIELDS if getattr(notice, name) is not None}
    written = _dumped([fields], flow=False) + f"  lines: {_dumped(list(notice.lines), flow=True)}"
    if not notice.wrapped:
        written = written.rstrip() + "\n  wrapped: false\n"
    return "".join(f"{' ' * indent}{line}\n" for line in written.splitlines())


def _dumped(value: Any, *, flow: bool) -> str:
    return str(
        yaml.safe_dump(
            value, allow_unicode=True, sort_keys=False, width=float("inf"), default_flow_style=flow
        )
    )


def with_entry(catalogue: str, notice: Notice) -> str:
    """The catalogue's text with the notice behind the last one; nothing else of it changes.

    Raises yaml.YAMLError or ValueError where the text has no list of notices to add to. The caller reads the result
    back and compares before writing it.
    """
    notices = _notices_node(catalogue)
    end = "\r\n" if "\r\n" in catalogue else "\n"
    if isinstance(notices, yaml.SequenceNode) and notices.value and not notices.flow_style:
        before = catalogue if catalogue.endswith("\n") else catalogue + end
        entry = end + _with_ends(entry_text(notice, notices.start_mark.column), end)
        return before + entry
    if isinstance(notices, yaml.SequenceNode) and not notices.value:
        start, stop = notices.start_mark.index, notices.end_mark.index
        remark, _, rest = catalogue[stop:].partition("\n")
        head = (catalogue[:start].rstrip() + remark.rstrip()).rstrip()
        return head + end + _with_ends(entry_text(notice), end) + rest
    raise ValueError("notices 不是一条一条的列表")


def _with_ends(text: str, end: str) -> str:
    return text.replace("\n", end)


def _notices_node(catalogue: str) -> yaml.Node | None:
    """Where the list of notices stands. PyYAML's own reader counts characters as Python does."""
    root = yaml.compose(catalogue, Loader=yaml.SafeLoader)
    pairs = root.value if isinstance(root, yaml.MappingNode) else []
    return next((value for key, value in pairs if key.value == "notices"), None)
