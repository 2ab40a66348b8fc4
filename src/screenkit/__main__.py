"""The command line, as `python -m screenkit`."""

from screenkit.cli import main

if __name__ == "__main__":
    main(prog_name="screenkit")
