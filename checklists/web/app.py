"""The page as an ASGI application: its parts put together, and what a visitor reads when something goes wrong."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, JSONResponse, Response

from checklists import __version__
from checklists.problems import Position, Refused, problem
from checklists.web import about, making
from checklists.web.api import routes as api
from checklists.web.guard import Guard
from checklists.web.look import routes
from checklists.web.pages import HERE, page
from checklists.web.served import Served

TOLD = {
    "Not Found": "没有这个地址。",
    "Method Not Allowed": "这个地址不能这样用。",
    "There was an error parsing the body": "收到的内容读不出来：要写成 UTF-8 的 JSON。",
}
"""What the framework says, in the page's words."""


def web_app(served: Served) -> FastAPI:
    """The application over what is served; when it ends, the visitors' files go."""
    app = FastAPI(
        title="安全生产检查表",
        version=__version__,
        description="检查表、通知、检查项的 JSON 接口。只在本机回答。",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        lifespan=_lifetime,
    )
    app.state.served = served
    app.include_router(making.router)
    app.include_router(routes.router)
    app.include_router(api.router)
    app.include_router(about.router)
    app.mount("/assets", StaticFiles(directory=HERE / "assets"), name="assets")
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(RequestValidationError, _misasked)
    app.add_exception_handler(HTTPException, _not_there)
    app.add_exception_handler(Exception, _broken)
    app.add_middleware(Guard, hosts=served.hosts)
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
    told = TOLD.get(wrong.detail, wrong.detail)
    if request.url.path.startswith("/api/"):
        return JSONResponse({"detail": told}, wrong.status_code, wrong.headers)
    return page(request, "missing.html", wrong.status_code, told=told)


def _broken(request: Request, failure: Exception) -> Response:
    """A fault of the program's own: told without a traceback, and without what was typed."""
    told = problem(
        "internal-error", Position("程序"), kind=type(failure).__name__, told=type(failure).__name__
    )
    return HTMLResponse(f"<!doctype html><meta charset=utf-8><p>{told.message}。{told.remedy}", 500)
