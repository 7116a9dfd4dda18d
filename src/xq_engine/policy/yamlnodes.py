"""Read YAML so that every mistake is told with file, line and column."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import yaml

from xq_engine.errors import ExpressionError, RuleError

LONGEST_FILE = 1_000_000
DEEPEST = 20
_INTEGER = re.compile(r"-?[0-9]{1,18}")


class Node:
    """One value of a YAML document with its place."""

    def __init__(self, file: str, node: yaml.Node, name: str = "") -> None:
        """Keep the node, the file and the key that it stands under."""
        self.file, self.node, self.name = file, node, name
        self.line: int = node.start_mark.line + 1
        self.column: int = node.start_mark.column + 1

    def mistake(self, code: str, zh: str, en: str, hint: str = "") -> RuleError:
        """Make the error of a mistake at this value."""
        return RuleError(code, zh, en, hint=hint, file=self.file, line=self.line, column=self.column)

    def expression_mistake(self, error: ExpressionError) -> RuleError:
        """Move an error inside an expression's text to its place in the file, as near as the quoting allows."""
        line, column, style = self.line, self.column, getattr(self.node, "style", None)
        if style in ("|", ">"):
            line += error.line
            column = error.column
        elif error.line == 1 and self.node.start_mark.line == self.node.end_mark.line:
            column += error.column - 1 + (style in ("'", '"'))
        return RuleError(
            error.code,
            error.message_zh,
            error.message_en,
            hint=error.hint,
            file=self.file,
            line=line,
            column=column,
        )

    def fields(self, required: Collection[str], optional: Collection[str] = ()) -> dict[str, Node]:
        """Read a mapping with the keys that may stand in it."""
        found = self.mapping()
        for key, value in found.items():
            if key not in required and key not in optional:
                raise value.mistake(
                    "KEY_UNKNOWN",
                    f"没有“{key}”这一项",
                    f"there is no key {key}",
                    f"可用：{'、'.join([*required, *optional])}",
                )
        lacking = [key for key in required if key not in found]
        if lacking:
            listed = "、".join(lacking)
            raise self.mistake(
                "KEY_MISSING", f"缺少：{listed}", f"missing: {', '.join(lacking)}", f"补上 {listed}"
            )
        return found

    def mapping(self) -> dict[str, Node]:
        """Read a mapping with any keys, each once."""
        if not isinstance(self.node, yaml.MappingNode):
            raise self.mistake(
                "SHAPE", "这里要写成 键: 值", "a mapping is wanted here", "例如 {zh: …, en: …}"
            )
        found: dict[str, Node] = {}
        for key, value in self.node.value:
            name = str(key.value)
            if name in found:
                raise Node(self.file, key).mistake(
                    "KEY_TWICE", f"“{name}”写了两次", f"{name} stands twice", "删去一个"
                )
            found[name] = Node(self.file, value, name)
        return found

    def items(self) -> Iterator[Node]:
        """Read a list."""
        if not isinstance(self.node, yaml.SequenceNode):
            raise self.mistake("SHAPE", "这里要写成列表", "a list is wanted here", "每项前面写 - ")
        return (Node(self.file, item, self.name) for item in self.node.value)

    @property
    def is_null(self) -> bool:
        """Tell whether the value is null."""
        return self.node.tag == "tag:yaml.org,2002:null"

    def text(self, *, empty: bool = False) -> str:
        """Read a text; blank only where the place allows it."""
        if not isinstance(self.node, yaml.ScalarNode):
            raise self.mistake("SHAPE", "这里要写一段文字", "a text is wanted here")
        value = "" if self.is_null else str(self.node.value).strip()
        if not value and not empty:
            raise self.mistake("EMPTY", f"{self.name} 不能空着", f"{self.name} may not be empty", "填上文字")
        return value

    def word_of(self, words: Collection[str]) -> str:
        """Read one of some words."""
        word = self.text()
        if word not in words:
            listed = "、".join(words)
            raise self.mistake(
                "WORD", f"{self.name} 不能是“{word}”", f"{self.name} cannot be {word}", f"可用：{listed}"
            )
        return word

    def integer(self) -> int:
        """Read a whole number."""
        text = self.text()
        if _INTEGER.fullmatch(text):
            return int(text)
        raise self.mistake(
            "NUMBER",
            f"{self.name} 要写整数",
            f"{self.name} must be a whole number",
            "金额以分为单位，不带小数，最多 18 位",
        )

    def day(self) -> date:
        """Read a day as 2026-01-31."""
        try:
            return datetime.strptime(self.text(), "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            raise self.mistake(
                "DATE", f"{self.name} 要写日期", f"{self.name} must be a date", "写成 2026-01-31"
            ) from None

    def optional_day(self) -> date | None:
        """Read a day or null."""
        return None if self.is_null else self.day()

    def plain(self) -> Any:
        """Give the value as plain data in which order of keys and quoting no longer count."""
        if isinstance(self.node, yaml.MappingNode):
            return {name: value.plain() for name, value in self.mapping().items()}
        if isinstance(self.node, yaml.SequenceNode):
            return [item.plain() for item in self.items()]
        return self.text(empty=True)


class _PlainLoader(yaml.SafeLoader):
    """Composes nodes of files that people write: no aliases (they can grow without bounds), no endless nesting."""

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        """Compose one node after looking whether it may stand here."""
        at = self.get_mark()
        if self.check_event(yaml.AliasEvent):
            raise yaml.MarkedYAMLError(problem="an alias cannot be used here", problem_mark=at)
        if self.depth == DEEPEST:
            raise yaml.MarkedYAMLError(problem="nested too deep", problem_mark=at)
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


def read_yaml(path: Path) -> Node:
    """Read a YAML file as nodes.

    :raises RuleError: YAML, ENCODING, TOO_LONG, EMPTY, with the place.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise RuleError(
            "ENCODING", "文件不是 UTF-8 编码", "the file is not UTF-8", hint="另存为 UTF-8", file=path.name
        ) from None
    if len(text) > LONGEST_FILE:
        raise RuleError(
            "TOO_LONG", "文件太长", "the file is too long", hint="一个文件写一项政策", file=path.name
        )
    try:
        node = yaml.compose(text, Loader=_PlainLoader)
    except yaml.YAMLError as error:
        raise _not_well_formed(path, text, error) from None
    if node is None:
        raise RuleError("EMPTY", "文件是空的", "the file is empty", file=path.name)
    return Node(path.name, node)


def _not_well_formed(path: Path, text: str, error: yaml.YAMLError) -> RuleError:
    line, column, problem = 1, 1, "a character that YAML does not allow"
    if isinstance(error, yaml.MarkedYAMLError):
        mark, problem = error.problem_mark or error.context_mark, str(error.problem)
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    elif isinstance(error, yaml.reader.ReaderError):
        line = text.count("\n", 0, error.position) + 1
        column = error.position - text.rfind("\n", 0, error.position)
    return RuleError(
        "YAML",
        "YAML 格式有误",
        f"not well-formed YAML: {problem}",
        hint="检查缩进、冒号后的空格和引号；带冒号的文字要加引号；不用 & 和 * 引用",
        file=path.name,
        line=line,
        column=column,
    )
