"""One folder a vendor: fetch facts, receive webhooks, carry out actions. Reaches up to workflows.ports alone."""
