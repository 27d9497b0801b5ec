"""What a command's exit code tells a script."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    DONE = 0  # and both books agree
    ATTENTION = 1  # done, but something failed, waits for a person, or differs
    WRONG_USE = 2  # unknown option or company, bad file, realm already bound
    RECONNECT = 3  # connect or reconnect first; also wrong client keys
    NOT_NOW = 4  # out of reach, disk full, data in use: nothing lost, try again
    INTERRUPTED = 130  # Ctrl-C, as shells count it


class Problem(Exception):
    """Ends the command with one sentence for the person who typed it."""

    def __init__(self, exit: Exit, sentence: str) -> None:
        super().__init__(sentence)
        self.exit = exit
        self.sentence = sentence
