"""Signed bundles: keys, the strict archive, what stands in it, writing, reading, and finding what does not agree."""
