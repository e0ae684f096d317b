"""The pages: one folder per thing that a person sees. Pages show what use cases answer; they decide nothing."""
