"""A score sheet as a workbook that is filled offline: written, read back, and compared with what is stored."""
