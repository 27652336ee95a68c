"""The parts of the benchmark `search`."""
