"""Score sheets printed as flowing text, and the explanations and opinions on them."""
