"""Rows of commerce: each lies in a division and is seen by posts over that division only."""

from __future__ import annotations

from typing import Self, TypeVar

from django.db import models

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer, scope

Row = TypeVar("Row", bound=models.Model, covariant=True)


class CommerceQuerySet(models.QuerySet[Row, Row]):
    """Rows with a division code. Grants open a household, never its counter: here only posts count."""

    code_path = "division_code"

    def visible_to(self, viewer: AnyViewer, act: Can = Can.READ_COMMERCE) -> Self:
        """Return the rows that a viewer may see for an act."""
        return self.filter(scope(viewer, act, code=self.code_path, subject=None))
