"""Points at which the crash tests break the program off."""

import os
import signal
import time


class InjectedFault(Exception):
    """Raised at a fault point that was told to raise."""


def reach(point: str) -> None:
    """Pass a named point. Does nothing outside crash tests.

    With TW_TEST=1, TW_FAULT=<point>:kill9 kills this process as a power cut would,
    <point>:raise raises InjectedFault and <point>:sleep=N waits N seconds there.
    """
    if os.environ.get("TW_TEST") != "1":
        return
    wanted, _, deed = os.environ.get("TW_FAULT", "").partition(":")
    if wanted != point:
        return
    if deed == "kill9":
        os.kill(os.getpid(), signal.SIGKILL)
    elif deed == "raise":
        raise InjectedFault(point)
    elif deed.startswith("sleep="):
        time.sleep(float(deed.removeprefix("sleep=")))
