"""Run a module as `python -m` does, and end when the program that started this one is gone.

`python -m project.lab.processes.tether granian …`, with a pipe for its standard input. The system closes the pipe
when the other program ends, even if it was killed and cannot end this process.
"""

import os
import runpy
import signal
import sys
from threading import Thread


def end_when_the_pipe_breaks():
    os.read(0, 1)  # nothing is ever written; it returns at the end
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    Thread(target=end_when_the_pipe_breaks, daemon=True).start()
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
