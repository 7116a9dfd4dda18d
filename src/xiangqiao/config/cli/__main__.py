"""`python -m xiangqiao.config.cli`: the same as the program `xiangqiao`."""

import sys

from xiangqiao.config.cli.program import main

if __name__ == "__main__":
    sys.exit(main())
