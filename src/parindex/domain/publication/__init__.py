"""What is published: frozen inputs, their recomputation, the difference of two publications."""
