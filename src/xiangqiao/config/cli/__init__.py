"""The program `xiangqiao`: everything an operator does, in one place."""

from xiangqiao.config.cli.program import main

__all__ = ["main"]
