"""The same computation written for other engines: each module loads, computes and writes as fast as we can make it."""
