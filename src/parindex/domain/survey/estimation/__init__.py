"""Estimates with their errors, item by item and rolled up, in every cell; how they come about, and a check of them."""
