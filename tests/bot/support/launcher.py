"""`python launcher.py NAME COMMAND…`: stands for a command that a running template (template.py) forks.

To whoever started it, it is the command: the command has its streams, its environment and its signals, and it ends
as the command ends. It imports next to nothing, for its start is what each use of a command costs.
"""

import os
import signal
import socket
import sys

STREAMS = (0, 1, 2)
PASSED_ON = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}


def main() -> None:
    signal.pthread_sigmask(signal.SIG_BLOCK, PASSED_ON)  # until there is somebody to pass them on to
    with socket.socket(socket.AF_UNIX) as template, template.makefile("r") as answers:
        template.connect(f"\0{sys.argv[1]}")
        said = repr((sys.argv[2:], dict(os.environ))).encode()
        socket.send_fds(template, [len(said).to_bytes(4), said], STREAMS)
        child = int(answers.readline())
        for number in PASSED_ON:
            signal.signal(number, lambda number, _: os.kill(child, number))
        signal.pthread_sigmask(signal.SIG_UNBLOCK, PASSED_ON)
        code = int(answers.readline())
    sys.exit(code if code >= 0 else 128 - code)  # as a shell says whether a signal ended it


if __name__ == "__main__":
    main()
