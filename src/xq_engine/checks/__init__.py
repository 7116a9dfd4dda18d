"""The checks as data: code, scope, severity, sentences and hints in both languages, and their rules."""

from xq_engine.checks.catalogue import Case, Check, checks

__all__ = ["Case", "Check", "checks"]
