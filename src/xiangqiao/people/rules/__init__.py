"""Decisions of the register about changes on any day: pure, without tables, clock or language."""
