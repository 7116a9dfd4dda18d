"""Read the text of an expression into the typed tree, or say what is wrong with it, where, and how to mend it."""

from __future__ import annotations

import ast
from collections.abc import Callable
from datetime import datetime
from difflib import get_close_matches

from xq_engine.lang.functions import NAMED, ROUNDINGS
from xq_engine.lang.nodes import Aggregate, And, Expr, If, Known, Literal, Param
from xq_engine.lang.reader import Reader
from xq_engine.lang.schema import Schema
from xq_engine.lang.types import BOOL, DATE, Type, join
from xq_engine.lang.weight import HEAVIEST, weight

_MEMBERS = ("any", "all", "count", "sum")
_FEN = Type("int", "fen")


def parse(text: str, entity: str, schema: Schema, *, expect: Type | None = None) -> Expr:
    """Read an expression about one entity (`household`, `person` …).

    `expect` is the type that the place wants: a condition wants bool, an amount `int:fen`.

    :raises ExpressionError: with code, sentence in both languages, line, column and hint.
    """
    reader = _CallReader(text, entity, schema)
    tree = reader.source.tree()
    expr = reader.read(tree)
    if expect is not None and join(expect, expr.type) is None:
        raise reader.source.mistake(
            "WRONG_RESULT",
            tree,
            f"这里要的是 {expect}，得到的是 {expr.type}",
            f"this place wants {expect}, the expression gives {expr.type}",
            "金额写 yuan(800) 或 fen(80000)" if expect == _FEN else "",
        )
    if weight(expr) > HEAVIEST:
        raise reader.source.too_long(tree)
    return expr


class _CallReader(Reader):
    """Reads what is written with brackets: if, between, dates, parameters, amounts, members."""

    def call(self, node: ast.Call) -> Expr:
        """Read a call of a function that the language has."""
        name = {"If": "if"}.get(node.func.id, node.func.id) if isinstance(node.func, ast.Name) else ""
        if node.keywords or any(isinstance(arg, ast.Starred) for arg in node.args):
            raise self.source.mistake(
                "ARGUMENTS", node, "参数只按次序写", "arguments are given by position only"
            )
        special: dict[str, tuple[int, Callable[[ast.Call], Expr]]] = {
            "if": (3, self._if),
            "between": (3, self._between),
            "known": (1, lambda call: Known(self.read(call.args[0]))),
            "date": (1, self._date),
            "param": (1, self._param),
            "yuan": (1, lambda call: self._amount(call, 100)),
            "fen": (1, lambda call: self._amount(call, 1)),
            "div_round": (3, self._division),
            **dict.fromkeys(_MEMBERS, (2, self._aggregate)),
        }
        low, high = (special[name][0],) * 2 if name in special else NAMED.get(name, (0, -1))
        if high < 0:
            close = get_close_matches(name, [*special, *NAMED], 3, 0.6)
            hint = f"是不是 {'、'.join(close)}？" if close else f"可用：{'、'.join([*special, *NAMED])}"
            raise self.source.mistake(
                "UNKNOWN_FUNCTION", node, f"没有叫 {name} 的函数", f"there is no function called {name}", hint
            )
        if not low <= len(node.args) <= high:
            wanted = str(low) if low == high else f"{low}–{high}"
            raise self.source.mistake(
                "ARGUMENTS", node, f"{name} 要 {wanted} 个参数", f"{name} takes {wanted} arguments"
            )
        if name in special:
            return special[name][1](node)
        return self.apply(name, tuple(self.read(arg) for arg in node.args), node)

    def _if(self, node: ast.Call) -> Expr:
        condition = self.condition(self.read(node.args[0]), node.args[0])
        then, otherwise = self.read(node.args[1]), self.read(node.args[2])
        result = join(then.type, otherwise.type)
        if result is None:
            raise self.source.mistake(
                "TYPES",
                node.args[2],
                f"if 的两个值类型不同：{then.type} 与 {otherwise.type}",
                f"the two values of if differ: {then.type} and {otherwise.type}",
            )
        return If(condition, then, otherwise, result)

    def _between(self, node: ast.Call) -> Expr:
        item, low, high = (self.read(arg) for arg in node.args)
        first, middle, last = node.args
        return And(
            (self.compare(">=", item, low, first, middle), self.compare("<=", item, high, first, last))
        )

    def _word(self, node: ast.Call) -> str:
        item = node.args[0]
        if not isinstance(item, ast.Constant) or not isinstance(item.value, str):
            raise self.source.mistake(
                "ARGUMENTS", node, "括号里要写带引号的字", "a quoted word is wanted in the brackets"
            )
        return item.value

    def _date(self, node: ast.Call) -> Expr:
        word = self._word(node)
        try:
            return Literal(datetime.strptime(word, "%Y-%m-%d").date(), DATE)  # noqa: DTZ007 - a day has no zone
        except ValueError:
            hint = '写成 date("2026-01-31")'
            raise self.source.mistake(
                "DATE", node.args[0], f"{word} 不是日期", f"{word} is not a date", hint
            ) from None

    def _param(self, node: ast.Call) -> Expr:
        name = self._word(node)
        found = self.schema.parameters.get(name)
        if found is None:
            close = get_close_matches(name, list(self.schema.parameters), 3, 0.6)
            hint = f"是不是 {'、'.join(close)}？" if close else "先在 parameters.yaml 里登记"
            raise self.source.mistake(
                "UNKNOWN_PARAMETER",
                node.args[0],
                f"没有叫 {name} 的参数",
                f"there is no parameter {name}",
                hint,
            )
        return Param(name, found)

    def _amount(self, node: ast.Call, fen: int) -> Expr:
        item = node.args[0]
        if not isinstance(item, ast.Constant) or type(item.value) is not int:
            raise self.source.mistake(
                "ARGUMENTS",
                node,
                "括号里要写整数",
                "a whole number is wanted in the brackets",
                "一元二角写 fen(120)",
            )
        return Literal(self.fitting(item.value * fen, item), _FEN)

    def _division(self, node: ast.Call) -> Expr:
        mode = node.args[2].value if isinstance(node.args[2], ast.Constant) else None
        if mode not in ROUNDINGS:
            raise self.source.mistake(
                "ROUNDING",
                node.args[2],
                "要写明取整方式",
                "the rounding must be named",
                '"half_up" 四舍五入，"down" 舍去，"up" 进一',
            )
        return self.apply(f"div_{mode}", (self.read(node.args[0]), self.read(node.args[1])), node)

    def _aggregate(self, node: ast.Call) -> Expr:
        kind = node.func.id if isinstance(node.func, ast.Name) else ""
        over = node.args[0]
        if (
            not isinstance(over, ast.Name)
            or over.id != "members"
            or self.entity not in ("household", "person")
        ):
            raise self.source.mistake(
                "MEMBERS",
                over,
                f"{kind} 只能问 members",
                f"{kind} asks over members only",
                f"{kind}(members, …)",
            )
        if self.in_members:
            raise self.nested(node)
        outer, self.entity, self.in_members = self.entity, "person", True
        body = self.read(node.args[1])
        self.entity, self.in_members = outer, False
        if kind == "sum":
            if body.type.kind != "int":
                raise self.source.mistake("TYPES", node.args[1], "sum 要的是整数", "sum takes an integer")
            return Aggregate(kind, body, body.type)
        self.condition(body, node.args[1])
        return Aggregate(kind, body, Type("int", "count") if kind == "count" else BOOL)
