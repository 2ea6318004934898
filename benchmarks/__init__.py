"""Measure ``lod`` beside other servers that do the same work; the figures are ratios."""
