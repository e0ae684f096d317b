"""The rule kinds, one module each; the docstring of the module is the rule."""
