"""The typed catalogue of facts and the dated code lists: one name means one thing everywhere."""

from xq_engine.facts.catalogue import Entity, FactSpec, catalogue
from xq_engine.facts.codes import Code, CodeList, codes

__all__ = ["Code", "CodeList", "Entity", "FactSpec", "catalogue", "codes"]
