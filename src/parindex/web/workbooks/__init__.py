"""The sheet as a workbook: downloaded, filled offline, handed in, compared, written."""
