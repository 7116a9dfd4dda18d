"""What bounds the child processes that touch files from outside: their memory, and that they end with their parent."""

import contextlib
import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1  # of Linux: prctl(2)


def bound_memory(size: int) -> None:
    """Bound the address space of this process, in bytes, and let it end when its parent dies."""
    end_with_parent()
    try:
        import resource  # not there on Windows, where the child is bounded by time only
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (size, size))


def end_with_parent(number: int = signal.SIGKILL) -> None:
    """Ask the system to send this process a signal when its parent dies, however it dies. Elsewhere than on Linux: nothing."""
    if sys.platform != "linux":
        return
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, number)


def child_environment() -> dict[str, str]:
    """Give the environment of a child: this process's own, with its import path and one thread for parsing."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), "RAYON_NUM_THREADS": "1"}
