"""Shapes of input of giving."""
