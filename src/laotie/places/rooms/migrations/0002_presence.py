from django.db import migrations

FORWARD = """
CREATE UNLOGGED TABLE rooms_presence (
    session_id uuid NOT NULL,
    stay uuid NOT NULL,
    viewer uuid,
    came_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    PRIMARY KEY (session_id, stay)
);
CREATE INDEX rooms_presence_seen ON rooms_presence (session_id, seen_at);
-- A web process brings who it has seen and how many hearts since it last came. The first in two seconds makes a beat:
-- it counts who is there, and is told so that it tells the room. Stays are written in their order: no circle of locks.
CREATE FUNCTION rooms_beat(a_session uuid, stays uuid[], viewers uuid[], hearts int, moment timestamptz)
RETURNS TABLE (seq bigint, state text, beat bigint, likes bigint, present int, peak int, is_beat boolean)
LANGUAGE plpgsql AS $$
DECLARE
    beating boolean;
BEGIN
    INSERT INTO rooms_presence AS p (session_id, stay, viewer, came_at, seen_at)
    SELECT a_session, s.stay, s.viewer, moment, moment FROM unnest(stays, viewers) AS s (stay, viewer) ORDER BY s.stay
    ON CONFLICT (session_id, stay) DO UPDATE SET
        came_at = CASE WHEN p.seen_at < moment - interval '40 seconds' THEN moment ELSE p.came_at END,
        seen_at = greatest(p.seen_at, excluded.seen_at);
    UPDATE rooms_pulserow AS r SET likes = r.likes + hearts WHERE r.session_id = a_session AND hearts > 0;
    UPDATE rooms_pulserow AS r SET beat = r.beat + 1, beat_at = moment, viewers = now_there.count,
        peak = greatest(r.peak, now_there.count)
    FROM (SELECT count(*)::int AS count FROM rooms_presence AS p
          WHERE p.session_id = a_session AND p.seen_at > moment - interval '40 seconds') AS now_there
    WHERE r.session_id = a_session AND (r.beat_at IS NULL OR r.beat_at <= moment - interval '2 seconds');
    beating := FOUND;
    IF beating THEN
        DELETE FROM rooms_presence WHERE ctid IN (
            SELECT ctid FROM rooms_presence AS p
            WHERE p.session_id = a_session AND p.seen_at < moment - interval '10 minutes' LIMIT 500
            FOR UPDATE SKIP LOCKED
        );
    END IF;
    RETURN QUERY SELECT s.seq, s.state::text, r.beat, r.likes, r.viewers, r.peak, beating
        FROM rooms_sessionrow AS s JOIN rooms_pulserow AS r ON r.session_id = s.id WHERE s.id = a_session;
END $$;
"""
BACKWARD = "DROP FUNCTION rooms_beat; DROP TABLE rooms_presence;"


class Migration(migrations.Migration):
    dependencies = [("rooms", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
