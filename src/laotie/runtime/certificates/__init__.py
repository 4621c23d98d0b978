"""HTTPS of one's own: an authority in the home, a certificate for this machine, and a page that says how to trust it.

Browsers give a camera to https pages only, and nobody signs a certificate for a machine in a living room.
"""
