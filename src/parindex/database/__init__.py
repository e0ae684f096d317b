"""The rows: the one Django app with tables. Models here hold data and constraints; what people do is in ``usecases``."""
