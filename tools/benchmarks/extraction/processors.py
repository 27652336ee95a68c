"""How many processors there are to use: Firn counts the same."""

import math
import os
import re
from pathlib import Path


def usable():
    """Those that the process may run on, no more than its control group may keep busy."""
    count = len(os.sched_getaffinity(0))
    quota = Path("/sys/fs/cgroup/cpu.max")
    if quota.exists():
        most, period = quota.read_text().split()
        if most != "max":
            count = min(count, math.ceil(int(most) / int(period)))
    return count


def physical():
    """The cores among them: two processors of one core share its units."""
    cores = set(re.findall(
        r"^physical id\s*: (\d+)$.*?^core id\s*: (\d+)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE | re.DOTALL))
    return min(usable(), len(cores) or usable())
