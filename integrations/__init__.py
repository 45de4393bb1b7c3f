"""One folder a vendor: fetches facts, receives webhooks, acts. Reaches up to workflows.ports alone."""
