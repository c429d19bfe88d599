-- An archive that nobody wants any more is not shown; its pieces are taken out some at a time, and itself behind them.
ALTER TABLE archives ADD COLUMN is_forgotten INTEGER NOT NULL DEFAULT 0;

-- Everything that was captured of a message goes with it.
CREATE INDEX captured_by_message ON captured (message_id);

-- What was promised when a message came into the bin: when its content is destroyed, and whether nothing of it stays.
ALTER TABLE messages ADD COLUMN bin_until INTEGER;
ALTER TABLE messages ADD COLUMN bin_vanishes INTEGER NOT NULL DEFAULT 0;
UPDATE messages
SET bin_until = binned_at + (SELECT coalesce(rules ->> '$.bin_days', 30) * 86400000 FROM retention),
    bin_vanishes = is_proof = 0 AND origin <> 'campaign' AND coalesce((
        SELECT rules ->> ('$.kinds.' || CASE
            WHEN messages.origin = 'test' THEN 'Test'
            WHEN messages.origin = 'archive' THEN 'OldArchive'
            WHEN messages.origin IN ('notification', 'api') THEN 'Automatic'
            WHEN messages.channel = 'sms' THEN 'SingleSms'
            ELSE 'SingleMail' END || '.end')
        FROM retention), '') = 'Delete'
WHERE binned_at IS NOT NULL;
CREATE INDEX messages_bin_until ON messages (bin_until, id) WHERE bin_until IS NOT NULL;
