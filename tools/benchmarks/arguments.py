"""The words of a benchmark."""

import argparse
import sys


class Parser(argparse.ArgumentParser):
    """Wrong words end with status 64, as they do everywhere in Firn. `tools/benchmark` gives the `given` options, which
    the usage does not show."""

    def __init__(self, benchmark, shown, given):
        program = f"tools/benchmark {benchmark}"
        super().__init__(prog=program, usage=f"{program} {shown}", allow_abbrev=False)
        for option in given:
            self.add_argument(f"--{option}", required=True)

    def error(self, message):
        self.print_usage(sys.stderr)
        self.exit(64, f"{self.prog}: {message}\n")


def positive(word):
    number = int(word)
    if number < 1:
        raise ValueError
    return number
