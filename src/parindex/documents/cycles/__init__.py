"""The tables of a cycle: figures, entries, survey points and units from CSV, XLSX and Parquet, all exact."""
