"""The studio: the process that makes takes and playlists of what waits in the spools. It may be killed anywhere."""
