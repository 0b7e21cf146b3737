"""The page as it is served: uvicorn on a free port of this machine, in a thread of its own."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from starlette.types import ASGIApp

from checklists.data import data_folder
from checklists.web.app import web_app
from checklists.web.running import listening, server_of
from checklists.web.served import Served
from checklists.web.visitors import Visitors


def served(folder: Path) -> Served:
    """The rules and templates that come with the program; visitors' files under ``folder``."""
    return Served(data_folder("rules"), data_folder("seeds"), data_folder("templates"), Visitors(folder))


@contextmanager
def running(app: ASGIApp) -> Iterator[str]:
    """Address under which the application answers, as http://127.0.0.1:40321."""
    taken = listening(0)
    server = server_of(app)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [taken]})
    thread.start()
    try:
        while not server.started and thread.is_alive():
            time.sleep(0.01)
        yield "http://{}:{}".format(*taken.getsockname())
    finally:
        server.should_exit = True
        thread.join()
        taken.close()


@contextmanager
def page_running(folder: Path) -> Iterator[str]:
    """The whole page, its rules read beforehand."""
    own = served(folder)
    own.library  # noqa: B018 -- read before somebody waits for it
    with running(web_app(own)) as address:
        yield address
