"""One small demo county for all tests of this folder."""

from pathlib import Path

import pytest

from xq_demo import Manifest, generate


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which the small county lies."""
    return tmp_path_factory.mktemp("county")


@pytest.fixture(scope="session")
def manifest(folder: Path) -> Manifest:
    """The small county's manifest."""
    return generate(folder, size="small")
