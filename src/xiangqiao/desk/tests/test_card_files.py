"""Printed cards name people: their file goes after a day."""

from __future__ import annotations

import os
from datetime import timedelta
from uuid import uuid4

from xiangqiao.desk.tasks import cards_file, drop_old_cards
from xiangqiao.desk.tests.conftest import NOW


def test_the_file_of_printed_cards_goes_after_a_day() -> None:
    old, fresh = cards_file(uuid4()), cards_file(uuid4())
    old.parent.mkdir(parents=True)
    for path, age in ((old, timedelta(hours=25)), (fresh, timedelta(hours=23))):
        path.write_bytes(b"%PDF")
        then = (NOW - age).timestamp()
        os.utime(path, (then, then))
    drop_old_cards(NOW)
    assert (old.exists(), fresh.exists()) == (False, True)
