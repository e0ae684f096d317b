"""What holds for the repository as a whole: layout, layers, dependencies, generated pages."""
