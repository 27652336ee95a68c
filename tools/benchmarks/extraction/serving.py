"""An engine's own end of its process: it waits for requests and answers them, a line of JSON each."""

import json
import os
import sys


def serve(measure):
    """Says that the engine is ready, then answers `measure(**request)` to each request until there are no more."""
    # Whatever a library prints goes where people read it, not between the answers.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())

    def answer(value):
        print(json.dumps(value), file=answers, flush=True)

    answer("ready")
    for request in sys.stdin:
        answer(measure(**json.loads(request)))
