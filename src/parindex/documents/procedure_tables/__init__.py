"""Tables of how units handled procedures (nine indicators): heads, rows, what the prose says of them."""
