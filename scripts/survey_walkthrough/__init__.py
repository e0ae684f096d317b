"""The walk through a survey: an invented population, and the commands from its frame to the index."""
