"""The checker of official papers: every statement of running text and tables that does not add up."""
