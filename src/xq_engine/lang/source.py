"""The text of an expression: its syntax tree, with every mistake at its line and column."""

from __future__ import annotations

import ast
import re

from xq_engine.errors import ExpressionError
from xq_engine.lang.weight import LONGEST_TEXT, too_deep

_FULL_WIDTH = dict(zip("（），＝＞＜“”‘’；：＋－×", "(),=><\"\"'';:+-*", strict=True))
_OUTSIDE_TEXT = re.compile(
    r"""("[^"\\]*"|'[^'\\]*')|(\bif(?=\s*\()|[\n\r\t#\\]|&&|\|\||[（），＝＞＜“”‘’；：＋－×])"""
)
_SINGLE_EQUALS = re.compile(r"(?<![=!<>])=(?!=)")


class Source:
    """One expression's text."""

    def __init__(self, text: str) -> None:
        """Keep the text as the author wrote it."""
        self.text = text
        self._lead = len(text) - len(text.lstrip())

    def mistake(self, code: str, at: ast.AST | int, zh: str, en: str, hint: str = "") -> ExpressionError:
        """Make the error of a mistake at a node of the tree or at an offset of the text."""
        if isinstance(at, int):
            offset = at
        else:
            # Python counts columns in UTF-8 bytes.
            bytes_before = self.text[self._lead :].encode()[: getattr(at, "col_offset", 0)]
            offset = self._lead + len(bytes_before.decode(errors="ignore"))
        line = self.text.count("\n", 0, offset) + 1
        column = offset - (self.text.rfind("\n", 0, offset) + 1) + 1
        return ExpressionError(code, zh, en, hint=hint, line=line, column=column)

    def tree(self) -> ast.expr:
        """Parse with Python's grammar, every character kept at its place.

        :raises ExpressionError: EMPTY, TOO_LONG, CHARACTER, SYNTAX.
        """
        if not self.text.strip():
            raise self.mistake("EMPTY", 0, "表达式是空的", "the expression is empty")
        if len(self.text) > LONGEST_TEXT:
            raise self.too_long(LONGEST_TEXT)
        flat = _OUTSIDE_TEXT.sub(self._flatten, self.text)
        try:
            tree = ast.parse(flat[self._lead :].rstrip(), mode="eval").body
        except SyntaxError as error:
            single = _SINGLE_EQUALS.search(flat)
            hint = "相等写 ==，不写 =" if single else "检查括号、逗号和引号是否成对"
            offset = min(self._lead + max((error.offset or 1) - 1, 0), len(self.text) - 1)
            at = single.start() if single else offset
            raise self.mistake("SYNTAX", at, "表达式读不懂", "the expression cannot be read", hint) from None
        except (ValueError, RecursionError, MemoryError):
            hint = "去掉特殊字符，或拆短"
            raise self.mistake("SYNTAX", 0, "表达式读不懂", "the expression cannot be read", hint) from None
        if (deep := too_deep(tree)) is not None:
            raise self.too_long(deep)
        return tree

    def too_long(self, at: ast.AST | int) -> ExpressionError:
        """Describe an expression that is longer, deeper or heavier than anybody can answer for."""
        hint = "拆成几个条件，或写成派生事实"
        return self.mistake(
            "TOO_LONG", at, "表达式太长或嵌套太深", "the expression is too long or too deep", hint
        )

    def _flatten(self, found: re.Match[str]) -> str:
        quoted, other = found.groups()
        if quoted is not None:
            return str(quoted)
        if other == "if":
            # `if` is a keyword of Python's grammar, `If` is a name of the same length.
            return "If"
        if other.isspace():
            return " "
        wanted = {"&&": "and", "||": "or"}.get(other) or _FULL_WIDTH.get(other, "")
        hint = f"改成 {wanted}" if wanted else "表达式里不能写注释，也不用反斜杠"
        raise self.mistake(
            "CHARACTER", found.start(2), f"这里不能用 {other}", f"{other} is not allowed here", hint
        )
