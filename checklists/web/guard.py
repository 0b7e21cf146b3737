"""What stands before every page: who may ask, how much may be sent, what a browser may do with the answer."""

from __future__ import annotations

import asyncio
import logging
import re
import traceback
from collections.abc import Mapping, Sequence
from contextlib import suppress
from urllib.parse import urlsplit

from starlette.requests import ClientDisconnect
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = ("localhost", "127.0.0.1", "::1")
UPLOAD_BYTES = 300 << 20
"""Of one request with files: a county's books of a month."""
FORM_BYTES = 1 << 20
"""Of one request without files."""
UPLOAD_SECONDS = 120.0
"""Within which a request has to be there."""
HEARD = 4
"""Times what is taken in: so much is let pass unread, so that a browser is done sending and hears why it was not taken."""
SAFE_METHODS = ("GET", "HEAD")
OWN_SITES = ("same-origin", "none")
"""What a browser says of requests of this page, and of addresses that somebody typed or kept."""
HEADERS = {
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
"""No address but this server's is ever asked, and no other page may hold this one.

With ``no-referrer`` browsers would say of this page's own forms that they come from nowhere (``Origin: null``).
"""
NOT_HERE = "这个页面只应从本机打开。"
FOREIGN = "别的网页发来的请求，没有理会。"
NO_LENGTH = "请求写得不对，没有理会。"
TOO_MUCH = "发来的内容太大，没有收下：一次最多 {mb} MB。"
TOO_SLOW = "内容传得太慢，没有收下。请再试一次。"
BROKEN = "程序出错了，这一步没有做成；别的不受影响。请把做了什么告诉维护的人。"
_HOST = re.compile(r"(?:\[(?P<six>[0-9a-fA-F:.]+)\]|(?P<name>[A-Za-z0-9.-]+))(?::[0-9]{1,5})?")
_LOG = logging.getLogger("checklists.web")

Refusal = tuple[int, str]
"""Status and words."""


class _Ended(Exception):  # noqa: N818 -- no error: the request is over, and what it was told is known
    """More was sent than is taken in, or too slowly."""


class Guard:
    """ASGI middleware: refuses what foreign pages ask, bodies that are too large or too slow; sets the headers.

    ``most`` bytes of a request with files, ``form`` of one without, within so many ``seconds``.
    """

    def __init__(
        self,
        app: ASGIApp,
        hosts: Sequence[str] = (),
        *,
        most: int = UPLOAD_BYTES,
        form: int = FORM_BYTES,
        seconds: float = UPLOAD_SECONDS,
    ) -> None:
        self.app = app
        self.hosts = frozenset(name.lower() for name in (*LOOPBACK, *hosts))
        self.most, self.form, self.seconds = most, form, seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.close"})
        elif scope["type"] == "http":
            await self._answer(scope, receive, _Sending(send))
        else:
            await self.app(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, sending: _Sending) -> None:
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        most = self._most_of(headers)
        refusal = self._refusal(scope["method"], headers)
        if refusal is None and (refusal := _length_refusal(headers, most)):
            await _Taken(receive, HEARD * most, self.seconds).rest()
        elif refusal is None:
            refusal = await self._asked(scope, _Taken(receive, most, self.seconds), sending)
        if refusal and not sending.begun:
            sending.open, sending.taken = True, None
            close = {"connection": "close"}  # what is still on its way is not waited for
            await PlainTextResponse(refusal[1], refusal[0], close)(scope, receive, sending)

    async def _asked(self, scope: Scope, taken: _Taken, sending: _Sending) -> Refusal | None:
        """Let the page answer; what is to be said in its stead, if something is."""
        taken.sending, sending.taken = sending, taken
        as_get = {**scope, "method": "GET"} if scope["method"] == "HEAD" else scope
        try:
            await self.app(as_get, taken, sending)
        except _Ended:
            pass
        except ClientDisconnect:  # who asked has gone, and hears no answer
            return None
        except Exception as failure:  # said without a trace, which might hold what somebody typed
            _LOG.error("%s", where_it_failed(failure))
            return 500, BROKEN
        return taken.refusal

    def _most_of(self, headers: Mapping[str, str]) -> int:
        with_files = headers.get("content-type", "").startswith("multipart/form-data")
        return self.most if with_files else self.form

    def _refusal(self, method: str, headers: Mapping[str, str]) -> Refusal | None:
        """For a request that is not let in, whoever sent it."""
        if _name_of(headers.get("host", "")) not in self.hosts:
            return 421, NOT_HERE
        foreign = headers.get("sec-fetch-site", "none") not in OWN_SITES
        if method in SAFE_METHODS:
            followed = headers.get("sec-fetch-mode", "navigate") == "navigate"
            return (403, FOREIGN) if foreign and not followed else None
        origin = headers.get("origin")
        if foreign or (origin is not None and urlsplit(origin).netloc != headers["host"]):
            return 403, FOREIGN
        return None


def _name_of(host: str) -> str:
    """The name in a Host header without its port; empty for what is none."""
    found = _HOST.fullmatch(host)
    return (found["six"] or found["name"]).lower() if found else ""


def _length_refusal(headers: Mapping[str, str], most: int) -> Refusal | None:
    told = headers.get("content-length", "0")
    if not (told.isascii() and told.isdigit()):
        return 400, NO_LENGTH
    return _too_much(most) if int(told[:20]) > most else None


def _too_much(most: int) -> Refusal:
    return 413, TOO_MUCH.format(mb=max(most >> 20, 1))


def where_it_failed(failure: BaseException) -> str:
    """Kind and place of a failure, without its words: these may be somebody's name."""
    frames = traceback.extract_tb(failure.__traceback__)
    place = f" {frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    return f"程序出错：{type(failure).__name__}{place}"


class _Taken:
    """What comes in of one request, counted and timed; when it is too much, the page's answer is no longer sent."""

    def __init__(self, receive: Receive, most: int, seconds: float) -> None:
        self.receive, self.most, self.bytes, self.whole = receive, most, 0, False
        self.until = asyncio.get_running_loop().time() + seconds
        self.refusal: Refusal | None = None
        self.sending: _Sending | None = None

    async def __call__(self) -> Message:
        if self.refusal:
            raise _Ended
        if self.whole:
            return await self.receive()
        try:
            async with asyncio.timeout_at(self.until):
                message = await self.receive()
        except TimeoutError:
            raise self._end((408, TOO_SLOW)) from None
        self.bytes += len(message.get("body", b""))
        self.whole = not message.get("more_body", False)
        if self.bytes > self.most:
            raise self._end(_too_much(self.most))
        return message

    async def rest(self) -> None:
        """Let pass what the page did not want to read: a line that still sends would stay open after the answer."""
        with suppress(_Ended):
            while not self.whole:
                await self()

    def _end(self, refusal: Refusal) -> _Ended:
        self.refusal = refusal
        if self.sending:
            self.sending.open = False
        return _Ended()


class _Sending:
    """Each answer with the headers of this page, and whether one has begun."""

    def __init__(self, send: Send) -> None:
        self.send, self.begun, self.open = send, False, True
        self.taken: _Taken | None = None

    async def __call__(self, message: Message) -> None:
        if self.taken and not self.begun:
            await self.taken.rest()
        if not (self.open or self.begun):
            return
        if message["type"] == "http.response.start":
            self.begun = True
            given = {name.lower() for name, _ in message.get("headers", ())}
            own = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
            more = [pair for pair in own if pair[0] not in given]
            message = {**message, "headers": [*message.get("headers", ()), *more]}
        await self.send(message)
