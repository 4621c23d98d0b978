"""Processes that live and die with `laotie up`: how they are started, watched, restarted and stopped."""
