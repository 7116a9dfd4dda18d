"""What the guard says of a list: what is wrong, in which row and column, and how to mend it, in the reader's language."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from xiangqiao.kernel.errors import ActionError

# code: (what is wrong, how to mend it)
SENTENCES: dict[str, tuple[str, str]] = {
    "ID": (
        gettext_noop("这里有身份证号码。"),
        gettext_noop("把号码全部去掉，不要只遮几位；需要区分时用公示编号。"),
    ),
    "ID_PART": (
        gettext_noop("这里有身份证号码的一部分，或用星号遮过的号码。"),
        gettext_noop("一位也不要留：知道生日的人能推出其余各位。"),
    ),
    "DISABILITY": (
        gettext_noop("这里有残疾证号码，它包含身份证号码和残疾类别。"),
        gettext_noop("去掉号码。"),
    ),
    "MOBILE": (gettext_noop("这里有手机号码。"), gettext_noop("去掉号码，请大家打办公电话。")),
    "LANDLINE": (
        gettext_noop("这里有固定电话号码。"),
        gettext_noop("去掉号码；办公电话请由县里登记为公开号码。"),
    ),
    "CARD": (gettext_noop("这里有银行卡号或账号。"), gettext_noop("去掉号码。")),
    "CONTACT": (gettext_noop("这里有微信号、QQ 号或邮箱。"), gettext_noop("去掉，改写办公电话。")),
    "ILLNESS": (
        gettext_noop("病情或残疾与姓名写在了一起。"),
        gettext_noop("只写需要什么，不写得了什么病；或者整条不写姓名。"),
    ),
    "CHILD": (gettext_noop("这里能认出未成年人。"), gettext_noop("去掉姓名、学校和班级，只写“一名学生”。")),
    "PRIVATE": (gettext_noop("这里有当事人家的姓名、地址或号码。"), gettext_noop("换成“这户人家”这类说法。")),
    "COLUMN": (gettext_noop("这一栏不在允许公开的栏目里。"), gettext_noop("去掉这一栏。")),
    "FORM": (
        gettext_noop("这一格的内容与栏目不符。"),
        gettext_noop("金额和数量填整数，日期填年-月-日，姓名栏只填姓名。"),
    ),
    "PLACE": (gettext_noop("地点写得太细。"), gettext_noop("按栏目要求只写到乡镇或村，不写组名和门牌。")),
    "FEW": (
        gettext_noop("这样的情况全表太少，邻居猜得出是谁。"),
        gettext_noop("把几栏写粗一些（例如村改成乡镇、数字改成范围），或者不公布这一行。"),
    ),
    "GPS": (
        gettext_noop("照片里记着拍摄地点。"),
        gettext_noop("用系统的照片上传（会去掉位置），或截图后再传。"),
    ),
    "FILE_KIND": (
        gettext_noop("这种文件看不进去，不能公布。"),
        gettext_noop("另存为 xlsx、docx、pdf、csv、txt、jpg 或 png。"),
    ),
    "FILE_SIZE": (gettext_noop("文件太大（最大 10 MB）。"), gettext_noop("压缩图片，或分成几个文件。")),
    "FILE_BROKEN": (gettext_noop("文件打不开或已损坏。"), gettext_noop("重新导出一次再传。")),
    "FILE_LOCKED": (gettext_noop("文件加了密码。"), gettext_noop("去掉密码再传。")),
    "FILE_FONT": (gettext_noop("这个 PDF 的文字读不出来。"), gettext_noop("从原文件重新导出 PDF。")),
    "FILE_SCAN": (
        gettext_noop("这是扫描件，机器看不到里面的字。"),
        gettext_noop("请复核的人逐页看过，并写明看过。"),
    ),
}


@dataclass(frozen=True)
class Finding:
    """One thing the guard found. `row` counts from 1; 0 is the title. Never holds what was found itself."""

    code: str
    row: int = 0
    column: str = ""
    file: str = ""
    place: str = ""
    certain: bool = True

    @property
    def what(self) -> str:
        """What is wrong, in the language of the reader."""
        return _(SENTENCES[self.code][0])

    @property
    def mend(self) -> str:
        """How to mend it, in the language of the reader."""
        return _(SENTENCES[self.code][1])

    @property
    def where(self) -> str:
        """Where it stands, in the language of the reader."""
        if self.file:
            return _("附件《%(file)s》%(place)s") % {"file": self.file, "place": self.place}
        if not self.row:
            return _("标题")
        return _("第 %(row)d 行“%(column)s”") % {"row": self.row, "column": _(self.column)}

    def as_json(self) -> dict[str, Any]:
        """Return the finding as it is kept with a list."""
        return asdict(self)


class LeakFound(ActionError):
    """A list was refused; `findings` says everything that must be mended."""

    def __init__(self, findings: list[Finding]) -> None:
        first = findings[0]
        message = _("还不能公布，有 %(count)d 处要改。%(where)s：%(what)s%(mend)s") % {
            "count": len(findings), "where": first.where, "what": first.what, "mend": first.mend,
        }  # fmt: skip
        super().__init__("publication.leak", message, findings=[one.as_json() for one in findings])
        self.findings = findings
