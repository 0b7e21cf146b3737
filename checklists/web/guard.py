"""What stands before every page: who may ask, how much may be sent, what a browser may do with the answer."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from urllib.parse import urlsplit

from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = ("localhost", "127.0.0.1", "::1")
UPLOAD_BYTES = 300 << 20
"""Of one request: a county's books of a month."""
UPLOAD_SECONDS = 120.0
"""Within which a request has to be there."""
SAFE_METHODS = ("GET", "HEAD")
HEADERS = {
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
"""No address but this server's is ever asked, and no other page may hold this one."""


class TooMuch(Exception):  # noqa: N818 -- reads as what it is at the place where it is raised
    """More was sent than is taken in, or too slowly."""


class Guard:
    """ASGI middleware: refuses foreign Host and Origin, bodies that are too large or too slow; sets the headers."""

    def __init__(self, app: ASGIApp, hosts: Sequence[str] = (), most: int = UPLOAD_BYTES) -> None:
        self.app, self.most = app, most
        self.hosts = frozenset((*LOOPBACK, *hosts))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        if why := self._refusal(scope["method"], headers):
            await PlainTextResponse(why[1], why[0])(scope, receive, send)
            return
        taken = _Taken(receive, self.most)
        try:
            await self.app(scope, taken, _with_headers(send, taken))
        except TooMuch:
            if not taken.answered:
                await PlainTextResponse("上传的内容太大，或者传得太慢，没有收下。", 413)(scope, receive, send)

    def _refusal(self, method: str, headers: dict[str, str]) -> tuple[int, str] | None:
        """Status and words for a request that is not let in."""
        if _name_of(f"//{headers.get('host', '')}") not in self.hosts:
            return 421, "这个页面只应从本机打开。"
        if method in SAFE_METHODS:
            return None
        origin, site = headers.get("origin"), headers.get("sec-fetch-site", "same-origin")
        if (origin is not None and urlsplit(origin).netloc != headers["host"]) or site not in (
            "same-origin",
            "none",
        ):
            return 403, "别的网页发来的请求，没有理会。"
        length = headers.get("content-length", "")
        if length.isascii() and length.isdigit() and int(length[:20]) > self.most:
            return 413, f"一次最多上传 {self.most >> 20} MB。"
        return None


def _name_of(address: str) -> str:
    """The host of an address without its port; empty for what is none."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


class _Taken:
    """What comes in of one request, counted and timed."""

    def __init__(self, receive: Receive, most: int) -> None:
        self.receive, self.most, self.bytes, self.answered = receive, most, 0, False
        self.until = asyncio.get_running_loop().time() + UPLOAD_SECONDS
        self.whole = False

    async def __call__(self) -> Message:
        if self.whole:
            return await self.receive()
        try:
            async with asyncio.timeout_at(self.until):
                message = await self.receive()
        except TimeoutError:
            raise TooMuch from None
        self.bytes += len(message.get("body", b""))
        self.whole = not message.get("more_body", False)
        if self.bytes > self.most:
            raise TooMuch
        return message


def _with_headers(send: Send, taken: _Taken) -> Send:
    """The same, each answer with the headers of this page; that there is one is noted."""

    async def sending(message: Message) -> None:
        taken.answered = True
        if message["type"] == "http.response.start":
            given = {name for name, _ in message["headers"]}
            more = [
                (name.encode(), value.encode())
                for name, value in HEADERS.items()
                if name.encode() not in given
            ]
            message = {**message, "headers": [*message["headers"], *more]}
        await send(message)

    return sending
