"""Changes in running text: by how much and which way a value went, and the two values that the words tie to it."""
