"""What a person can do: one module a noun, one function an act; atomic, permission-checked, audited."""
