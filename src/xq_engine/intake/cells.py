"""Checks of single cells of a part: typed reading, required values, places."""

from collections.abc import Mapping as Dictionary

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from xq_engine.checks import checks
from xq_engine.intake.findings import Findings
from xq_engine.intake.parts import Part
from xq_engine.intake.places import Divisions

REQUIRED: Dictionary[str, tuple[str, ...]] = {
    "household": ("household_no", "village"),
    "person": ("household_no", "name", "relation"),
    "unit": ("unit_name",),
    "cadre": ("name",),
}
# Pairs of township and village; a cadre's home may lie outside the county, where the tree cannot judge it.
PLACES: Dictionary[str, tuple[tuple[str, str, bool], ...]] = {
    "household": (("township", "village", False),),
    "unit": (("helps_township", "helps_village", False),),
    "cadre": (("helps_township", "helps_village", False), ("home_township", "home_village", True)),
}

Refused = npt.NDArray[np.bool_]


def check_cells(part: Part, findings: Findings, divisions: Divisions | None) -> Refused:
    """Read and check every cell of a part; give for each row whether it is refused."""
    part.read()
    refused = np.zeros(len(part.rows), dtype=bool)
    for fact, column in part.columns.items():
        for code, positions in column.problems.items():
            findings.add(part, code, part.rows[positions], (fact,))
            if checks()[code].severity == "error":
                refused[positions] = True
        findings.add_repairs(part, fact)
    refused |= _missing(part, findings)
    if divisions is not None:
        refused |= _unknown_places(part, findings, divisions)
    return refused


def _missing(part: Part, findings: Findings) -> Refused:
    refused = np.zeros(len(part.rows), dtype=bool)
    for fact in REQUIRED[part.entity]:
        if fact not in part.columns:
            # The column itself is missing: said once, at the headings, but no row can be taken.
            findings.add(part, "REQUIRED.MISSING", np.array([max(part.mapping.header_bottom, 1)]), (fact,))
            refused[:] = True
            continue
        column = part.columns[fact]
        empty = column.values.is_null().to_numpy(zero_copy_only=False).copy()
        for positions in column.problems.values():
            empty[positions] = False
        # A household is read from the person rows of a wide sheet: its missing number is said there.
        if part.mapping.entity == "wide" and part.entity == "household" and fact == "household_no":
            continue
        findings.add(part, "REQUIRED.MISSING", part.rows[empty], (fact,))
        refused |= empty
    return refused


def _unknown_places(part: Part, findings: Findings, divisions: Divisions) -> Refused:
    refused = np.zeros(len(part.rows), dtype=bool)
    for township, village, may_be_elsewhere in PLACES.get(part.entity, ()):
        if village not in part.columns and township not in part.columns:
            continue
        names = [_names(part, fact) for fact in (township, village)]
        encoded = pc.dictionary_encode(pc.binary_join_element_wise(*names, "\t"))
        pairs = [text.split("\t") for text in encoded.dictionary.to_pylist()]
        found = [divisions.unknown(pair[0], pair[1]) for pair in pairs]
        if may_be_elsewhere:
            found = [
                name if pair[0] and name == "village" else "" for name, pair in zip(found, pairs, strict=True)
            ]
        of_row = np.array(found, dtype=object)[encoded.indices.to_numpy(zero_copy_only=False)]
        for name, fact in (("township", township), ("village", village)):
            wrong = of_row == name
            findings.add(part, "PLACE.UNKNOWN", part.rows[wrong], (fact,))
            refused |= wrong
    return refused


def _names(part: Part, fact: str) -> pa.Array:
    column = part.columns.get(fact)
    if column is None:
        return pa.array([""] * len(part.rows), pa.string())
    return pc.fill_null(column.values, "")
