"""Runs programs in one interpreter, as `python <file>` runs each."""

import runpy
import sys

for file in sys.argv[1:]:
    runpy.run_path(file, run_name="__main__")
