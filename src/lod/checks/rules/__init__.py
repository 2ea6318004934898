"""The rules of the toolkit: one file each, its documentation at its start."""
