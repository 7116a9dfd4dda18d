"""What an office remembers of a source helps itself and the offices below it, and nobody else."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from xiangqiao.people.intake.stage import remembered_mapping
from xiangqiao.people.models import ColumnMapping

COUNTY, TOWN, OTHER = "360730000000", "360730100000", "360730101000"
SHEET = {
    "workbook": "a.xlsx",
    "sheet": "农户",
    "entity": "household",
    "columns": [],
    "header_top": 1,
    "header_bottom": 1,
}


def _remember(code: str, fingerprint: str, entity: str) -> None:
    ColumnMapping.objects.create(
        division_code=code,
        source="乡镇报表",
        fingerprint=fingerprint,
        entity=entity,
        columns={**SHEET, "entity": entity},
        confirmed_label="某人",
        confirmed_at=datetime(2026, 1, 1, tzinfo=UTC),
    )


@pytest.mark.django_db
def test_one_s_own_word_counts_before_the_county_s_and_another_township_s_not_at_all() -> None:
    _remember(COUNTY, "same", "household")
    _remember(TOWN, "same", "person")
    assert [sheet.entity for sheet in remembered_mapping("乡镇报表", TOWN).sheets] == ["person"]
    assert [sheet.entity for sheet in remembered_mapping("乡镇报表", OTHER).sheets] == ["household"]
    assert [sheet.entity for sheet in remembered_mapping("乡镇报表", COUNTY).sheets] == ["household"]
