"""Pages: Jinja templates filled with plain values, everything from outside escaped."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import Depends
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from checklists import __version__
from checklists.rules.citation import clause_words
from checklists.web import spoken
from checklists.web.served import Served

HERE = Path(__file__).parent


@cache
def environment() -> Environment:
    """The templates of the pages."""
    made = Environment(
        loader=FileSystemLoader(HERE / "pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters["path"] = lambda text: quote(str(text), safe="")
    made.filters["clause_path"] = lambda path: quote(str(path), safe="/")
    made.filters["clause"] = clause_words
    made.filters |= {"where": spoken.where, "message": spoken.message, "remedy": spoken.remedy}
    made.globals["version"] = __version__
    return made


def served_of(request: Request) -> Served:
    """What the server has that the request came to."""
    served: Served = request.app.state.served
    return served


Own = Annotated[Served, Depends(served_of)]
"""What the server has, as a page is given it."""


def page(request: Request, name: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A whole page or a part of one; ``at``: the address that the page belongs to, where it is not its own."""
    edition = served_of(request).edition
    told = {"at": request.url.path, "edition": edition, **values}
    return HTMLResponse(environment().get_template(name).render(told), status)
