"""Relations to the head: which sex they imply, and what they become when another member is the head."""

from __future__ import annotations

from collections.abc import Mapping

# Source: GB/T 4761-2008, family relationship codes, as the catalogue words them.
MALE = frozenset(
    {"SON", "SON_IN_LAW", "GRANDSON", "GRANDSON_MATERNAL", "FATHER", "FATHER_IN_LAW", "GRANDFATHER"}
)
FEMALE = frozenset(
    {
        "DAUGHTER", "DAUGHTER_IN_LAW", "GRANDDAUGHTER", "GRANDDAUGHTER_MATERNAL", "MOTHER", "MOTHER_IN_LAW",
        "GRANDMOTHER",
    }
)  # fmt: skip
ONE_ONLY = frozenset({"HEAD", "SPOUSE", "FATHER", "MOTHER"})

_CHILDREN = frozenset({"SON", "DAUGHTER"})
_PARENTS = frozenset({"FATHER", "MOTHER"})
_UNDER_SPOUSE: Mapping[str, str] = {
    "HEAD": "SPOUSE", "SON": "SON", "DAUGHTER": "DAUGHTER", "DAUGHTER_IN_LAW": "DAUGHTER_IN_LAW",
    "SON_IN_LAW": "SON_IN_LAW", "GRANDSON": "GRANDSON", "GRANDDAUGHTER": "GRANDDAUGHTER",
    "GRANDSON_MATERNAL": "GRANDSON_MATERNAL", "GRANDDAUGHTER_MATERNAL": "GRANDDAUGHTER_MATERNAL",
    "FATHER": "FATHER_IN_LAW", "MOTHER": "MOTHER_IN_LAW", "FATHER_IN_LAW": "FATHER", "MOTHER_IN_LAW": "MOTHER",
}  # fmt: skip
_UNDER_CHILD: Mapping[str, str] = {
    "SON": "SIBLING", "DAUGHTER": "SIBLING", "FATHER": "GRANDFATHER", "MOTHER": "GRANDMOTHER",
}  # fmt: skip
_UNDER_PARENT: Mapping[str, str] = {
    "SPOUSE": "DAUGHTER_IN_LAW", "SON": "GRANDSON", "DAUGHTER": "GRANDDAUGHTER", "FATHER": "SPOUSE",
    "MOTHER": "SPOUSE",
}  # fmt: skip


def fits_sex(relation: str, sex: str) -> bool:
    """Return whether a relation can be held by a person of a sex; what is not known fits.

    >>> fits_sex("SON", "FEMALE"), fits_sex("SPOUSE", "MALE"), fits_sex("SON", "")
    (False, True, True)
    """
    return not ((relation in MALE and sex == "FEMALE") or (relation in FEMALE and sex == "MALE"))


def under_new_head(relation: str, sex: str, head_was: str) -> str:
    """Return what a member is to a new head, who stood in `head_was` to the old one. OTHER where it cannot be said.

    >>> under_new_head("HEAD", "MALE", "SON"), under_new_head("SPOUSE", "FEMALE", "SON")
    ('FATHER', 'MOTHER')
    >>> under_new_head("FATHER", "MALE", "SPOUSE"), under_new_head("GRANDSON", "MALE", "SIBLING")
    ('FATHER_IN_LAW', 'OTHER')
    """
    if head_was == "SPOUSE":
        found = _UNDER_SPOUSE.get(relation, "OTHER")
    elif head_was in _CHILDREN:
        # The head and the head's spouse become parents.
        parent = {"MALE": "FATHER", "FEMALE": "MOTHER"}.get(sex, "OTHER")
        found = parent if relation in {"HEAD", "SPOUSE"} else _UNDER_CHILD.get(relation, "OTHER")
    elif head_was in _PARENTS:
        child = {"MALE": "SON", "FEMALE": "DAUGHTER"}.get(sex, "OTHER")
        found = child if relation in {"HEAD", "SIBLING"} else _UNDER_PARENT.get(relation, "OTHER")
    elif head_was == "SIBLING" and relation in {"HEAD", "SIBLING"}:
        found = "SIBLING"
    elif head_was == "SIBLING" and relation in _PARENTS:
        found = relation
    else:
        found = "OTHER"
    return found if fits_sex(found, sex) else "OTHER"
