"""Block Kit as Slack judges it: tables of blocks and elements, and checks of whole messages and views."""

from playground.blockkit.elements import STATEFUL
from playground.blockkit.surfaces import BlockError, check_blocks, check_view, elements_of, option_problems

__all__ = ["STATEFUL", "BlockError", "check_blocks", "check_view", "elements_of", "option_problems"]
