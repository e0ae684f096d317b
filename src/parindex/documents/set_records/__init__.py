"""The record of findings: how a set was checked against its paper, as an official paper."""
