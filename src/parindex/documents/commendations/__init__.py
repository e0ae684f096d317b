"""Proposals for commendation: the criteria that ship, and the official paper that lists what is proposed."""
