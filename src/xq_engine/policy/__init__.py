"""Policies as documents: who is entitled to what, by which text."""

from xq_engine.policy.load import PolicyLibrary, load_policies
from xq_engine.policy.model import Amount, Criterion, Example, Policy, Source, Words
from xq_engine.policy.parameters import Parameter, Parameters, ParameterValue

__all__ = [
    "Amount",
    "Criterion",
    "Example",
    "Parameter",
    "ParameterValue",
    "Parameters",
    "Policy",
    "PolicyLibrary",
    "Source",
    "Words",
    "load_policies",
]
