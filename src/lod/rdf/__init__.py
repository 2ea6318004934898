"""RDF as text: formats, negotiation, prefixes, writing Turtle, canonical form."""
