"""Rules of scoring and bands of grades that a text tells, and what it says of points and grades beside them."""
