"""``papers.yaml``: which words of the notices ask for each of the other papers, and what these always print."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from checklists.models import Holder, PapersFile, PaperWords
from checklists.problems import Position, Problem, Refused, problem
from checklists.rules.vocabulary import PAPERS
from checklists.yamlfile.entries import load_model
from checklists.yamlfile.reading import Lines, line_of


@dataclass(frozen=True)
class Papers:
    """The file as it was read; nothing in it when there is none."""

    path: Path = Path(PAPERS)
    lines: Lines = field(default_factory=dict, repr=False)
    written: PapersFile | None = field(default=None, repr=False)

    def position(self, *inside: str | int) -> Position:
        """Where something of the file stands."""
        return Position(str(self.path), line_of(self.lines, inside))

    def words(self, name: str) -> PaperWords:
        """What is written of a paper. Raises Refused when nothing is."""
        if self.written is None or name not in self.written.papers:
            raise Refused([problem("paper-unwritten", Position(str(self.path)), name=name)])
        return self.written.papers[name]

    def draft(self, holder: Holder) -> str:
        """工作用稿，…. Raises Refused when it is not written."""
        drafts = self.written.drafts if self.written else {}
        if holder not in drafts:
            raise Refused([problem("paper-draft", self.position("drafts"), holder=holder)])
        return drafts[holder]

    @property
    def disclaimer(self) -> str:
        """Printed once on every paper."""
        return self.written.disclaimer if self.written else ""

    @property
    def by_name(self) -> Mapping[str, PaperWords]:
        """What is written of each paper."""
        return self.written.papers if self.written else {}


def load_papers(folder: Path) -> tuple[Papers, list[Problem]]:
    """Read ``papers.yaml``; a folder may be without, then only checklists and workbooks can be made."""
    path = folder / PAPERS
    if not path.exists():
        return Papers(path), []
    written, lines, problems = load_model(PapersFile, path)
    return Papers(path, lines, written), problems
