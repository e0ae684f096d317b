"""Readers of office files: each turns a file into grids of cells and paragraphs, in reading order, each with its
place.
"""
