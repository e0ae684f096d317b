"""A generator of papers: the tables of decision 2270 in every format that is read, in random layouts, with
planted faults.
"""
