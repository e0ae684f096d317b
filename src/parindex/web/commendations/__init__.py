"""Proposals for commendation after a publication: what speaks for whom, what is proposed, the paper."""
