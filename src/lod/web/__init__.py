"""The site: HTTP in and out of what the layers below decide."""
