"""One folder a vendor: fetch facts, receive webhooks, carry out actions; reaches up to workflows.ports alone."""
