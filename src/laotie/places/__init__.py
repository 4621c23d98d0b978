"""Where: the shelf now; rooms and clips later."""
