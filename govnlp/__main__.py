"""`python -m govnlp`: the command line where the script `govnlp` is not on the path."""

from govnlp.cli import main

if __name__ == "__main__":
    main()
