"""Whether a list has all parts of a whole: readers of shapes claim that it has, and one judge weighs the evidence.

A reader (``linked``, ``totals``, ``columns`` …) knows one way to write a whole with its parts and what the words say of
it; it decides nothing. :mod:`judge` knows no shape: it holds the figures against each other and tells a claim as wrong
where that is far likelier than any ordinary reading.
"""
