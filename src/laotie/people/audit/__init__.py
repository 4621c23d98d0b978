"""The record of every privileged act: who did what to which thing, when. Written once, never changed."""
