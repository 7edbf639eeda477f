"""``python -m indiggraph`` is the command ``indiggraph``."""

from indiggraph.cli import main

if __name__ == "__main__":
    main()
