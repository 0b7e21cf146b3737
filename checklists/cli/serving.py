"""checklists serve"""

from __future__ import annotations

import importlib.util
import socket
import threading
import webbrowser
from typing import TYPE_CHECKING, Annotated

import typer

from checklists.cli.shared import COMMAND_LINE, RulesOption, SeedsOption, TemplatesOption
from checklists.data import data_folder
from checklists.problems import Refused, problem

if TYPE_CHECKING:
    from checklists.web.served import Served

PORT = 8765
NEEDED = ("fastapi", "uvicorn", "python_multipart", "pypinyin", "pygal")

PortOption = Annotated[int, typer.Option("--port", metavar="端口", min=1, max=65535, help="本机的端口")]
BrowserOption = Annotated[
    bool, typer.Option("--browser/--no-browser", help="打开浏览器；不要就加 --no-browser")
]
HostOption = Annotated[
    list[str] | None,
    typer.Option(
        "--host-name",
        metavar="名称",
        help="放在单位内网的代理后面时，代理的域名；可写多次（怎样设，见 docs/intranet.md）",
        show_default=False,
    ),
]


def serve_pages(
    port: PortOption = PORT,
    browser: BrowserOption = True,
    hosts: HostOption = None,
    rules: RulesOption = None,
    seeds: SeedsOption = None,
    templates: TemplatesOption = None,
) -> None:
    """打开网页：用鼠标选类型、看清单、生成文书、汇总交回的表。只在本机，不联网；按 Ctrl-C 结束。"""
    _check_installed()
    from checklists.web.served import Served
    from checklists.web.visitors import Visitors

    taken = _listening(port)
    served = Served(
        rules or data_folder("rules"),
        seeds or data_folder("seeds"),
        templates or data_folder("templates"),
        Visitors(),
        tuple(hosts or ()),
    )
    try:
        served.library  # noqa: B018 -- rules that are not sound stop it here
        _run(served, taken, browser)
    finally:
        served.close()


def _check_installed() -> None:
    for name in NEEDED:
        if importlib.util.find_spec(name) is None:
            raise Refused([problem("page-missing", COMMAND_LINE, name=name)])


def _listening(port: int) -> socket.socket:
    """The socket of the page. Raises Refused when another program has the port."""
    from checklists.web.running import listening

    try:
        return listening(port)
    except OSError:
        raise Refused([problem("port-taken", COMMAND_LINE, port=port, other=port + 1)]) from None


def _run(served: Served, taken: socket.socket, browser: bool) -> None:
    from checklists.web.app import web_app
    from checklists.web.running import server_of

    host, port = taken.getsockname()
    address = f"http://{host}:{port}/"
    print(f"网页在 {address} ，只有本机能打开。用完按 Ctrl-C 结束。", flush=True)
    if browser:
        threading.Timer(0.5, webbrowser.open, (address,)).start()
    server_of(web_app(served)).run(sockets=[taken])


def register(root: typer.Typer) -> None:
    """The command stands at the top level."""
    root.command("serve")(serve_pages)
