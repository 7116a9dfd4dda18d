"""The one table of addresses; each app brings its own."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from xiangqiao.config.pages.health import health

handler403 = "xiangqiao.kernel.middleware.forbidden"
handler404 = "xiangqiao.kernel.middleware.not_found"
handler500 = "xiangqiao.kernel.middleware.failed"

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", health, name="health"),
    path("", include("xiangqiao.desk.urls")),
    path("", include("xiangqiao.people.urls")),
    path("pairing/", include("xiangqiao.pairing.urls")),
    path("policies/", include("xiangqiao.policy.urls")),
    path("journal/", include("xiangqiao.journal.urls")),
    path("coverage/", include("xiangqiao.coverage.urls")),
    path("commerce/", include("xiangqiao.commerce.urls")),
    path("learning/", include("xiangqiao.learning.urls")),
    path("services/", include("xiangqiao.services.urls")),
    path("clinic/", include("xiangqiao.clinic.urls")),
    path("giving/", include("xiangqiao.giving.urls")),
    path("wechat/", include("xiangqiao.wechat.urls")),
    path("public/", include("xiangqiao.site.urls")),
    path("", include("xiangqiao.accounts.urls")),
]
