"""The toolkit's own SHACL engine: shapes are read once into closures, values checked set by set."""
