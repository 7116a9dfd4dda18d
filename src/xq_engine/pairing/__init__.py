"""Pairing of households with cadres: `pair`, `verify`, `reasons`, `candidates`, `tables`.

Import from the modules: only `pair` loads the solver.
"""
