"""Results as files: tables, stored results that can be compared, and writing that leaves nothing half-done."""
