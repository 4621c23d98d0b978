"""Django's PostgreSQL, whose pool asks less."""
