"""Why an appeal goes the way it goes, in words, with law and article."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xiangqiao.giving.rules.lanes import REASONS, WHY, Lane

SENTENCES = {
    "direct": gettext_noop("物品、出力、岗位和直接赠予，可以由捐助人直接给受益人。"),
    "personal": gettext_noop("个人因困难向社会求助要钱，求助人和发布人对真实性负责，要经民政部指定的平台。"),
    "designated": gettext_noop(
        "只有民政部指定、专门从事个人求助的平台才能发布并收款；本系统只核实、送材料、转载数字。"
    ),
    "notice": gettext_noop("转载个人求助要提示：这不是慈善公开募捐，真实性由信息提供方负责。"),
    "licence": gettext_noop("公开募捐要有公开募捐资格的慈善组织。"),
    "jointly": gettext_noop("没有资格的单位可以与有资格的慈善组织合作，由该组织收款、管理和公开。"),
}


def reasons(lane: str) -> list[tuple[str, str]]:
    """Return (sentence, law and article) of every reason for a lane; nothing where it is not decided."""
    if not lane:
        return []
    return [(_(SENTENCES[code]), REASONS[code].law) for code in WHY[Lane(lane)]]
