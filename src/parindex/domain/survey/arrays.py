"""The arrays of a survey: numbers of respondents or estimates, and categories by position."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
#: Categories by position.
Codes = NDArray[np.intp]
