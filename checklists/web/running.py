"""The server of the page: on this machine's own address alone, saying nothing of what is asked."""

from __future__ import annotations

import socket
import sys

import uvicorn
from starlette.types import ASGIApp

HOME = "127.0.0.1"


def listening(port: int) -> socket.socket:
    """A socket that only this machine reaches; 0: any free port. Raises OSError when another program has the port."""
    taken = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    if sys.platform != "win32":  # there it would share the port with another program
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((HOME, port))
    except OSError:
        taken.close()
        raise
    return taken


def server_of(app: ASGIApp) -> uvicorn.Server:
    """The server; its ``run`` takes the sockets to listen on."""
    config = uvicorn.Config(
        app,
        access_log=False,
        log_level="warning",
        server_header=False,
        proxy_headers=False,
        ws="none",
        timeout_keep_alive=5,
    )
    return uvicorn.Server(config)
