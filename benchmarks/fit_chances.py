"""The weights of ``checklists/rules/drafts/chances.py``, fitted: a logistic regression over four notices taken away in turn.

    python benchmarks/fit_chances.py

Prints the weights of an item's clues and of the state's, each behind its constant, and how those of three notices judge the
fourth (average precision of the items, share of sentences put on the right side). Needs benchmarks/requirements.txt.
"""

from __future__ import annotations

import tempfile
from dataclasses import astuple, dataclass
from pathlib import Path

from leave_one_out import NOTICES, imported_again, quotes_of
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score

from checklists.data import data_folder
from checklists.notices.duties import duties_of
from checklists.rules.coverage import coverage
from checklists.rules.drafts.bound import is_narrative
from checklists.rules.drafts.search import Earlier
from checklists.rules.drafts.sides import Sides
from checklists.rules.library import Library, open_library
from checklists.text import squeeze


@dataclass
class Sentence:
    """One sentence: the clues of every item like it with whether it is right, and its side."""

    text: str
    sides: Sides
    items: list[tuple[tuple[float, ...], bool]]
    status: str


def sentences_of(library: Library, name: str) -> list[Sentence]:
    """The sentences of a notice that was taken away."""
    with tempfile.TemporaryDirectory() as folder:
        without = imported_again(library, library.notices[name], Path(folder))
    earlier, quotes = Earlier(without, name), quotes_of(library, name)
    status = {squeeze(part.text): part.status for _, parts in coverage(library)[name] for part in parts}
    found = []
    for clause in without.clauses[name].values():
        for duty in () if is_narrative(clause) else duties_of([clause]):
            text = squeeze(duty.text)
            right = set().union(*(items for quote, items in quotes.items() if quote in text))
            items = [(astuple(one.clues), one.item in right) for one in earlier.like(duty.text).matches]
            found.append(Sentence(duty.text, earlier.sides, items, status.get(text, "")))
    return found


def item_model(sentences: list[Sentence]) -> LogisticRegression:
    """Fitted to every item like any sentence."""
    items = [item for one in sentences for item in one.items]
    return LogisticRegression(C=3, max_iter=5000).fit(
        [clues for clues, _ in items], [right for _, right in items]
    )


def state_clues(one: Sentence, model: LogisticRegression) -> tuple[float, ...]:
    """The clues of the sentence's side, its likeliest item judged by ``model``."""
    chances = model.predict_proba([clues for clues, _ in one.items])[:, 1] if one.items else [0.0]
    return astuple(one.sides.clues(one.text, float(max(chances))))


def state_model(sentences: list[Sentence], model: LogisticRegression) -> LogisticRegression:
    """Fitted to the sentences that were either asked or set aside."""
    known = [one for one in sentences if one.status in ("cited", "government-only")]
    sides = [one.status == "government-only" for one in known]
    return LogisticRegression(C=3, max_iter=5000).fit([state_clues(one, model) for one in known], sides)


def main() -> None:
    """Print the weights, and how they do on a notice that they were not fitted to."""
    library, _ = open_library(data_folder("rules"), data_folder("seeds"))
    by_notice = {name: sentences_of(library, name) for name in NOTICES}
    for left_out, judged in by_notice.items():
        rest = [one for name, some in by_notice.items() if name != left_out for one in some]
        items, known = item_model(rest), [one for one in judged if one.status in ("cited", "government-only")]
        clues = [item for one in judged for item in one.items]
        chances = items.predict_proba([one for one, _ in clues])[:, 1]
        precision = average_precision_score([right for _, right in clues], chances)
        sides = state_model(rest, items).predict([state_clues(one, items) for one in known])
        right = sum(side == (one.status != "cited") for side, one in zip(sides, known, strict=True))
        print(f"{left_out}, not fitted to: items {precision:.3f}, sides {right} of {len(known)}")
    everything = [one for some in by_notice.values() for one in some]
    items = item_model(everything)
    for name, model in (("_ITEM", items), ("_STATE", state_model(everything, items))):
        weights = ", ".join(f"{weight:.1f}" for weight in model.coef_[0])
        print(f"{name} = ({model.intercept_[0]:.1f}, ({weights}))")


if __name__ == "__main__":
    main()
