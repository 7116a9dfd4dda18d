"""Load a folder of policies with the parameters that they ask for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from xq_engine.lang import Schema, standard_schema
from xq_engine.policy.document import DocumentReader
from xq_engine.policy.model import Policy
from xq_engine.policy.parameters import Parameters, load_parameters

POLICIES = Path(__file__).parent.parent / "policies"


@dataclass(frozen=True)
class PolicyLibrary:
    """Policies with the parameters and the schema that they are written against."""

    policies: tuple[Policy, ...]
    parameters: Parameters
    schema: Schema

    def __iter__(self) -> Iterator[Policy]:
        """Go through the policies by id."""
        return iter(self.policies)

    def __getitem__(self, policy_id: str) -> Policy:
        """Find a policy by id."""
        return next(policy for policy in self.policies if policy.id == policy_id)

    def in_force(self, on: date) -> tuple[Policy, ...]:
        """List the policies that hold on a day."""
        return tuple(policy for policy in self.policies if policy.is_in_force(on))


def load_policies(folder: Path = POLICIES) -> PolicyLibrary:
    """Load every policy file of a folder and its parameters.yaml.

    :raises RuleError: the first mistake, with file, line, column and hint.
    """
    source = folder / "parameters.yaml"
    parameters = load_parameters(source) if source.exists() else Parameters()
    schema = standard_schema().with_parameters(parameters.units)
    files = [path for path in sorted(folder.glob("*.yaml")) if path != source]
    policies = tuple(DocumentReader(schema, parameters).policy(path) for path in files)
    return PolicyLibrary(policies, parameters, schema)
