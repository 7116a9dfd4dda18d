"""Asking a question: as a guest, as a registered person, or for a villager."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_http_methods

from xiangqiao.accounts.access import DeskRequest, page, public
from xiangqiao.accounts.viewer import Viewer
from xiangqiao.services import actions
from xiangqiao.services.following import Asker
from xiangqiao.services.forms import AskForm, ProxyForm
from xiangqiao.services.homes import PROXIES, find_home, homes_of
from xiangqiao.services.pages.parts import act_of, note_opened, person_of, place_choices, public_page, tried
from xiangqiao.services.words import Channel, Consent


@public
@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Take a question from the public site."""
    by = person_of(request)
    form = AskForm(
        request.POST or None,
        places=place_choices(),
        signed_in=isinstance(by, Viewer),
        initial={
            "name": by.user.name if isinstance(by, Viewer) else "",
            "topic": request.GET.get("topic", ""),
        },
    )
    made: list[Any] = []
    if request.method == "POST" and tried(form, lambda: made.append(_ask(request, form, asker_of(by, form)))):
        note_opened(request, made[0].question.public_id, made[0].code)
        return redirect("services:own_question", made[0].question.public_id)
    context = {
        "heading": _("我要提问"),
        "lede": _("写下问题，系统按职责清单转给管这件事的单位，在规定的工作日内答复。不用注册。"),
        "form": form,
        "button": pgettext("button", "提交"),
    }
    return public_page(request, "services/public_form.html", "ask", context)


@page()
@require_http_methods(["GET", "POST"])
def ask_for(request: DeskRequest) -> HttpResponse:
    """Take a question for a villager, or one from a WeChat group, by who serves there."""
    if not any(request.viewer.can(can) for can in PROXIES):
        messages.info(request, _("您的岗位不能替人提问，这里可以提自己的问题。"))
        return redirect("services:ask")
    form = ProxyForm(
        request.POST or None,
        places=place_choices(),
        signed_in=True,
        initial={"channel": request.GET.get("channel", "VISIT")},
    )
    made: list[Any] = []
    if request.method == "POST" and tried(form, lambda: made.append(_ask_for(request, form))):
        note_opened(request, made[0].question.public_id, made[0].code)
        return redirect("services:own_question", made[0].question.public_id)
    context = {
        "heading": _("替村民提问"),
        "lede": _("当面、电话里或微信群里听到的问题，替本人提上来。记下本人怎么同意的；答复会告诉您和本人。"),
        "form": form,
        "button": pgettext("button", "提交"),
    }
    return public_page(request, "services/desk_form.html", "", context)


def asker_of(by: object, form: Any, **more: Any) -> Asker:
    """Return who asks by a form: for a registered person with the account and the household linked to it."""
    given = form.cleaned_data if form.is_valid() else {}
    signed = isinstance(by, Viewer)
    homes = homes_of(by) if isinstance(by, Viewer) else []
    return Asker(
        division_code=given.get("division", ""),
        name=given.get("name", ""),
        phone=given.get("phone", ""),
        **{
            "asker": by.user.public_id if isinstance(by, Viewer) else None,
            "household": homes[0] if signed and len(homes) == 1 else None,
            **more,
        },
    )


def _ask(request: HttpRequest, form: AskForm, asker: Asker) -> actions.asking.Asked:
    given = form.cleaned_data
    return actions.ask(
        act=act_of(request), asker=asker, topic=given["topic"], title=given["title"], text=given["text"],
        may_publish=given["may_publish"],
    )  # fmt: skip


def _ask_for(request: DeskRequest, form: ProxyForm) -> actions.asking.Asked:
    given = form.cleaned_data
    household = None
    if given["household_no"]:
        household, _division = find_home(request.viewer, given["household_no"], given["head_name"])
    asker = asker_of(
        request.viewer, form, asker=None, household=household, consent=Consent(given["consent"]),
        channel=Channel(given["channel"]), source_note=given["source_note"],
    )  # fmt: skip
    return _ask(request, form, asker)
