"""The page as an ASGI application: its parts put together, and what a visitor reads when something goes wrong."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from checklists import __version__
from checklists.problems import Position, Refused, problem
from checklists.web import about, checking, making, returned, rosters, working
from checklists.web.api import routes as api
from checklists.web.guard import Guard
from checklists.web.look import routes
from checklists.web.pages import HERE, page
from checklists.web.served import Served

QUIET: Any = {"tracing": False, "metrics": False, "logs": False, "auto_configure": False}
"""Nothing is told of what is asked, whatever the environment says."""
TOLD = {
    400: "发来的内容读不懂，没有收下。",
    404: "没有这个地址。",
    405: "这个地址不是这样用的。",
    413: "发来的内容太大，没有收下。",
    422: "发来的内容不对，没有收下。",
}


def web_app(served: Served) -> FastAPI:
    """The application over what is served; when it ends, the visitors' files go."""
    app = FastAPI(
        title="安全生产检查表",
        version=__version__,
        description="检查表、通知、检查项的 JSON 接口。只在本机回答。",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        telemetry=QUIET,
        lifespan=_lifetime,
    )
    app.state.served = served
    for part in (making, working, rosters, returned, checking, routes, api, about):
        app.include_router(part.router)
    app.mount("/assets", StaticFiles(directory=HERE / "assets"), name="assets")
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(RequestValidationError, _misasked)
    app.add_exception_handler(HTTPException, _not_there)
    app.add_middleware(Guard, hosts=served.hosts, most=served.upload_bytes)
    return app


@asynccontextmanager
async def _lifetime(app: FastAPI) -> AsyncIterator[None]:
    app.state.served.read_ahead()
    yield
    app.state.served.close()


def _refused(request: Request, refused: Exception) -> Response:
    """What cannot be done, with where and what to do about it."""
    assert isinstance(refused, Refused)
    if request.url.path.startswith("/api/"):
        return JSONResponse({"problems": [found.as_json() for found in refused.problems]}, 422)
    return page(request, "refused.html", 422, problems=refused.problems)


def _misasked(request: Request, wrong: Exception) -> Response:
    """Fields that are missing or not of their kind."""
    assert isinstance(wrong, RequestValidationError)
    names = (str(found["loc"][-1]) if found["loc"] else "" for found in wrong.errors())
    fields = dict.fromkeys(name[:60] for name in names)
    return _refused(
        request, Refused([problem("request-wrong", Position("请求"), field=name) for name in fields])
    )


def _not_there(request: Request, wrong: Exception) -> Response:
    assert isinstance(wrong, HTTPException)
    said_by_us = not wrong.detail.isascii()
    told = wrong.detail if said_by_us else TOLD.get(wrong.status_code, TOLD[400])
    if request.url.path.startswith("/api/"):
        return JSONResponse({"detail": told}, wrong.status_code, wrong.headers)
    return page(request, "missing.html", wrong.status_code, told=told)
