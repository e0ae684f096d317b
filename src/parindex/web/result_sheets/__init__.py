"""The sheet of results of each unit, for the yearly evaluation of its head: page, paper, all papers together."""
