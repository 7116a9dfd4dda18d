"""What the acts of a post are called, and where a post reaches: for people, not for the log."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from xiangqiao.accounts.models import Post, RoleChoices
from xiangqiao.accounts.rules import ADMINS, CARRIES, Can, Role
from xiangqiao.kernel.division_names import division_names
from xq_engine.divisions import prefix

ACTS: dict[Can, Promise] = {
    Can.READ_REGISTER: _("看农户台账"),
    Can.REVEAL: _("看完整证件号、电话、银行卡号（每天有限次，每次都记下）"),
    Can.REQUEST_CHANGE: _("提出信息变更"),
    Can.APPROVE_TOWNSHIP: _("审批乡镇一级的变更"),
    Can.APPROVE_COUNTY: _("审批县一级的变更"),
    Can.IMPORT: _("导入表格"),
    Can.EXPORT: _("导出名单"),
    Can.SETTLE_PROBLEM: _("处理数据问题和疑问"),
    Can.READ_POLICY: _("看政策与应享"),
    Can.SCREEN: _("开展政策筛查"),
    Can.READ_PAIRING: _("看结对情况"),
    Can.RUN_PAIRING: _("计算结对方案"),
    Can.DECIDE_PAIRING: _("确认结对方案"),
    Can.MANAGE_USERS: _("管理用户与岗位"),
    Can.MANAGE_SYSTEM: _("管理系统运行和后台任务"),
    Can.READ_AUDIT: _("看审计日志"),
    Can.READ_JOURNAL: _("看帮扶日志"),
    Can.LOG_VISIT: _("记帮扶日志"),
    Can.OWN_HOUSEHOLD: _("看自己家的资料"),
    Can.TAKE_PART: _("提问、下单、捐助"),
    Can.APPROVE_PUBLICATION: _("复核对外公布的内容"),
    Can.KEEP_STATION: _("在站点柜台收货、代办、结算"),
    Can.READ_COVERAGE: _("看网络覆盖"),
    Can.MANAGE_COVERAGE: _("管理网络覆盖"),
    Can.REPORT_SIGNAL: _("上报信号情况"),
    Can.READ_COMMERCE: _("看农村电商"),
    Can.MANAGE_COMMERCE: _("管理农村电商"),
    Can.READ_LEARNING: _("看网络扶智"),
    Can.TEACH: _("上课、点名"),
    Can.MANAGE_LEARNING: _("管理课表和教学点"),
    Can.READ_SERVICES: _("看信息服务"),
    Can.ANSWER: _("答复群众来信"),
    Can.MANAGE_SERVICES: _("分派来信、管理办事事项"),
    Can.TREAT: _("管理村里病人的病历、申请会诊"),
    Can.CONSULT: _("出具会诊意见"),
    Can.MANAGE_CLINIC: _("管理会诊协议和体检活动，只看合计"),
    Can.READ_GIVING: _("看网络公益"),
    Can.RAISE_APPEAL: _("代为提出求助"),
    Can.VERIFY_APPEAL: _("核实求助"),
    Can.MANAGE_GIVING: _("管理求助、捐助和公示"),
}


@dataclass(frozen=True)
class PostWords:
    """A post in words: what it is, where it reaches, what it may do."""

    post: Post
    title: str
    reach: str
    place: str
    acts: list[str]


def acts_of(role: Role) -> list[str]:
    """Return what a post may do, in the order of the acts."""
    return [str(words) for act, words in ACTS.items() if act in CARRIES[role]]


def reach_of(role: Role, place: str, division_code: str) -> str:
    """Return in a sentence which households a post sees."""
    if role == Role.CADRE:
        return str(_("只看得到结对给本人的农户"))
    if role == Role.DEPARTMENT:
        return str(_("看政策，不看农户资料"))
    if role == Role.MEMBER:
        return str(_("只看得到自己家的资料"))
    if role in ADMINS:
        return str(_("管全系统，不看农户资料"))
    if Can.READ_REGISTER not in CARRIES[role]:
        return _("办%(place)s范围内的本职工作，不看农户台账") % {"place": place}
    digits = len(prefix(division_code))
    if digits == 12:
        return _("看得到%(place)s的农户") % {"place": place}
    return _("看得到%(place)s全部乡村的农户") % {"place": place}


def in_words(posts: list[Post]) -> list[PostWords]:
    """Return posts in words, in the order given."""
    names = division_names() if posts else {}
    return [_words(post, names.get(post.division_code, post.division_code)) for post in posts]


def _words(post: Post, place: str) -> PostWords:
    role = Role(post.role)
    return PostWords(
        post, str(post.get_role_display()), reach_of(role, place, post.division_code), place, acts_of(role)
    )


def all_posts() -> list[tuple[str, list[str]]]:
    """Return every post of the county with what it may do: what somebody reads who has to choose one."""
    return [(str(RoleChoices(role).label), acts_of(role)) for role in Role]
