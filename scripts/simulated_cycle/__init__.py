"""A cycle on invented figures, marked as such, for trying the method out; its tables ship as an example."""
