"""What every test may use: a home of its own, a county with keys, people in posts, PostgreSQL on request."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

# Tests never touch the state of a county on this machine: they get a home of their own, before settings are read.
os.environ["XIANGQIAO_HOME"] = tempfile.mkdtemp(prefix="xiangqiao-test-")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--postgres`: the same tests on a PostgreSQL cluster of their own."""
    parser.addoption(
        "--postgres", action="store_true", help="run on PostgreSQL, in a cluster of this run's own"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Give the run a database of its own: a SQLite file as counties have it, or a PostgreSQL cluster.

    A missing PostgreSQL fails the run; it never skips.
    """
    from django.db import connections

    if not config.getoption("--postgres"):
        # A file and not memory: only a file has the write-ahead log and the gate that threads meet at.
        for alias, name in (("default", "test.db"), ("clinic", "test-clinic.db")):
            connections.settings[alias]["TEST"]["NAME"] = f"{os.environ['XIANGQIAO_HOME']}/{name}"
        return
    if hasattr(config, "workerinput"):
        return
    import dj_database_url

    from tests.postgres import Cluster

    cluster = Cluster()
    config.add_cleanup(cluster.stop)
    os.environ["DATABASE_URL"] = cluster.url
    # Settings were read before this file, and a connection object may have been made from them.
    apart = cluster.url + "_clinic"
    os.environ["CLINIC_DATABASE_URL"] = apart
    fresh = connections.configure_settings(
        {"default": {**dj_database_url.parse(cluster.url)}, "clinic": {**dj_database_url.parse(apart)}}
    )
    for alias in ("default", "clinic"):
        connections.settings[alias] = fresh[alias]
        connections[alias].close()
        del connections[alias]


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Let transactional tests empty the log, which its triggers refuse on both databases."""
    from django.db.backends.postgresql.operations import DatabaseOperations as OnPostgres
    from django.db.backends.sqlite3.operations import DatabaseOperations as OnSqlite

    plain_sqlite, plain_postgres = OnSqlite.execute_sql_flush, OnPostgres.execute_sql_flush

    def flush_sqlite(self: Any, statements: Any) -> None:
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
            for name, _sql in triggers:
                cursor.execute(f'DROP TRIGGER "{name}"')
            plain_sqlite(self, statements)
            for _name, sql in triggers:
                cursor.execute(sql)

    def flush_postgres(self: Any, statements: Any) -> None:
        with self.connection.cursor() as cursor:
            # The superuser of the test's own cluster: for this session, triggers are off.
            cursor.execute("SET session_replication_role = replica")
            try:
                plain_postgres(self, statements)
            finally:
                cursor.execute("SET session_replication_role = DEFAULT")

    OnSqlite.execute_sql_flush = flush_sqlite  # type: ignore[method-assign,assignment]
    OnPostgres.execute_sql_flush = flush_postgres  # type: ignore[method-assign,assignment]


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Give each test a home of its own, with its own keys, and a quick password hash."""
    from django.utils import translation

    from xiangqiao.kernel import keyring
    from xiangqiao.places.queries import forget_divisions

    forget_divisions()
    settings.HOME = tmp_path / "home"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    monkeypatch.setenv("XIANGQIAO_HOME", str(tmp_path / "home"))
    # A page asked for in English by an earlier test leaves the thread speaking it.
    translation.deactivate()
    keyring.forget()
    yield
    keyring.forget()


@pytest.fixture
def county(db: None) -> None:  # noqa: ARG001 - the fixture is wanted for what it does
    """A county with its keys made: what most tests of the product begin from."""
    from xiangqiao.kernel.keyring import create_keys

    create_keys()


@pytest.fixture
def person_in_post(db: None) -> Callable[..., Any]:  # noqa: ARG001 - as above
    """Make a person who has finished signing up: `person_in_post("COUNTY_OFFICE", "360730000000", username="li")`.

    Without a role the person holds no post. The password is `Correct-horse-9`.
    """
    from xiangqiao.accounts.models import Post, User

    def make(role: str = "", division_code: str = "", *, username: str = "", **fields: Any) -> User:
        name = username or f"{role.lower() or 'nobody'}-{User.objects.count()}"
        user = User(username=name, name=name, must_change_password=False, has_totp=True, **fields)
        user.set_password("Correct-horse-9")
        user.save()
        if role:
            Post.objects.create(
                user=user, role=role, division_code=division_code, valid_from=date(2015, 1, 1)
            )
        return user

    return make


@pytest.fixture
def signed_in(person_in_post: Callable[..., Any]) -> Callable[..., Any]:
    """Return a test client in which a fresh person of a post is signed in; `client.person` is that person."""
    from django.test import Client

    def make(role: str = "", division_code: str = "", **fields: Any) -> Client:
        client: Any = Client()
        client.person = person_in_post(role, division_code, **fields)
        client.force_login(client.person)
        return client  # type: ignore[no-any-return]

    return make


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Debian's chromium, without a window."""
    from playwright.sync_api import sync_playwright

    # The driver keeps a loop in this thread, which Django takes for an asynchronous program.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        yield started
        started.close()
