"""Guess what a sheet is about and which column carries which fact."""

from collections.abc import Mapping as Dictionary

from xq_engine.facts import catalogue
from xq_engine.intake.headers import Header, Stack, find_header, spellings
from xq_engine.intake.labels import ENTITIES, headings, ignored_headings, plain, read_label, sheet_unit
from xq_engine.intake.mapping import WIDE, ColumnMapping, Mapping, SheetMapping
from xq_engine.intake.sheets import Sheet

# Facts of a household that lists of persons carry along only to say where the person belongs.
_LOCATING = frozenset(
    {"household_no", "township", "village", "group_name", "head_name", "head_id_number", "phone"}
)
_WIDE_FACTS = 3
_DISTINCT_WEIGHT = 2
# Groups of columns about somebody who is neither household nor member.
_FOREIGN_GROUPS = ("帮扶", "结对", "驻村", "联系人", "填表", "包村")
_SHORTEST_CONTAINED = 3
_UNITS_OF_TYPES: Dictionary[str, tuple[str, ...]] = {
    "fen": ("元", "万元"),
    "centimu": ("亩", "公顷"),
    "metre": ("米", "公里"),
    "m2": ("平方米",),
    "months": ("月",),
}


def guess_mapping(sheets: list[Sheet]) -> Mapping:
    """Guess the mapping of every sheet; sheets without headings get the entity "" and are left out."""
    return Mapping([guess_sheet(sheet, find_header(sheet)) for sheet in sheets])


def guess_sheet(sheet: Sheet, header: Header | None) -> SheetMapping:
    """Guess one sheet's entity and columns from its headings."""
    if header is None:
        return SheetMapping(sheet.workbook, sheet.name, "", 0, 0)
    entity = _entity(header.stacks, sheet.name)
    found = SheetMapping(sheet.workbook, sheet.name, entity, header.top, header.bottom)
    money = next((unit for unit in map(sheet_unit, header.lines_above) if unit), "")
    for position, stack in enumerate(header.stacks):
        column = _column(stack, entity)
        column.letters = sheet.letters(position)
        if column.fact and not column.unit and _type(column) == "fen":
            column.unit = money
        found.columns.append(column)
    _drop_doubles(found)
    return found


def _facts(stacks: list[Stack], entity: str) -> set[str]:
    known = headings(entity)
    texts = (next((text for text in spellings(stack) if text in known), "") for stack in stacks)
    return {known[text][0] for text in texts if text}


def _entity(stacks: list[Stack], name: str) -> str:
    found = {entity: _facts(stacks, entity) for entity in ENTITIES}
    scores = {entity: float(len(facts)) for entity, facts in found.items()}
    for entity, telling in _TELLING.items():
        scores[entity] += _DISTINCT_WEIGHT * len(found[entity] & telling)
    for entity, words in (("person", "成员"), ("cadre", "干部"), ("unit", "单位"), ("household", "户")):
        if words in name:
            scores[entity] += 0.5
            break
    best = max(scores, key=lambda entity: scores[entity])
    if best not in ("household", "person") or "relation" not in found["person"]:
        return best
    own = _own_facts(stacks)
    if len(own) >= _WIDE_FACTS:
        return WIDE
    # A relation to the head stands on a row of a person, however much of the household stands beside it.
    return "person" if best == "person" or not (own or "village" in found["household"]) else WIDE


def _own_facts(stacks: list[Stack]) -> set[str]:
    """Find the household facts that no column of a person could be meant by."""
    known, of_person = headings("household"), headings("person")
    texts = {
        text for stack in stacks for text in spellings(stack)[:2] if text in known and text not in of_person
    }
    return {known[text][0] for text in texts} - _LOCATING


_TELLING: Dictionary[str, frozenset[str]] = {
    "household": frozenset(
        {"household_type", "cause_main", "income_wage_fen", "head_name", "head_id_number", "bank_card"}
    ),
    "person": frozenset(
        {"relation", "schooling", "health", "labour", "work_months", "work_place", "ethnicity"}
    ),
    "unit": frozenset({"unit_level", "contact_name", "contact_phone"}),
    "cadre": frozenset({"position", "role", "skill", "capacity", "speaks_hakka", "home_township"}),
}


def _column(stack: Stack, entity: str) -> ColumnMapping:
    heading = " / ".join(stack)
    texts = spellings(stack)
    label = read_label(stack[-1]) if stack else None
    column = ColumnMapping("", heading, unit=label.unit if label else "")
    if not stack:
        column.why = "没有表头"
    elif (
        len(stack) > 1
        and plain(stack[0]).startswith(_FOREIGN_GROUPS)
        and entity in ("household", "person", WIDE)
    ):
        column.why = "不是本户的信息"
    elif texts[0] in ignored_headings() or texts[min(1, len(texts) - 1)] in ignored_headings():
        column.why = "登记不需要此列"
    else:
        _match(column, texts, ("person", "household") if entity == WIDE else (entity,))
    return column


def _match(column: ColumnMapping, texts: list[str], entities: tuple[str, ...]) -> None:
    for rank, text in enumerate(texts):
        hits = [(entity, *headings(entity)[text]) for entity in entities if text in headings(entity)]
        # In a wide sheet "低保" may be the member's yes or no and the household's money: the unit decides,
        # and the catalogue's own name goes before a synonym.
        hits.sort(key=lambda hit: (not _fits(hit[0], hit[1], column.unit), not hit[2]))
        if hits:
            entity, fact, is_own = hits[0]
            column.entity, column.fact = entity, fact
            column.confidence = (1.0 if is_own else 0.95) - 0.1 * (rank > 1)
            column.why = f"表头“{text}”就是本列名称" if is_own else f"表头“{text}”是常见写法"
            return
    for text in texts[:2]:
        if best := _contained(text, entities):
            column.entity, column.fact, word = best
            column.confidence, column.why = 0.6, f"表头里有“{word}”"
            return
    column.why = "不认识的表头"


def _contained(text: str, entities: tuple[str, ...]) -> tuple[str, str, str] | None:
    found = [
        (len(word), entity, fact, word)
        for entity in entities
        for word, (fact, _) in headings(entity).items()
        if len(word) >= _SHORTEST_CONTAINED and word in text
    ]
    if not found:
        return None
    longest = max(found)
    return longest[1], longest[2], longest[3]


def _fits(entity: str, fact: str, unit: str) -> bool:
    return not unit or unit in _UNITS_OF_TYPES.get(_type(ColumnMapping("", "", entity, fact)), ())


def _type(column: ColumnMapping) -> str:
    return catalogue()[column.entity].base[column.fact].type


def _drop_doubles(mapping: SheetMapping) -> None:
    """Leave each fact to its surest column; the others are ignored and say why."""
    best: dict[tuple[str, str], ColumnMapping] = {}
    for column in mapping.columns:
        key = (column.entity, column.fact)
        if not column.fact:
            continue
        if key not in best or column.confidence > best[key].confidence:
            _ignore(best.get(key), column.letters)
            best[key] = column
        else:
            _ignore(column, best[key].letters)


def _ignore(column: ColumnMapping | None, other: str) -> None:
    if column is not None:
        column.why = f"与 {other} 列是同一项，取 {other} 列"
        column.entity, column.fact, column.confidence = "", "", 0.0
