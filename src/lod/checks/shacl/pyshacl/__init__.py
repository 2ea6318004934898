"""pySHACL as the shapes engine, in a limited process."""
