"""What is killed midway leaves the old state or the new one, whole."""
