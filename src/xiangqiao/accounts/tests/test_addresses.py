"""Lock-out and the session list know the address of the person, not of the proxy."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import RequestFactory

from xiangqiao.accounts.addresses import client_address


@pytest.mark.parametrize(
    ("behind", "header", "address"),
    [
        (False, "10.1.1.1", "127.0.0.1"),
        (True, "10.1.1.1", "10.1.1.1"),
        (True, "6.6.6.6, 10.1.1.2", "10.1.1.2"),
        (True, "nonsense", "127.0.0.1"),
    ],
)
def test_a_forwarded_address_counts_only_behind_a_proxy_of_ours(
    settings: Any, *, behind: bool, header: str, address: str
) -> None:
    settings.BEHIND_PROXY = behind
    request = RequestFactory().get("/sign-in/", headers={"X-Forwarded-For": header})
    assert client_address(request) == address
