"""Tables of satisfaction by item, group and part over years: heads, rows, what the prose says of them."""
