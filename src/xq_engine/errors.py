"""Errors that an author of a rule can mend."""

from __future__ import annotations


class EngineError(Exception):
    """Base of every error that the engine raises on purpose."""


class RuleError(EngineError):
    """A mistake in a rule, a policy document or a parameter, at a place, with the way to mend it."""

    def __init__(
        self,
        code: str,
        message_zh: str,
        message_en: str,
        *,
        hint: str = "",
        file: str = "",
        line: int = 1,
        column: int = 1,
    ) -> None:
        """Keep the stable code, the sentence in both languages and the place (line and column from 1)."""
        self.code = code
        self.message_zh = message_zh
        self.message_en = message_en
        self.hint = hint
        self.file = file
        self.line = line
        self.column = column
        super().__init__(str(self))

    def __str__(self) -> str:
        """Show place, sentence in both languages, hint."""
        place = f"{self.file}:{self.line}:{self.column}" if self.file else f"{self.line}:{self.column}"
        hint = f"（{self.hint}）" if self.hint else ""
        return f"{place} {self.code} {self.message_zh} / {self.message_en}{hint}"


class ExpressionError(RuleError):
    """A mistake in one expression; line and column count from 1 inside its text."""


class OutOfRange(EngineError):
    """A computed integer does not fit into 64 bits: an error, never a wrapped number."""
