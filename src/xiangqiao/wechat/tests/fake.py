"""A WeChat server on the loopback that speaks the documented API, and forgets nothing."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

FOLLOWERS = frozenset({"o-follower-1", "o-follower-2"})


@dataclass
class FakeWeChat:
    """What the server holds: the account's keys, tokens given out, messages that arrived, faults to answer with."""

    app_id: str
    secret: str
    base: str = ""
    tokens: list[str] = field(default_factory=list)
    messages: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    # Error codes for the next calls, first in, first out; a whole number below 0 cuts the line.
    faults: list[int] = field(default_factory=list)

    def stable_token(self, body: dict[str, Any]) -> dict[str, Any]:
        """Give out a token, the same one while it is not forced."""
        if body.get("appid") != self.app_id or body.get("secret") != self.secret:
            return {"errcode": 40125, "errmsg": "invalid appsecret"}
        if not self.tokens or body.get("force_refresh"):
            self.tokens.append(f"token-{len(self.tokens) + 1}")
        return {"access_token": self.tokens[-1], "expires_in": 7200}

    def send(self, path: str, token: str, body: dict[str, Any]) -> dict[str, Any]:
        """Take a message from who holds the newest token, for a follower."""
        if not self.tokens or token != self.tokens[-1]:
            return {"errcode": 42001, "errmsg": "access_token expired"}
        if self.faults:
            return {"errcode": self.faults.pop(0), "errmsg": "as told"}
        if body.get("touser") not in FOLLOWERS:
            return {"errcode": 40003, "errmsg": "invalid openid"}
        self.messages.append((path, body))
        return {"errcode": 0, "errmsg": "ok"}


@contextmanager
def running(fake: FakeWeChat) -> Iterator[FakeWeChat]:
    """Serve on a free port of the loopback until the end of the block."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            address = urlsplit(self.path)
            path = address.path.removeprefix("/cgi-bin/")
            if path == "stable_token":
                found = fake.stable_token(body)
            else:
                found = fake.send(path, parse_qs(address.query).get("access_token", [""])[0], body)
            data = json.dumps(found).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_words: Any) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    fake.base = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
