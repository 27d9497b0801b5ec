from tieout.sync.deciding.pair import State

from .count import LinkCount
from .link import Attempt, Direction, Link, Status, Taking
from .policy import Policy
from .run import Cursor, Only, Operation, Run, Trigger, pack, unpack
from .seen import Seen
from .task import Task

__all__ = [
    "Attempt",
    "Cursor",
    "Direction",
    "Link",
    "LinkCount",
    "Only",
    "Operation",
    "Policy",
    "Run",
    "Seen",
    "State",
    "Status",
    "Taking",
    "Task",
    "Trigger",
    "pack",
    "unpack",
]
