"""Lint rules over a project: read it, ask the rules, word what they find."""
