"""Read one policy document and check everything that can be wrong with it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from xq_engine.errors import ExpressionError
from xq_engine.facts import codes
from xq_engine.lang import BOOL, Expr, Schema, Type, Value, parse, to_json
from xq_engine.lang.missing import unknown_names
from xq_engine.lang.nodes import Fact, walk
from xq_engine.policy.model import (
    LEVELS,
    MOST_CRITERIA,
    PAYS,
    PERIODS,
    SOURCE_STATUS,
    UNITS,
    VERDICTS,
    Amount,
    Criterion,
    Document,
    Example,
    Policy,
    Source,
    Words,
)
from xq_engine.policy.parameters import Parameters, region_code
from xq_engine.policy.yamlnodes import Node, read_yaml

_REQUIRED = [
    "id",
    "name",
    "summary",
    "category",
    "issuer",
    "document",
    "source_status",
    "sources",
    "level",
    "region",
    "valid",
    "unit",
    "criteria",
    "amount",
    "papers",
    "where",
    "pays",
    "examples",
]
_FEN = Type("int", "fen")


class DocumentReader:
    """Reads policy documents against one schema."""

    def __init__(self, schema: Schema, parameters: Parameters) -> None:
        """Read against this schema."""
        self.schema, self.parameters = schema, parameters
        self.unit = "household"

    def policy(self, path: Path) -> Policy:
        """Read one file.

        :raises RuleError: the first mistake, with its place.
        """
        root = read_yaml(path)
        fields = root.fields(_REQUIRED, ("received_when",))
        self.unit = fields["unit"].word_of(UNITS)
        if fields["id"].text() != path.stem:
            raise fields["id"].mistake(
                "ID", "id 要与文件名相同", "the id must equal the file name", f"写 {path.stem}"
            )
        valid = fields["valid"].fields(("from",), ("to",))
        valid_from, valid_to = valid["from"].day(), valid["to"].optional_day() if "to" in valid else None
        if valid_to is not None and valid_to <= valid_from:
            raise valid["to"].mistake(
                "VALID", "to 要晚于 from", "`to` must be later than `from`", "to 是不再有效的第一天"
            )
        criteria, amount = self._criteria(fields["criteria"]), self._amount(fields["amount"])
        return Policy(
            id=path.stem,
            name=_words(fields["name"]),
            summary=_words(fields["summary"]),
            category=fields["category"].text(),
            issuer=_words(fields["issuer"]),
            document=_document(fields["document"]),
            source_status=fields["source_status"].word_of(SOURCE_STATUS),
            sources=tuple(map(_source, fields["sources"].items())),
            level=fields["level"].word_of(LEVELS),
            region=region_code(fields["region"]),
            valid_from=valid_from,
            valid_to=valid_to,
            unit=self.unit,
            criteria=criteria,
            amount=amount,
            papers=tuple(map(_words, fields["papers"].items())),
            where=_words(fields["where"]),
            pays=fields["pays"].word_of(PAYS),
            received_when=self._expression(fields["received_when"], BOOL)
            if "received_when" in fields
            else None,
            examples=tuple(self._example(item, criteria) for item in fields["examples"].items()),
            canonical=self._canonical(root, criteria, amount),
            file=path.name,
        )

    def _expression(self, node: Node, wanted: Type) -> Expr:
        try:
            return parse(node.text(), self.unit, self.schema, expect=wanted)
        except ExpressionError as error:
            raise node.expression_mistake(error) from None

    def _criteria(self, node: Node) -> tuple[Criterion, ...]:
        found: dict[str, Criterion] = {}
        for item in node.items():
            fields = item.fields(("id", "zh", "en", "clause", "when"))
            name = fields["id"].text()
            if name in found:
                raise fields["id"].mistake(
                    "ID_TWICE", f"条件 {name} 写了两次", f"criterion {name} stands twice", "改名"
                )
            found[name] = Criterion(
                id=name,
                text=_words(item, fields),
                clause=fields["clause"].text(empty=True),
                when=self._expression(fields["when"], BOOL),
                when_text=fields["when"].text(),
            )
        if not 0 < len(found) <= MOST_CRITERIA:
            raise node.mistake(
                "CRITERIA", f"条件要有 1 到 {MOST_CRITERIA} 条", f"1 to {MOST_CRITERIA} criteria are wanted"
            )
        return tuple(found.values())

    def _amount(self, node: Node) -> Amount:
        fields = node.fields((), ("expr", "none", "period", "cap_fen", "note"))
        expr = self._expression(fields["expr"], _FEN) if "expr" in fields else None
        if (expr is None) == ("none" not in fields):
            raise node.mistake(
                "AMOUNT", "expr 与 none 要写一个", "either expr or none is wanted", "没有金额写 none: true"
            )
        if expr is not None and "period" not in fields:
            raise node.mistake(
                "KEY_MISSING", "缺少：period", "missing: period", f"可用：{'、'.join(PERIODS)}"
            )
        return Amount(
            expr=expr,
            expr_text=fields["expr"].text() if expr is not None else "",
            period=fields["period"].word_of(PERIODS) if "period" in fields else "",
            cap_fen=fields["cap_fen"].integer() if "cap_fen" in fields else None,
            note=_words(fields["note"]) if "note" in fields else Words("", ""),
        )

    def _example(self, node: Node, criteria: tuple[Criterion, ...]) -> Example:
        fields = node.fields(
            ("name", "as_of", "household", "members", "verdict"),
            ("region", "amount_fen", "decided_by", "missing"),
        )
        decided_by = ""
        if "decided_by" in fields:
            decided_by = fields["decided_by"].word_of([criterion.id for criterion in criteria])
        members = tuple(self._facts(item, "person") for item in fields["members"].items())
        if self.unit == "person" and not members:
            raise fields["members"].mistake(
                "EXAMPLE", "要有一个成员", "a member is wanted", "第一个成员就是要判断的人"
            )
        return Example(
            name=fields["name"].text(),
            as_of=fields["as_of"].day(),
            region=region_code(fields["region"]) if "region" in fields else "",
            household=self._facts(fields["household"], "household"),
            members=members,
            verdict=fields["verdict"].word_of(VERDICTS),
            amount_fen=fields["amount_fen"].integer() if "amount_fen" in fields else None,
            decided_by=decided_by,
            missing=tuple(item.text() for item in fields["missing"].items()) if "missing" in fields else (),
            line=node.line,
        )

    def _facts(self, node: Node, entity: str) -> Mapping[str, Value]:
        found: dict[str, Value] = {}
        for name, value in node.mapping().items():
            kind = self.schema.facts.get((entity, name))
            if kind is None or (entity, name) in self.schema.definitions:
                hint = "算出来的事实不能直接填，填它所用的事实" if kind else "事实名见 facts/catalogue.toml"
                raise value.mistake(
                    "UNKNOWN_FACT", f"没有叫 {name} 的事实可填", f"{name} is no stored fact", hint
                )
            found[name] = None if value.is_null else _fact_value(value, kind)
        return found

    def _canonical(self, root: Node, criteria: tuple[Criterion, ...], amount: Amount) -> str:
        """Write all that decides a verdict as text that equal rules share."""
        exprs = [criterion.when for criterion in criteria] + ([amount.expr] if amount.expr else [])
        document: dict[str, Any] = {
            key: node.plain() for key, node in root.mapping().items() if key != "examples"
        }
        names = sorted({name for expr in exprs for name in unknown_names(expr, self.schema)})
        document["parameters"] = {
            name: [
                [value.region, str(value.valid_from), str(value.valid_to), value.value]
                for value in self.parameters.by_name[name].values
            ]
            for prefix, _, name in (full.partition(".") for full in names)
            if prefix == "param"
        }
        document["derived"] = self._derived(exprs)
        return json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def _derived(self, exprs: list[Expr]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        waiting = list(exprs)
        while waiting:
            for node in walk(waiting.pop()):
                definition = self.schema.definition(node) if isinstance(node, Fact) else None
                if (
                    definition is not None
                    and isinstance(node, Fact)
                    and f"{node.entity}.{node.name}" not in found
                ):
                    found[f"{node.entity}.{node.name}"] = to_json(definition)
                    waiting.append(definition)
        return found


def _words(node: Node, fields: Mapping[str, Node] | None = None) -> Words:
    found = fields or node.fields(("zh", "en"))
    return Words(found["zh"].text(), found["en"].text())


def _document(node: Node) -> Document:
    fields = node.fields(("title", "number", "date", "clause"))
    return Document(**{name: value.text(empty=True) for name, value in fields.items()})


def _source(node: Node) -> Source:
    fields = node.fields(("title", "publisher", "note"), ("address",))
    return Source(**{name: value.text() for name, value in fields.items()})


def _fact_value(node: Node, kind: Type) -> Value:
    if kind.kind == "int":
        return node.integer()
    if kind.kind == "date":
        return node.day()
    if kind.kind == "bool":
        return node.word_of(("true", "false")) == "true"
    if kind.kind == "code":
        code = codes()[kind.codes].find(node.text())
        if code is None:
            listed = "、".join(codes()[kind.codes].codes)
            raise node.mistake(
                "UNKNOWN_CODE",
                f"代码表里没有“{node.text()}”",
                f"{node.text()} is in no code list",
                f"可用：{listed}",
            )
        return code.code
    return node.text(empty=True)
