"""Tables of units and of accounts: every error by row and cell, compared with what is there, written again."""
