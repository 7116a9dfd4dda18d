"""A question comes by WeChat and its answer goes back, with the signatures that an outside client makes."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client as Browser
from django.urls import reverse
from wechatpy.crypto import WeChatCrypto  # type: ignore[import-untyped]
from wechatpy.utils import WeChatSigner  # type: ignore[import-untyped]

from xiangqiao.kernel import clock, jobs
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.models import Change
from xiangqiao.services import actions as services
from xiangqiao.services.models import Question
from xiangqiao.services.tests.conftest import COUNTY, Town, act
from xiangqiao.wechat import client as api
from xiangqiao.wechat.actions import put_account
from xiangqiao.wechat.models import OfficialAccount, Outgoing, Thread
from xiangqiao.wechat.tests.fake import FakeWeChat, running

pytestmark = pytest.mark.django_db
TOKEN, AES, APP, SECRET = "county-token", "a" * 43, "wx0123456789abcdef", "the-app-secret"
ASKER = "o-follower-1"


@pytest.fixture
def account(town: Town) -> OfficialAccount:
    return put_account(
        act=act(town.centre), name="示例县发布", division_code=COUNTY, app_id=APP, token=TOKEN, aes_key=AES,
        secret=SECRET, template_id="tpl-1",
    )  # fmt: skip


@pytest.fixture
def fake(settings: Any) -> Iterator[FakeWeChat]:
    api.forget_tokens()
    with running(FakeWeChat(APP, SECRET)) as server:
        settings.WECHAT_API_BASE = server.base
        yield server
    api.forget_tokens()


def message(text: str, number: int = 1, sender: str = ASKER) -> str:
    return (
        f"<xml><ToUserName><![CDATA[gh_1]]></ToUserName><FromUserName><![CDATA[{sender}]]></FromUserName>"
        f"<CreateTime>{int(time.time())}</CreateTime><MsgType><![CDATA[text]]></MsgType>"
        f"<Content><![CDATA[{text}]]></Content><MsgId>{number}</MsgId></xml>"
    )


def signed(stamp: str, nonce: str = "n1") -> str:
    signer = WeChatSigner()
    signer.add_data(TOKEN, stamp, nonce)
    return str(signer.signature)


def post(account: OfficialAccount, xml: str, *, stamp: str = "", crypto: WeChatCrypto | None = None) -> Any:
    """Send a message as the platform does: encrypted and signed by wechatpy."""
    stamp = stamp or str(int(time.time()))
    sealed = (crypto or WeChatCrypto(TOKEN, AES, APP)).encrypt_message(xml, "n1", stamp)
    inner = sealed.split("<MsgSignature><![CDATA[")[1].split("]]>")[0]
    query = f"?signature={signed(stamp)}&timestamp={stamp}&nonce=n1&msg_signature={inner}&encrypt_type=aes"
    address = reverse("wechat:endpoint", args=[account.public_id]) + query
    return Browser(enforce_csrf_checks=True).post(address, data=sealed, content_type="text/xml")


def sent() -> None:
    while jobs.run_next() is not None:
        pass


def texts(fake: FakeWeChat) -> list[str]:
    return [body["text"]["content"] for path, body in fake.messages if path == "message/custom/send"]


def test_the_address_proves_itself_by_the_echo(account: OfficialAccount) -> None:
    stamp = str(int(time.time()))
    address = reverse("wechat:endpoint", args=[account.public_id])
    query = {"signature": signed(stamp), "timestamp": stamp, "nonce": "n1", "echostr": "8765"}
    assert Browser().get(address, query).content == b"8765"
    assert Browser().get(address, {**query, "signature": "0" * 40}).status_code == 422


def test_a_question_comes_in_and_its_answer_is_brought(
    account: OfficialAccount, town: Town, fake: FakeWeChat
) -> None:
    answer = post(account, message("老板不给工钱，做了两个月。在溪口村"))
    assert (answer.status_code, answer.content) == (200, b"success")
    question = Question.objects.get()
    assert (question.topic, question.office, question.channel) == ("WORK", town.office, "WECHAT")
    assert fake.messages == []
    sent()
    assert "县人社局" in texts(fake)[0]
    services.accept(act=act(town.labour, clock.now()), question=question)
    services.answer(act=act(town.labour, clock.now()), question=question, text="已协调，本周五前发到卡上。")
    assert len(fake.messages) == 1
    sent()
    assert "本周五前发到卡上" in texts(fake)[1]
    assert fake.messages[1][1]["touser"] == ASKER
    post(account, message("进度", 9))
    sent()
    assert "已答复" in texts(fake)[2]


def test_the_same_message_sent_again_is_taken_once(account: OfficialAccount) -> None:
    for _again in range(3):
        assert post(account, message("村口路灯坏了三天没修")).content == b"success"
    assert (Question.objects.count(), Outgoing.objects.count()) == (1, 1)


@pytest.mark.parametrize("wrong", ["old", "other key", "other account", "plain"])
def test_what_is_old_or_not_signed_for_this_account_is_refused(account: OfficialAccount, wrong: str) -> None:
    xml = message("村口路灯坏了三天没修")
    if wrong == "old":
        refused = post(account, xml, stamp=str(int(time.time()) - 900))
    elif wrong == "other key":
        refused = post(account, xml, crypto=WeChatCrypto(TOKEN, "b" * 43, APP))
    elif wrong == "other account":
        refused = post(account, xml, crypto=WeChatCrypto(TOKEN, AES, "wx-other"))
    else:
        refused = Browser().post(
            reverse("wechat:endpoint", args=[account.public_id]), data=xml, content_type="text/xml"
        )
    assert refused.status_code == 422
    assert not Question.objects.exists()


def test_entities_and_long_bodies_are_refused(account: OfficialAccount) -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]>' + message("&a;")
    assert post(account, bomb).status_code == 422
    assert post(account, message("长" * 60_000)).status_code == 422


def test_a_token_that_ran_out_is_fetched_anew_once(account: OfficialAccount, fake: FakeWeChat) -> None:
    post(account, message("村口路灯坏了三天没修"))
    sent()
    fake.tokens.append("token-of-another-machine")
    post(account, message("还有一件事要问问政府", 2))
    sent()
    assert (len(fake.messages), Outgoing.objects.filter(state="SENT").count()) == (2, 2)


@pytest.mark.parametrize(
    ("fault", "state", "path"),
    [(45015, "SENT", "message/template/send"), (43101, "FAILED", ""), (45009, "WAITING", "")],
)
def test_each_error_of_the_platform_is_understood(
    account: OfficialAccount, fake: FakeWeChat, fault: int, state: str, path: str
) -> None:
    fake.tokens.append("token-1")
    fake.faults.append(fault)
    post(account, message("村口路灯坏了三天没修"))
    sent()
    assert Outgoing.objects.get().state == state
    assert [one for one, _body in fake.messages] == ([path] if path else [])


def test_while_the_platform_is_away_words_wait_and_go_out_later(
    account: OfficialAccount, settings: Any
) -> None:
    settings.WECHAT_API_BASE = "http://127.0.0.1:9"
    api.forget_tokens()
    post(account, message("村口路灯坏了三天没修"))
    sent()
    assert Outgoing.objects.get().state == "WAITING"
    with running(FakeWeChat(APP, SECRET)) as server:
        settings.WECHAT_API_BASE = server.base
        post(account, message("还有一件事要问问政府", 2))
        sent()
        assert len(server.messages) == 2


def test_secrets_and_open_ids_are_sealed(account: OfficialAccount) -> None:
    post(account, message("村口路灯坏了三天没修"))
    logged = str(list(Change.objects.values_list("new", flat=True)))
    assert not any(secret in logged for secret in (TOKEN, AES, SECRET, ASKER))
    assert bytes(OfficialAccount.objects.get().secret_sealed or b"").find(SECRET.encode()) < 0
    assert Thread.objects.get().open_id == ASKER


def test_a_short_greeting_or_an_id_number_becomes_no_question(
    account: OfficialAccount, fake: FakeWeChat
) -> None:
    post(account, message("你好", 1))
    post(account, message("我的身份证360730198001012214帮我查低保", 2))
    sent()
    assert not Question.objects.exists()
    assert "请多写几个字" in texts(fake)[0]
    assert "证件号" in texts(fake)[1]


def test_a_new_account_needs_its_secrets_and_an_old_one_keeps_them(
    account: OfficialAccount, town: Town
) -> None:
    given: dict[str, Any] = {
        "name": "改名",
        "division_code": COUNTY,
        "token": "",
        "aes_key": "",
        "secret": "",
    }
    put_account(act=act(town.centre), app_id=APP, **given)
    assert OfficialAccount.objects.get().opened("secret") == SECRET
    with pytest.raises(ActionError, match="填齐"):
        put_account(act=act(town.centre), app_id="wx-new", **given)
    with pytest.raises(ActionError, match="43"):
        put_account(act=act(town.centre), app_id="wx-new", **{**given, "aes_key": "short"})
