"""Rules about shapes: what would let them pass in silence."""
