"""A cache folder of the tests' own: all processes of a session share it, and nothing of the user's is touched."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile

import pytest

_MADE = pytest.StashKey[str]()


def pytest_configure(config: pytest.Config) -> None:
    """Make it before the workers start, which are given the environment.

    A worker comes to hold many libraries of rules, none of which ever goes: the collector looks at them less often.
    """
    gc.set_threshold(200_000, 20, 20)
    if not hasattr(config, "workerinput"):
        config.stash[_MADE] = tempfile.mkdtemp(prefix="checklists-tests-")
        os.environ["XDG_CACHE_HOME"] = config.stash[_MADE]


def pytest_unconfigure(config: pytest.Config) -> None:
    """Take it away with the session that made it."""
    if _MADE in config.stash:
        shutil.rmtree(config.stash[_MADE], ignore_errors=True)
