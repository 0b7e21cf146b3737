"""Are the rules sound: the same that ``rules check`` says, for the folders of this server."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from checklists.problems import Refused, errors
from checklists.rules.checking import COVERAGE
from checklists.web.look.notices import counted
from checklists.web.pages import Own, page
from checklists.web.served import Served

router = APIRouter()


@router.get("/check")
def check(request: Request, own: Own) -> HTMLResponse:
    """All problems with file and line, and the sentences that nothing accounts for."""
    when, checked = own.checked
    wrong = errors(checked.problems)
    warnings = [found for found in checked.problems if found not in wrong]
    return page(
        request,
        "look/check.html",
        own=own,
        when=when,
        checked=checked,
        wrong=wrong,
        warnings=warnings,
        gaps=None if COVERAGE in checked.left else _gaps(own),
    )


@router.post("/check")
def read_again(own: Own) -> Response:
    """Read the folders again, and show what is said about them then."""
    own.forget()
    own.read_ahead()
    return RedirectResponse("/check", 303)


def _gaps(own: Served) -> dict[str, tuple[str, int]] | None:
    """Notices with sentences that nothing accounts for: title and how many; None while the rules cannot be read."""
    try:
        shelf = own.shelf
    except Refused:
        return None
    counts = {name: counted(shelf, name)["gap"] for name in shelf.library.notices}
    return {name: (shelf.library.notices[name].title, count) for name, count in counts.items() if count}
