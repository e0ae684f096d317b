"""The peers of the survey bench; each has ``load(folder)``, ``compute(data, design)`` and ``PACKAGES``."""
