"""Read constants, facts and operators of an expression into the typed tree."""

from __future__ import annotations

import ast
from collections.abc import Callable
from difflib import get_close_matches

from xq_engine.errors import ExpressionError
from xq_engine.lang.functions import FUNCTIONS
from xq_engine.lang.nodes import And, AsOf, Call, Expr, Fact, In, Literal, Not, Or
from xq_engine.lang.schema import Schema
from xq_engine.lang.source import Source
from xq_engine.lang.types import BOOL, INTEGER_MAX, NULL, NUMBER, TEXT, Type, Value, join

_COMPARE = {ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">="}
_ARITHMETIC = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*"}


class Reader:
    """One pass over Python's syntax tree that checks and types as it builds ours."""

    def __init__(self, text: str, entity: str, schema: Schema) -> None:
        """Begin to read an expression about one entity."""
        self.source, self.entity, self.schema = Source(text), entity, schema
        self.in_members = False

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
            ast.Call: self.call,
        }
        reader = readers.get(type(node))
        if reader is None:
            raise self.source.mistake(
                "NOT_ALLOWED",
                node,
                "规则语言里没有这种写法",
                "the rule language has no such form",
                "可用：比较、and/or/not、in [..]、if(条件, 甲, 乙)、any/all/count/sum(members, ..)",
            )
        return reader(node)

    def _constant(self, node: ast.Constant) -> Expr:
        value = node.value
        if isinstance(value, int) and not isinstance(value, bool):
            return Literal(self.fitting(value, node), NUMBER)
        if isinstance(value, str):
            return Literal(value, TEXT)
        if isinstance(value, float):
            raise self.source.mistake(
                "DECIMAL",
                node,
                "不能用小数",
                "decimals are not allowed",
                "金额用 yuan(…) 或分，比例用 div_round(…)",
            )
        raise self.source.mistake(
            "NOT_ALLOWED",
            node,
            f"不能用 {value!r}",
            f"{value!r} is not allowed",
            "真假写 true / false，未知写 null",
        )

    def fitting(self, value: int, node: ast.expr) -> int:
        """Insist that a constant fits into 64 bits."""
        if abs(value) <= INTEGER_MAX:
            return value
        raise self.source.mistake("NUMBER", node, "数太大", "the number is too large", "最多 18 位数字")

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
            raise self.source.mistake(
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
                raise self.nested(node)
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
        raise self.source.mistake(
            "UNKNOWN_FACT", node, f"没有叫 {name} 的事实", f"there is no fact called {name}", hint
        )

    def _arithmetic(self, node: ast.BinOp) -> Expr:
        sign = _ARITHMETIC.get(type(node.op))
        if sign is None:
            raise self.source.mistake(
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
        raise self.source.mistake("NOT_ALLOWED", node, "只有 - 和 not", "only - and not exist")

    def _junction(self, node: ast.BoolOp) -> Expr:
        items = tuple(self.condition(self.read(value), value) for value in node.values)
        return And(items) if isinstance(node.op, ast.And) else Or(items)

    def condition(self, item: Expr, node: ast.expr) -> Expr:
        """Insist on a truth value."""
        if item.type.kind not in ("bool", "null"):
            raise self.source.mistake(
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
                    raise self.source.mistake(
                        "CHAIN", right_node, "in 不能连写", "in cannot be chained", "用 and 分开写"
                    )
                found = self._membership(left, right_node)
                return Not(found) if isinstance(op, ast.NotIn) else found
            sign = _COMPARE.get(type(op))
            if sign is None:
                raise self.source.mistake(
                    "NOT_ALLOWED", node, "没有 is", "is does not exist", "相等写 ==，是否已知写 known(…)"
                )
            right = self.read(right_node)
            parts.append(self.compare(sign, left, right, left_node, right_node))
            left, left_node = right, right_node
        return parts[0] if len(parts) == 1 else And(tuple(parts))

    def compare(self, sign: str, left: Expr, right: Expr, left_node: ast.expr, right_node: ast.expr) -> Expr:
        """Compare two values of one type; a word beside a code becomes the code."""
        if NULL in (left.type, right.type):
            raise self.source.mistake(
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
            raise self.source.mistake(
                "LIST", node, "in 后面要写列表", "in wants a list of constants", '例如 in ["SON", "DAUGHTER"]'
            )
        values = []
        for item_node in node.elts:
            item = self.read(item_node)
            if not isinstance(item, Literal) or item.value is None:
                raise self.source.mistake(
                    "LIST", item_node, "列表里只能写常量", "only constants may stand in a list"
                )
            values.append(self.constant_like(left.type, item, item_node))
        return In(left, tuple(values))

    def constant_like(self, wanted: Type, item: Literal, node: ast.expr) -> Value:
        """Give the constant as a value of the wanted type; a Chinese word of a code list as its code."""
        if wanted.kind == "code" and isinstance(item.value, str):
            known = self.schema.codes[wanted.codes]
            code = known.find(item.value)
            if code is None:
                listed = "、".join(f"{each.code}（{each.zh}）" for each in known.codes.values())
                raise self.source.mistake(
                    "UNKNOWN_CODE",
                    node,
                    f"代码表 {wanted.codes} 里没有“{item.value}”",
                    f"code list {wanted.codes} has no {item.value!r}",
                    f"可用：{listed}",
                )
            return code.code
        if join(wanted, item.type) is None:
            raise self.source.mistake(
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
            raise self.source.mistake(
                code,
                node,
                f"{name} 不能用于 {have}",
                f"{name} takes {FUNCTIONS[name].takes}, not {', '.join(str(arg.type) for arg in args)}",
                "单位不同不能混算；要去掉单位写 number(…)" if code == "UNITS" else "",
            )
        return Call(name, args, result)

    def nested(self, node: ast.AST) -> ExpressionError:
        """Describe a question over the members inside another."""
        return self.source.mistake(
            "NESTED_MEMBERS",
            node,
            "成员里面不能再问成员",
            "a question over the members cannot stand inside another",
            "把里面的一项提到外面，用 and 连起来",
        )

    def call(self, node: ast.Call) -> Expr:
        """Read a call; the reader of calls knows them."""
        raise self.source.mistake("UNKNOWN_FUNCTION", node, "这里不能用函数", "no function is known here")
