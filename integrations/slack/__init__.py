"""The directory of a Slack workspace as a source: people, user groups and channels.

Reads through the bot's own token and posts nothing: that is `handlers`'.
"""

from __future__ import annotations

from domain.errors import BadConfiguration
from integrations.slack.options import SlackOptions
from integrations.slack.source import TOKEN, SlackDirectory
from workflows.ports import Connected, Integration, Opening


def open_source(opening: Opening) -> Connected:
    """Make a source; asks nobody. Raises BadConfiguration when there is no token."""
    options = opening.options
    if not isinstance(options, SlackOptions):
        raise BadConfiguration(f"the options of {opening.name!r} are not Slack's", "Write type: slack.")
    token = (opening.secret(TOKEN) or "").strip()
    if not token:
        raise BadConfiguration(
            f"source {opening.name}: {TOKEN} is not set", "Set it to the bot's token, xoxb-…, as for idp run."
        )
    return SlackDirectory(opening.name, options, token, opening.clock)


INTEGRATION = Integration(name="slack", title="Slack", options=SlackOptions, open=open_source)
