"""A result as a workbook whose formulas recompute it from the frozen figures."""

from parindex.documents.bundles.live_workbook.workbook import write_live_workbook

__all__ = ["write_live_workbook"]
