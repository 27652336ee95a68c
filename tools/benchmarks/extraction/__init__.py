"""The parts of the benchmark `extract`."""
