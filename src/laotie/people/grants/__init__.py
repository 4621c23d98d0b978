"""Grants: revocable, audited leave for an account to act for a seller."""
