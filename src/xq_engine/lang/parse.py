"""Read the text of an expression into the typed tree, or say what is wrong with it, where, and how to mend it."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from datetime import date
from difflib import get_close_matches
from typing import NoReturn

from xq_engine.errors import ExpressionError
from xq_engine.lang.functions import FUNCTIONS, NAMED, ROUNDINGS
from xq_engine.lang.nodes import (
    Aggregate,
    And,
    AsOf,
    Call,
    Expr,
    Fact,
    If,
    In,
    Known,
    Literal,
    Not,
    Or,
    Param,
)
from xq_engine.lang.schema import Schema
from xq_engine.lang.types import BOOL, DATE, INTEGER_MAX, NULL, NUMBER, TEXT, Type, Value, join

_FULL_WIDTH = dict(zip("（），＝＞＜“”‘’；：＋－×", "(),=><\"\"'';:+-*", strict=True))
_OUTSIDE_TEXT = re.compile(
    r"""("[^"]*"|'[^']*')|(\bif(?=\s*\()|[\n\r\t#]|&&|\|\||[（），＝＞＜“”‘’；：＋－×])"""
)
_COMPARE = {ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">="}
_ARITHMETIC = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*"}
_MEMBERS = ("any", "all", "count", "sum")
_FEN = Type("int", "fen")


def parse(text: str, entity: str, schema: Schema, *, expect: Type | None = None) -> Expr:
    """Read an expression about one entity (`household`, `person` …).

    `expect` is the type that the place wants: a condition wants bool, an amount `int:fen`.

    :raises ExpressionError: with code, sentence in both languages, line, column and hint.
    """
    reader = _Reader(text, entity, schema)
    tree = reader.tree()
    expr = reader.read(tree)
    if expect is not None:
        if join(expect, expr.type) is None:
            reader.fail(
                "WRONG_RESULT",
                tree,
                f"这里要的是 {expect}，得到的是 {expr.type}",
                f"this place wants {expect}, the expression gives {expr.type}",
                "金额写 yuan(800) 或 fen(80000)" if expect == _FEN else "",
            )
    return expr


class _Reader:
    """One pass over Python's syntax tree that checks and types as it builds ours."""

    def __init__(self, text: str, entity: str, schema: Schema) -> None:
        self.text, self.entity, self.schema = text, entity, schema
        self.in_members = False
        self.lead = len(text) - len(text.lstrip())

    def fail(self, code: str, node: ast.AST | int, zh: str, en: str, hint: str = "") -> NoReturn:
        if isinstance(node, int):
            offset = node
        else:
            # Python counts columns in UTF-8 bytes.
            flat = self.text[self.lead :].encode()
            offset = self.lead + len(flat[: getattr(node, "col_offset", 0)].decode(errors="ignore"))
        line = self.text.count("\n", 0, offset) + 1
        column = offset - (self.text.rfind("\n", 0, offset) + 1) + 1
        raise ExpressionError(code, zh, en, hint=hint, line=line, column=column)

    def tree(self) -> ast.expr:
        """Parse with Python's grammar, keeping every character at its place."""
        if not self.text.strip():
            self.fail("EMPTY", 0, "表达式是空的", "the expression is empty")
        flat = _OUTSIDE_TEXT.sub(self._flatten, self.text)
        try:
            return ast.parse(flat[self.lead :].rstrip(), mode="eval").body
        except SyntaxError as error:
            offset = self.lead + max((error.offset or 1) - 1, 0)
            single = re.search(r"(?<![=!<>])=(?!=)", flat)
            hint = "相等写 ==，不写 =" if single else "检查括号、逗号和引号是否成对"
            at = single.start() if single else min(offset, len(self.text) - 1)
            self.fail("SYNTAX", at, "表达式读不懂", "the expression cannot be read", hint)
        except (ValueError, RecursionError, MemoryError):
            self.fail("SYNTAX", 0, "表达式读不懂", "the expression cannot be read", "去掉特殊字符，或拆短")

    def _flatten(self, found: re.Match[str]) -> str:
        quoted, other = found.groups()
        if quoted is not None:
            return str(quoted)
        if other == "if":
            return "If"
        if other.isspace():
            return " "
        wanted = {"&&": "and", "||": "or", "#": ""}.get(other) or _FULL_WIDTH.get(other, "")
        hint = f"改成 {wanted}" if wanted else "表达式里不能写注释"
        self.fail("CHARACTER", found.start(2), f"这里不能用 {other}", f"{other} is not allowed here", hint)

    def read(self, node: ast.expr) -> Expr:
        """Read one node of Python's tree; whatever is not listed is refused."""
        readers: dict[type[ast.expr], Callable[..., Expr]] = {
            ast.Constant: self._constant,
            ast.Name: self._name,
            ast.Attribute: self._attribute,
            ast.BinOp: self._arithmetic,
            ast.UnaryOp: self._unary,
            ast.BoolOp: self._junction,
            ast.Compare: self._comparison,
            ast.Call: self._call,
        }
        reader = readers.get(type(node))
        if reader is None:
            self.fail(
                "NOT_ALLOWED",
                node,
                "规则语言里没有这种写法",
                "the rule language has no such form",
                "可用：比较、and/or/not、in [..]、if(条件, 甲, 乙)、any/all/count/sum(members, ..)",
            )
        return reader(node)

    def _constant(self, node: ast.Constant) -> Expr:
        value = node.value
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) <= INTEGER_MAX:
            return Literal(value, NUMBER)
        if isinstance(value, str):
            return Literal(value, TEXT)
        if isinstance(value, float):
            self.fail(
                "DECIMAL",
                node,
                "不能用小数",
                "decimals are not allowed",
                "金额用 yuan(…) 或分，比例用 div_round(…)",
            )
        self.fail(
            "NOT_ALLOWED",
            node,
            f"不能用 {value!r}",
            f"{value!r} is not allowed",
            "真假写 true / false，未知写 null",
        )

    def _name(self, node: ast.Name) -> Expr:
        words: dict[str, Expr] = {
            "true": Literal(True, BOOL),  # noqa: FBT003 - the constant of the language
            "false": Literal(False, BOOL),  # noqa: FBT003 - the constant of the language
            "null": Literal(None, NULL),
            "as_of": AsOf(),
        }
        return words[node.id] if node.id in words else self._fact(self.entity, node.id, node)

    def _attribute(self, node: ast.Attribute) -> Expr:
        owner = node.value.id if isinstance(node.value, ast.Name) else ""
        if owner != self.entity and not (owner == "household" and self.entity == "person"):
            self.fail(
                "UNKNOWN_OWNER",
                node,
                f"这里不能写 {owner}.{node.attr}",
                f"{owner}.{node.attr} cannot be used here",
                "说到个人时可写 household.事实名；家庭成员用 any(members, …)",
            )
        return self._fact(owner, node.attr, node)

    def _fact(self, entity: str, name: str, node: ast.expr) -> Expr:
        found = self.schema.facts.get((entity, name))
        if found is not None:
            fact = Fact(entity, name, found)
            if self.in_members and self.schema.has_aggregate(fact):
                self._fail_nested(node)
            return fact
        elsewhere = [owner for owner, known in self.schema.facts if known == name]
        close = get_close_matches(
            name, [known for owner, known in self.schema.facts if owner == entity], 3, 0.6
        )
        if "household" in elsewhere and entity == "person":
            hint = f"写 household.{name}"
        elif "person" in elsewhere and entity == "household":
            hint = f"{name} 是个人的事实，写 any(members, …{name}…)"
        else:
            hint = f"是不是 {'、'.join(close)}？" if close else "事实名见目录 facts/catalogue.toml"
        self.fail("UNKNOWN_FACT", node, f"没有叫 {name} 的事实", f"there is no fact called {name}", hint)

    def _arithmetic(self, node: ast.BinOp) -> Expr:
        sign = _ARITHMETIC.get(type(node.op))
        if sign is None:
            self.fail(
                "NOT_ALLOWED", node, "只有 + - *", "only + - * exist", '除法写 div_round(甲, 乙, "half_up")'
            )
        return self.apply(sign, (self.read(node.left), self.read(node.right)), node)

    def _unary(self, node: ast.UnaryOp) -> Expr:
        item = self.read(node.operand)
        if isinstance(node.op, ast.Not):
            return Not(self.condition(item, node.operand))
        if isinstance(node.op, ast.USub):
            if isinstance(item, Literal) and isinstance(item.value, int) and item.type.kind == "int":
                return Literal(-item.value, item.type)
            return self.apply("negative", (item,), node)
        self.fail("NOT_ALLOWED", node, "只有 - 和 not", "only - and not exist")

    def _junction(self, node: ast.BoolOp) -> Expr:
        items = tuple(self.condition(self.read(value), value) for value in node.values)
        return And(items) if isinstance(node.op, ast.And) else Or(items)

    def condition(self, item: Expr, node: ast.expr) -> Expr:
        """Insist on a truth value."""
        if item.type.kind not in ("bool", "null"):
            self.fail(
                "NOT_A_CONDITION",
                node,
                f"这里要的是真或假，得到的是 {item.type}",
                f"a truth value is wanted here, not {item.type}",
                '写成比较，例如 x > 0 或 x == "CODE"',
            )
        return item

    def _comparison(self, node: ast.Compare) -> Expr:
        left, left_node, parts = self.read(node.left), node.left, list[Expr]()
        for op, right_node in zip(node.ops, node.comparators, strict=True):
            if isinstance(op, ast.In | ast.NotIn):
                if len(node.ops) > 1:
                    self.fail("CHAIN", right_node, "in 不能连写", "in cannot be chained", "用 and 分开写")
                found = self._membership(left, right_node)
                return Not(found) if isinstance(op, ast.NotIn) else found
            sign = _COMPARE.get(type(op))
            if sign is None:
                self.fail(
                    "NOT_ALLOWED", node, "没有 is", "is does not exist", "相等写 ==，是否已知写 known(…)"
                )
            right = self.read(right_node)
            parts.append(self.compare(sign, left, right, left_node, right_node))
            left, left_node = right, right_node
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def compare(self, sign: str, left: Expr, right: Expr, left_node: ast.expr, right_node: ast.expr) -> Expr:
        """Compare two values of one type; a word beside a code becomes the code."""
        if NULL in (left.type, right.type):
            self.fail(
                "NULL_COMPARED",
                right_node,
                "不能与 null 比较",
                "null cannot be compared",
                "写 known(…) 或 not known(…)",
            )
        if left.type.kind == "code" and isinstance(right, Literal):
            right = Literal(self.constant_like(left.type, right, right_node), left.type)
        elif right.type.kind == "code" and isinstance(left, Literal):
            left = Literal(self.constant_like(right.type, left, left_node), right.type)
        return self.apply(sign, (left, right), left_node)

    def _membership(self, left: Expr, node: ast.expr) -> Expr:
        if not isinstance(node, ast.List | ast.Tuple) or not node.elts:
            self.fail(
                "LIST", node, "in 后面要写列表", "in wants a list of constants", '例如 in ["SON", "DAUGHTER"]'
            )
        values = []
        for item_node in node.elts:
            item = self.read(item_node)
            if not isinstance(item, Literal) or item.value is None:
                self.fail("LIST", item_node, "列表里只能写常量", "only constants may stand in a list")
            values.append(self.constant_like(left.type, item, item_node))
        return In(left, tuple(values))

    def constant_like(self, wanted: Type, item: Literal, node: ast.expr) -> Value:
        """Give the constant as a value of the wanted type; a Chinese word of a code list as its code."""
        if wanted.kind == "code" and isinstance(item.value, str):
            known = self.schema.codes[wanted.codes]
            code = known.find(item.value)
            if code is None:
                listed = "、".join(f"{each.code}（{each.zh}）" for each in known.codes.values())
                self.fail(
                    "UNKNOWN_CODE",
                    node,
                    f"代码表 {wanted.codes} 里没有“{item.value}”",
                    f"code list {wanted.codes} has no {item.value!r}",
                    f"可用：{listed}",
                )
            return code.code
        if join(wanted, item.type) is None:
            self.fail(
                "TYPES",
                node,
                f"{wanted} 不能与 {item.type} 比较",
                f"{wanted} cannot be compared with {item.type}",
            )
        return item.value

    def apply(self, name: str, args: tuple[Expr, ...], node: ast.expr) -> Expr:
        """Apply a strict function after checking the types of its arguments."""
        result = FUNCTIONS[name].result([arg.type for arg in args])
        if result is None:
            have = "、".join(str(arg.type) for arg in args)
            units = {arg.type.unit for arg in args if arg.type.unit}
            code = "UNITS" if len(units) > 1 and all(arg.type.kind == "int" for arg in args) else "TYPES"
            self.fail(
                code,
                node,
                f"{name} 不能用于 {have}",
                f"{name} takes {FUNCTIONS[name].takes}, not {', '.join(str(arg.type) for arg in args)}",
                "单位不同不能混算；要去掉单位写 number(…)" if code == "UNITS" else "",
            )
        return Call(name, args, result)

    def _call(self, node: ast.Call) -> Expr:
        name = {"If": "if"}.get(node.func.id, node.func.id) if isinstance(node.func, ast.Name) else ""
        if node.keywords or any(isinstance(arg, ast.Starred) for arg in node.args):
            self.fail("ARGUMENTS", node, "参数只按次序写", "arguments are given by position only")
        special: dict[str, tuple[int, Callable[[ast.Call], Expr]]] = {
            "if": (3, self._if),
            "between": (3, self._between),
            "known": (1, lambda call: Known(self.read(call.args[0]))),
            "date": (1, self._date),
            "param": (1, self._param),
            "yuan": (1, lambda call: self._amount(call, 100)),
            "fen": (1, lambda call: self._amount(call, 1)),
            "div_round": (3, self._division),
            **{kind: (2, self._aggregate) for kind in _MEMBERS},
        }
        low, high = (special[name][0],) * 2 if name in special else NAMED.get(name, (0, -1))
        if high < 0:
            close = get_close_matches(name, [*special, *NAMED], 3, 0.6)
            hint = f"是不是 {'、'.join(close)}？" if close else f"可用：{'、'.join([*special, *NAMED])}"
            self.fail(
                "UNKNOWN_FUNCTION", node, f"没有叫 {name} 的函数", f"there is no function called {name}", hint
            )
        if not low <= len(node.args) <= high:
            wanted = str(low) if low == high else f"{low}–{high}"
            self.fail("ARGUMENTS", node, f"{name} 要 {wanted} 个参数", f"{name} takes {wanted} arguments")
        if name in special:
            return special[name][1](node)
        return self.apply(name, tuple(self.read(arg) for arg in node.args), node)

    def _if(self, node: ast.Call) -> Expr:
        condition = self.condition(self.read(node.args[0]), node.args[0])
        then, otherwise = self.read(node.args[1]), self.read(node.args[2])
        result = join(then.type, otherwise.type)
        if result is None:
            self.fail(
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
            self.fail("ARGUMENTS", node, "括号里要写带引号的字", "a quoted word is wanted in the brackets")
        return item.value

    def _date(self, node: ast.Call) -> Expr:
        word = self._word(node)
        try:
            return Literal(date.fromisoformat(word), DATE)
        except ValueError:
            self.fail(
                "DATE", node.args[0], f"{word} 不是日期", f"{word} is not a date", '写成 date("2026-01-31")'
            )

    def _param(self, node: ast.Call) -> Expr:
        name = self._word(node)
        found = self.schema.parameters.get(name)
        if found is None:
            close = get_close_matches(name, list(self.schema.parameters), 3, 0.6)
            hint = f"是不是 {'、'.join(close)}？" if close else "先在 parameters.yaml 里登记"
            self.fail(
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
            self.fail(
                "ARGUMENTS",
                node,
                "括号里要写整数",
                "a whole number is wanted in the brackets",
                "一元二角写 fen(120)",
            )
        return Literal(item.value * fen, _FEN)

    def _division(self, node: ast.Call) -> Expr:
        mode = node.args[2].value if isinstance(node.args[2], ast.Constant) else None
        if mode not in ROUNDINGS:
            self.fail(
                "ROUNDING",
                node.args[2],
                "要写明取整方式",
                "the rounding must be named",
                '"half_up" 四舍五入，"down" 舍去，"up" 进一',
            )
        return self.apply(f"div_{mode}", (self.read(node.args[0]), self.read(node.args[1])), node)

    def _fail_nested(self, node: ast.AST) -> NoReturn:
        self.fail(
            "NESTED_MEMBERS",
            node,
            "成员里面不能再问成员",
            "a question over the members cannot stand inside another",
            "把里面的一项提到外面，用 and 连起来",
        )

    def _aggregate(self, node: ast.Call) -> Expr:
        kind = node.func.id if isinstance(node.func, ast.Name) else ""
        over = node.args[0]
        if (
            not isinstance(over, ast.Name)
            or over.id != "members"
            or self.entity not in ("household", "person")
        ):
            self.fail(
                "MEMBERS",
                over,
                f"{kind} 只能问 members",
                f"{kind} asks over members only",
                f"{kind}(members, …)",
            )
        if self.in_members:
            self._fail_nested(node)
        outer, self.entity, self.in_members = self.entity, "person", True
        body = self.read(node.args[1])
        self.entity, self.in_members = outer, False
        if kind == "sum":
            if body.type.kind != "int":
                self.fail("TYPES", node.args[1], "sum 要的是整数", "sum takes an integer")
            return Aggregate(kind, body, body.type)
        self.condition(body, node.args[1])
        return Aggregate(kind, body, Type("int", "count") if kind == "count" else BOOL)
