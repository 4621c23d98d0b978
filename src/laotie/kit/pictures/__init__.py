"""Pictures: probed by content, resized, stored under generated names."""
