"""What the descriptors of other portals have in common: how they are judged, named and mapped."""
