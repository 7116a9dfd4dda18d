"""Refusals become answers that fit who asked: a page, a fragment for HTMX, or a problem document."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import gettext as _

from xiangqiao.kernel.crypto import KeyMissing
from xiangqiao.kernel.errors import ActionError
from xiangqiao.kernel.values import plain

Answer = Callable[[HttpRequest], HttpResponseBase]
OWN_PAGES = frozenset({403, 404, 409, 500})
_FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})


class Refusals:
    """Turn an ActionError, a missing object or a missing key into an answer a person can act on."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass the request on."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: Any) -> HttpResponse | None:
        """Refuse a NUL character in address or form before anything is asked of a database, which cannot hold one."""
        return _unreadable(request) if _holds_nul(request) else None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer the refusals that are foreseen; leave the rest to the page of errors."""
        if isinstance(error, ActionError):
            return answer(request, error.status, error.code, error.message, field=error.field, **error.params)
        if isinstance(error, DataError) and "NUL" in str(error).upper().replace("\\U0000", "NUL"):
            return _unreadable(request)
        if isinstance(error, KeyMissing):
            return answer(request, 503, "key.missing", str(error))
        if isinstance(error, Http404) and wants(request) != "page":
            return answer(request, 404, "not_found", _("没有这一条，或者它不在您能看的范围内。"))
        return None


def _holds_nul(request: HttpRequest) -> bool:
    """Tell whether a NUL stands in the path, in what was asked or sent, or in the name of a file.

    Only forms are looked at: the body of any other request is its reader's.
    """
    texts = [request.path, *request.GET, *(text for _name, many in request.GET.lists() for text in many)]
    if request.method == "POST" and request.content_type in _FORMS:
        texts += [*request.POST, *(text for _name, many in request.POST.lists() for text in many)]
        texts += [file.name or "" for _name, many in request.FILES.lists() for file in many]
    return any("\0" in text for text in texts)


def _unreadable(request: HttpRequest) -> HttpResponse:
    said = _(
        "填的内容或网址里有一个看不见的控制字符（NUL），存不下来，什么也没有改。请把它删掉，或者重新输入这一项，再试一次。"
    )
    return answer(request, 400, "text.nul", said)


def wants(request: HttpRequest) -> str:
    """Return what the asker can read: `json`, `fragment` (HTMX swapping a part) or `page`."""
    accept = request.headers.get("Accept", "")
    if "json" in accept and "text/html" not in accept:
        return "json"
    boosted = request.headers.get("HX-Boosted") == "true"
    return "fragment" if request.headers.get("HX-Request") == "true" and not boosted else "page"


def answer(
    request: HttpRequest, status: int, code: str, message: str, *, field: str | None = None, **params: Any
) -> HttpResponse:
    """Return the answer to a refusal in the form that the asker can read."""
    form = wants(request)
    if form == "json":
        return _document(status, code, message, field, params)
    if form == "fragment":
        body = format_html(
            '<div class="note tone-red" role="alert" data-code="{}"><div class="note-text">{}</div></div>',
            code,
            message,
        )
        return HttpResponse(body, status=status)
    context = {"problem": message, "text": message, "heading": _heading(status), "code": code}
    template = f"{status}.html" if status in OWN_PAGES else "kernel/problem.html"
    return render(request, template, context, status=status)


def _document(
    status: int, code: str, message: str, field: str | None, params: dict[str, Any]
) -> HttpResponse:
    """Return a problem document. Source: RFC 9457, section 3."""
    body: dict[str, Any] = {"type": "about:blank", "status": status, "code": code, "title": message}
    if field:
        body["field"] = field
    shown = {key: value for key, value in params.items() if _is_plain(value)}
    if shown:
        body["params"] = plain(shown)
    return JsonResponse(body, status=status, content_type="application/problem+json")


def _is_plain(value: object) -> bool:
    return value is None or isinstance(value, str | int | UUID | list | dict)


def _heading(status: int) -> str:
    if status == 200:
        return _("已经办过了")
    if status == 503:
        return _("缺少密钥，暂时打不开")
    return _("这一步没有办成")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's own signature
    """Answer an address or an object that is not there (or not for this viewer)."""
    return answer(request, 404, "not_found", _("网址可能写错了，或者这条记录不在您能看的范围内。"))


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django's own signature
    """Answer a request that was refused by the framework."""
    return answer(request, 403, "not_allowed", _("这一页不在您的职责范围内，没有做任何更改。"))


def failed(request: HttpRequest) -> HttpResponse:
    """Answer an error of ours, without a database and without a stack trace."""
    if wants(request) == "page":
        # Without the request, and so without context processors: what broke may be the database.
        return HttpResponse(render_to_string("500.html"), status=500)
    return answer(request, 500, "failed", _("这是系统的毛病，不是您操作错了。已经保存的内容不会丢。"))
