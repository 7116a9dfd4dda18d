"""Every page of the office has its help."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.matrix import SAMPLES
from xiangqiao.desk.guide import GUIDE


def test_help_is_only_for_pages_that_exist() -> None:
    assert set(GUIDE) <= set(SAMPLES)


@pytest.mark.django_db
def test_the_help_of_a_page_stands_on_it(signed_in: object, county: None) -> None:
    client: Client = signed_in("COUNTY_OFFICE", "360730000000")  # type: ignore[operator]
    page = client.get("/households/").content.decode()
    assert str(GUIDE["desk:households"]) in page
