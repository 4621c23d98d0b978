"""The live bus for browsers: who may hear what, and telling them.

Browsers connect to NATS over WebSocket with a short-lived ticket in an HttpOnly cookie. A ticket names the subjects it
may hear; nobody publishes but the market. What is said here is a hint that something changed, never the only copy of
it: whoever misses some asks the slice that said it. This package knows no room; it judges nobody.
"""
