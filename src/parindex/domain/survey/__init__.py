"""Opinion surveys: questionnaire, sample, weights, estimates with their errors, and the points that follow.

Estimates are statistics and therefore binary floating point; they become exact decimals by the declared rounding where
they turn into points, and from there on no float decides anything.
"""
