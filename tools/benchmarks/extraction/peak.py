"""The peak of the machine's processor in float and AVX2, as it is at the moment: other work on the machine lowers it like
all else."""

import subprocess
from pathlib import Path

from extraction.engines import CORES


class Peak:
    """In GFLOP/s, of one core and of all."""

    def __init__(self, folder):
        self.program = str(Path(folder) / "fma_peak")
        source = Path(__file__).with_name("fma_peak.c")
        subprocess.run(["cc", "-O2", "-mavx2", "-mfma", "-pthread", "-o", self.program, str(source)], check=True)

    def measure(self):
        return {"one_core": self.gigaflops(1), "all_cores": self.gigaflops(CORES)}

    def gigaflops(self, threads):
        return float(subprocess.run([self.program, str(threads)], check=True, capture_output=True, text=True).stdout)
