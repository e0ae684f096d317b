"""What everybody may read, without a login: rankings, profiles, derivations, criteria, open data."""
