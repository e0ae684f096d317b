"""What does not add up in running text: ratios, formulas, parts and wholes, changes and ranks, stated counts."""

from parindex.documents.arithmetic.prose.find import find

__all__ = ["find"]
