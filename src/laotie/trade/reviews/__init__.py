"""Words and stars on signed lines, and the shop's answer."""
