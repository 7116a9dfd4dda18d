"""Rows that lie in a division and are seen only through `visible_to`."""

from __future__ import annotations

from typing import Self, TypeVar

from django.db import models

from xiangqiao.accounts.rules import Can
from xiangqiao.accounts.viewer import AnyViewer, scope

Row = TypeVar("Row", bound=models.Model, covariant=True)


class ScopedQuerySet(models.QuerySet[Row, Row]):
    """A set of rows with a division code, of which a viewer sees a part."""

    # Paths to the division code and to the subject a grant names; tables that hang on a household override them.
    code_path = "division_code"
    subject_path: str | None = "public_id"

    def visible_to(self, viewer: AnyViewer, act: Can = Can.READ_REGISTER, *, within: str = "") -> Self:
        """Return the rows that a viewer may see for an act; `within` a division, where only that is asked for."""
        return self.filter(scope(viewer, act, code=self.code_path, subject=self.subject_path, within=within))
