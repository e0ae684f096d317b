"""Drawing a sample: the frame, the sampling design, how many, which, and how the sample is counted in estimates."""
