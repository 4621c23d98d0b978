"""Whose live key to REST is shown, as a function: its plan is kept, and the key is marked used on the way.

Marked at most once a minute, so that reading does not write each time. A mark that stands alone in its transaction is not
waited for: who is let in shall not wait for the disk for it, and a crash may forget it.
"""

from django.db import migrations

HOLDER = """
CREATE FUNCTION accounts_holder(shown text, at timestamptz) RETURNS SETOF accounts_account
LANGUAGE plpgsql VOLATILE ROWS 1 AS $$
DECLARE
    token record;
BEGIN
    SELECT id, account_id, used_at INTO token FROM accounts_apitoken
        WHERE digest = shown AND revoked_at IS NULL AND expires_at > at;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    RETURN QUERY SELECT * FROM accounts_account WHERE id = token.account_id AND is_active;
    IF FOUND AND (token.used_at IS NULL OR token.used_at < at - interval '1 minute') THEN
        IF statement_timestamp() = transaction_timestamp() THEN
            PERFORM set_config('synchronous_commit', 'off', true);
        END IF;
        UPDATE accounts_apitoken SET used_at = at WHERE id = token.id;
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_cache")]

    operations = [migrations.RunSQL(HOLDER, "DROP FUNCTION accounts_holder(text, timestamptz)")]
