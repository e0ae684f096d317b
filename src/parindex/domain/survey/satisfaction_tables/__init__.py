"""Printed satisfaction tables: what follows from their items, and what contradicts itself."""
