"""A guest follows the own gift by phone and code, and may take it back."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from xiangqiao.accounts.access import public
from xiangqiao.giving import actions, queries
from xiangqiao.giving.forms.gifts import FollowForm
from xiangqiao.giving.pages.board import drawn
from xiangqiao.giving.pages.gifts import facts
from xiangqiao.giving.pages.parts import act_of, state_tag


@public
@sensitive_post_parameters("phone", "code")
@require_http_methods(["GET", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """Show what became of a guest's gift; both phone and code are asked, and neither stays in an address."""
    form = FollowForm(request.POST or None)
    found = None
    if request.method == "POST" and form.is_valid():
        found = queries.followed(form.cleaned_data["phone"], form.cleaned_data["code"])
        if found is None:
            form.add_error(None, _("手机号或查询码不对。查询码是报名后显示的那十位。"))
        elif request.POST.get("step") == "cancel":
            actions.cancel_gift(act=act_of(request), viewer=None, gift=found)
    context = {
        "heading": _("查我的捐助"), "form": form, "gift": found, "lede": _("填报名时的手机号和查询码。"),
        "tag": state_tag(found) if found else None, "facts": facts(found) if found else [],
        "may_cancel": found is not None and found.state in ("OFFERED", "MATCHED"),
    }  # fmt: skip
    return drawn(request, "giving/follow.html", "follow", context)
