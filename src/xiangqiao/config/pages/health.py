"""`/healthz`: whether the county works, for whoever watches over the machine."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache

from xiangqiao.accounts.access import public
from xiangqiao.config.health import state_of_health
from xiangqiao.kernel import clock


@public
@never_cache
def health(_request: HttpRequest) -> HttpResponse:
    """Answer 200 where all is well, 503 where the database does not answer, seals are late, or the disk is nearly full."""
    told = state_of_health(Path(settings.HOME), now=clock.now())
    return JsonResponse(told, status=200 if told["ok"] else 503)
