"""A demo county in a process of its own, and people who sit at its desks in one browser."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyotp
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.homes import Home
from xiangqiao.config.demo_users import PASSWORD, TOTP_SECRET

if TYPE_CHECKING:
    from xiangqiao.accounts.models import User

START_SECONDS = 60


@dataclass
class House:
    """The served county: `desk("cun")` is the page of a signed-in person, each with a browser context of their own."""

    url: str
    browser: Browser
    contexts: dict[str, BrowserContext] = field(default_factory=dict)

    def desk(self, username: str) -> Page:
        """Return a new page of a person, who signs in the first time."""
        if username not in self.contexts:
            self.contexts[username] = self._signed_in(username)
        page = self.contexts[username].new_page()
        page.set_default_timeout(15_000)
        page.goto(self.url)
        return page

    def _signed_in(self, username: str) -> BrowserContext:
        context = self.browser.new_context(
            viewport={"width": 1440, "height": 1000}, accept_downloads=True, locale="zh-CN"
        )
        page = context.new_page()
        page.goto(f"{self.url}/sign-in/")
        page.fill("input[name=username]", username)
        page.fill("input[name=password]", PASSWORD)
        page.press("input[name=password]", "Enter")
        page.wait_for_load_state()
        if "code" in page.url:
            page.fill("input[name=code]", pyotp.TOTP(TOTP_SECRET).now())
            page.press("input[name=code]", "Enter")
            page.wait_for_load_state()
        page.close()
        return context


def signed_page(browser: Browser, url: str, user: User | None, size: Any) -> Page:
    """Return a page of a test's own server, of a person or of the public; the sign-in page has its tests in accounts."""
    context = browser.new_context(viewport=size, locale="zh-CN", base_url=url)
    if user is not None:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": url}])
    page = context.new_page()
    page.set_default_timeout(30_000)
    return page


# A camera and a microphone that show and sound something without asking.
_CAMERA = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")


@contextmanager
def served(folder: Path, *, live: bool = False) -> Iterator[House]:
    """Make the small demo county in a folder, serve it (with the live rooms where asked), and open a browser at it."""
    home = Home(folder)
    home.told("demo", "--no-serve", "--size", "small")
    port, other = free_port(), free_port()
    environment = {**home.environment, "XIANGQIAO_LIVE_PORT": str(other)}
    lines = [[sys.executable, "-m", "django", "runserver", f"127.0.0.1:{port}", "--noreload"]]
    if live:
        lines.append(live_rooms(other))
    servers = [
        subprocess.Popen(line, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for line in lines
    ]
    try:
        url = f"http://127.0.0.1:{port}"
        _wait_for(url)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path="/usr/bin/chromium", args=["--no-sandbox", *_CAMERA]
            )
            yield House(url, browser)
            browser.close()
    finally:
        for server in servers:
            server.terminate()
            server.wait()


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def live_rooms(port: int) -> list[str]:
    """Return the line that starts the live rooms at a port, as `serve` does."""
    return [
        sys.executable, "-m", "granian", "--interface", "asgi", "--workers", "1", "--host", "127.0.0.1",
        "--port", str(port), "xiangqiao.config.live:application",
    ]  # fmt: skip


def _wait_for(url: str) -> None:
    until = time.monotonic() + START_SECONDS
    while True:
        try:
            urllib.request.urlopen(f"{url}/sign-in/").close()
        except urllib.error.URLError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)
        else:
            return
