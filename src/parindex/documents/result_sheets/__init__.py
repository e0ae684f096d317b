"""The sheet of results of one unit, for the yearly evaluation of its head: what it says, and the paper."""
