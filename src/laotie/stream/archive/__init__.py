"""A market's history as a folder of tables: its format, how it is read and checked, and converters into it.

Needs no database, no web server and no Django, so that history can be checked and scored offline. What an archive
holds is written in `tables`; `docs/archive.md` says it for people.
"""
