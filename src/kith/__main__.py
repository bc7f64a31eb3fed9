"""Lets `python -m kith` be the `kith` command."""

from kith.project.cli import main

if __name__ == "__main__":
    main()
