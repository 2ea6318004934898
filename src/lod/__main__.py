"""``python -m lod`` is the command ``lod``."""

from lod.cli.main import run

if __name__ == "__main__":
    run()
