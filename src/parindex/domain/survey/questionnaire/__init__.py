"""What is asked: the form, skip conditions, who answers what, and what the estimates need to know of it."""
