"""A real engine in place of our own processes: Dask, two workers on this machine, spoken to over loopback."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from distributed import Client, LocalCluster

from checklists.batch.run import run_batch
from tests.rosters import small_press, write_xlsx

HEAD = ["单位名称", "企业类型", "所在地", "使用燃气", "供气方式"]
TYPES = ["餐饮用气单位", "加油站", "酒店"]


@pytest.fixture(scope="module")
def client() -> Iterator[Client]:
    """Two worker processes, no page to look at."""
    with (
        LocalCluster(
            n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None, silence_logs=50
        ) as cluster,
        Client(cluster) as found,
    ):
        yield found


def documents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith(".") and path.parent != folder
    }


@pytest.mark.filterwarnings("ignore")  # the engine's own
def test_another_engine_makes_the_same_documents(tmp_path: Path, client: Client) -> None:
    rows = [[f"某某{n}号", TYPES[n % 3], "阳城县", "是" if n % 2 else "", ""] for n in range(6)]
    roster = write_xlsx(tmp_path / "roster.xlsx", [HEAD, *rows])
    press = small_press(tmp_path / "house")
    with client.get_executor() as executor:
        made = run_batch(roster, tmp_path / "dask", press, executor=executor)
    assert (made.made, made.refused) == (6, 0), made.problems
    ours = run_batch(roster, tmp_path / "ours", press)
    assert ours.written == made.written == 18
    assert documents(tmp_path / "dask") == documents(tmp_path / "ours")
    assert len(client.run(lambda: None)) == 2
