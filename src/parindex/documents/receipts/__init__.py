"""The receipt of a submitted score sheet: an official paper as PDF."""
