"""The invented demo county: real townships of Ningdu, invented villages, people, cadres and errors.

The generator may not know the checks: nothing here imports ``xq_engine`` or ``xiangqiao``.
"""

from xq_demo.bench_columns import columns
from xq_demo.county import generate
from xq_demo.manifest import Manifest, Problem, Repair

__all__ = ["Manifest", "Problem", "Repair", "columns", "generate"]
