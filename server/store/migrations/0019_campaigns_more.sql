-- In how many parts a text message leaves; zero for mails. Those of a campaign are counted before it is released.
ALTER TABLE campaign_recipients ADD COLUMN parts INTEGER NOT NULL DEFAULT 0;
CREATE INDEX campaign_recipients_by_parts ON campaign_recipients (campaign_id, fate, parts) WHERE parts > 0;

-- The messages of a campaign in the history, newest first.
CREATE INDEX messages_of_campaign ON messages (campaign_id, created_at) WHERE campaign_id IS NOT NULL;
