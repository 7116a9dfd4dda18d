"""What of learning may be public, column by column."""

from __future__ import annotations

from django.utils.translation import gettext_noop

from xiangqiao.kernel import publication as guard

RESOURCE = guard.Kind(
    code="learning.resource",
    title=gettext_noop("学习资源"),
    columns=(
        guard.Column("title", gettext_noop("名称")),
        guard.Column("about", gettext_noop("介绍")),
        guard.Column("link", gettext_noop("网址")),
        guard.Column("licence", gettext_noop("授权方式")),
        guard.Column("source", gettext_noop("出处")),
    ),
    # A year later somebody looks again: links die, licences change.
    keep_days=365,
)
