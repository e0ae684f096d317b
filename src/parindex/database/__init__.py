"""The rows: the one Django app with tables. Models hold data and constraints; what people do is in ``usecases``."""
