"""What comes from WeChat, read from its XML; and what a text is about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree import ElementTree

LARGEST = 64 * 1024
# Words by which a question finds its topic; the office corrects what they miss.
_TOPICS = (
    ("WORK", "工钱|工资|打工|务工|招工|欠薪"),
    ("MEDICAL", "医保|看病|住院|报销|药"),
    ("SCHOOL", "上学|学校|学费|助学|孩子读书"),
    ("HOUSING", "危房|建房|住房|房子"),
    ("WATER", "自来水|饮水|水井|停水|水质"),
    ("POWER", "停电|电费|电压|路灯"),
    ("ROAD", "路|桥|客车"),
    ("NETWORK", "信号|宽带|网络|手机卡"),
    ("SUBSIDY", "补贴|低保|补助|五保|残疾"),
    ("LAND", "土地|山林|征地|宅基地|承包"),
    ("FARMING", "脐橙|水稻|种子|猪|鸡|卖不|销路|虫"),
    ("LAW", "打官司|离婚|纠纷|诈骗"),
)


@dataclass(frozen=True)
class Incoming:
    """A message or event as it came. `key` tells the same one sent again."""

    sender: str
    kind: str
    text: str
    key: str
    event: str = ""


def field_of(xml: bytes, name: str) -> str:
    """Return one field of a message's XML, empty where it is missing. Raises ValueError on what is no such XML."""
    return _fields(xml).get(name, "")


def read(xml: bytes) -> Incoming:
    """Return the message in an XML. Raises ValueError on what is no such XML.

    >>> read(b"<xml><FromUserName>o1</FromUserName><MsgType>text</MsgType><Content>hi</Content><MsgId>7</MsgId></xml>")
    Incoming(sender='o1', kind='text', text='hi', key='7', event='')
    """
    found = _fields(xml)
    if not found.get("FromUserName") or not found.get("MsgType"):
        raise ValueError("not a message")
    # Events bear no MsgId: sender, moment and kind tell them apart. Source: as the platform's guide advises.
    key = (
        found.get("MsgId") or f"{found['FromUserName']}{found.get('CreateTime', '')}{found.get('Event', '')}"
    )
    return Incoming(
        found["FromUserName"],
        found["MsgType"],
        found.get("Content", "").strip(),
        key[:90],
        found.get("Event", ""),
    )


def topic_of(text: str) -> str:
    """Return what a question is about, by its words.

    >>> topic_of("老板欠工资怎么办"), topic_of("你好")
    ('WORK', 'OTHER')
    """
    return next((topic for topic, words in _TOPICS if re.search(words, text)), "OTHER")


def title_of(text: str) -> str:
    """Return a title: the first sentence, at most thirty characters.

    >>> title_of("村口路灯坏了。三天没修")
    '村口路灯坏了'
    """
    return re.split(r"[。！？!?\n]", text.strip(), maxsplit=1)[0][:30] or text[:30]


def _fields(xml: bytes) -> dict[str, str]:
    # No document types: entities are how XML is turned against its reader.
    if len(xml) > LARGEST or b"<!" in xml.replace(b"<![CDATA[", b""):
        raise ValueError("not a message")
    try:
        root = ElementTree.fromstring(xml)  # noqa: S314 - small, without document type, see above
    except ElementTree.ParseError as error:
        raise ValueError("not a message") from error
    return {child.tag: child.text or "" for child in root}
