"""A port for a server: a given one, or one that no other program uses."""

import socket
import sys

HOST = "127.0.0.1"
# Granian listens with SO_REUSEPORT on Linux, so that it can use a port that this program holds. Others cannot.
CAN_HOLD = sys.platform == "linux"
TRIES = 3  # where the port cannot be held, and another program may take it before the server does


class Port:
    """The number of a port, kept from other programs until it is released, where the system can do so."""

    def __init__(self, number=None):
        self.number, self.holder = number, None
        self.tries_left = 0
        if number is None:
            self.tries_left = 0 if CAN_HOLD else TRIES
            self.find()

    def find(self):
        self.holder = socket.socket()
        if CAN_HOLD:
            self.holder.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        self.holder.bind((HOST, 0))
        self.number = self.holder.getsockname()[1]
        if not CAN_HOLD:
            self.release()

    def change(self):
        """Find another port and return true; return false where the port was given or is held."""
        if not self.tries_left:
            return False
        self.tries_left -= 1
        self.find()
        return True

    def release(self):
        if self.holder:
            self.holder.close()
