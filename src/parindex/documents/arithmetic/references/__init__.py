"""What papers name: other papers with their numbers and days, items with their codes."""
