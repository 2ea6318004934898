"""Rules about data, ontologies and files."""
