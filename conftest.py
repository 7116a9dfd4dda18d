"""What every test may use."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

# Tests never touch the state of a county on this machine: they get a home of their own, before settings are read.
os.environ["XIANGQIAO_HOME"] = tempfile.mkdtemp(prefix="xiangqiao-test-")


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, settings: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Give each test a home of its own, with its own keys."""
    from xiangqiao.kernel import keyring

    settings.HOME = tmp_path / "home"  # type: ignore[attr-defined]
    monkeypatch.setenv("XIANGQIAO_HOME", str(tmp_path / "home"))
    keyring.forget()
    yield
    keyring.forget()


@pytest.fixture
def county(db: None) -> None:
    """A county with its keys made: what most tests of the product begin from."""
    from xiangqiao.kernel.keyring import create_keys

    create_keys()
