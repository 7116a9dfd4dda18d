"""The shared rule language: one typed tree, evaluated as DuckDB SQL in batches and as closures one by one."""

from xq_engine.lang.batch import BatchQuestion, RegionValues, batch_sql
from xq_engine.lang.case import Case
from xq_engine.lang.closure import Compiler, compile_closure
from xq_engine.lang.nodes import Expr, from_json, to_json
from xq_engine.lang.parse import parse
from xq_engine.lang.schema import Schema
from xq_engine.lang.sql import to_sql
from xq_engine.lang.standard import standard_schema
from xq_engine.lang.types import BOOL, DATE, NUMBER, TEXT, Type, Value

__all__ = [
    "BOOL",
    "DATE",
    "NUMBER",
    "TEXT",
    "BatchQuestion",
    "Case",
    "Compiler",
    "Expr",
    "RegionValues",
    "Schema",
    "Type",
    "Value",
    "batch_sql",
    "compile_closure",
    "from_json",
    "parse",
    "standard_schema",
    "to_json",
    "to_sql",
]
