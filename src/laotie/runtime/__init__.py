"""How it all runs: settings, urls, embedded services, supervisor, command line."""
