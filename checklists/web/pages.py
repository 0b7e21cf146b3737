"""Pages: Jinja templates filled with plain values, everything from outside escaped."""

from __future__ import annotations

import datetime
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from checklists import __version__
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
    made.filters |= {"where": spoken.where, "message": spoken.message, "remedy": spoken.remedy}
    made.globals["version"] = __version__
    return made


def served_of(request: Request) -> Served:
    """What the server has that the request came to."""
    served: Served = request.app.state.served
    return served


def today() -> datetime.date:
    """The day on this machine."""
    return datetime.datetime.now().astimezone().date()


def page(request: Request, name: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A whole page or a part of one."""
    edition = served_of(request).library.edition
    text = environment().get_template(name).render(edition=edition, at=request.url.path, **values)
    return HTMLResponse(text, status)
