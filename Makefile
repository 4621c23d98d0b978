# A thin cover of the command line, which is the real thing (see `laotie --help`).
.PHONY: run
run:
	.venv/bin/laotie up --demo
