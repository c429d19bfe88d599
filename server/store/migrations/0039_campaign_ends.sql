-- Campaigns know people under the contact that they went into.
UPDATE campaign_recipients
SET contact_id = (SELECT new_id FROM contact_merges WHERE old_id = campaign_recipients.contact_id)
WHERE contact_id IN (SELECT old_id FROM contact_merges);

-- Who was erased after that leaves nothing to read, and only totals of what they did.
INSERT INTO reactions (link_id, place, times, machines, first_at, last_at)
SELECT x.link_id, 0, x.times, x.machines, x.first_at, x.last_at
FROM campaign_recipients r
JOIN campaign_links l ON l.campaign_id = r.campaign_id
JOIN reactions x ON x.link_id = l.id AND x.place = r.place
WHERE r.reaction IS NOT NULL AND r.contact_id IN (
    SELECT m.new_id FROM contact_merges m JOIN person_keys k ON k.contact_id = m.new_id WHERE k.destroyed_at IS NOT NULL)
ON CONFLICT (link_id, place) DO UPDATE
SET times = times + excluded.times, machines = machines + excluded.machines, first_at = min(first_at, excluded.first_at),
    last_at = max(last_at, excluded.last_at);
DELETE FROM reactions WHERE (link_id, place) IN (
    SELECT l.id, r.place FROM campaign_recipients r JOIN campaign_links l ON l.campaign_id = r.campaign_id
    WHERE r.reaction IS NOT NULL AND r.contact_id IN (
        SELECT m.new_id FROM contact_merges m JOIN person_keys k ON k.contact_id = m.new_id WHERE k.destroyed_at IS NOT NULL));
UPDATE campaign_recipients
SET name = '', address = 'erased@posel.invalid', contact_id = NULL, reaction = NULL
WHERE contact_id IN (
    SELECT m.new_id FROM contact_merges m JOIN person_keys k ON k.contact_id = m.new_id WHERE k.destroyed_at IS NOT NULL);

-- How many complaints about messages were told by reports that are gone.
ALTER TABLE campaigns ADD COLUMN complained_before INTEGER NOT NULL DEFAULT 0;

-- An approval covers what messages to typed addresses say, no longer how it lies sealed: what waits for its release is approved anew.
UPDATE campaigns SET approval = 'broken'
WHERE approval = 'approved' AND (state = 'prepared' OR (state = 'paused' AND started_at < decided_at))
  AND EXISTS (SELECT 1 FROM messages m WHERE m.campaign_id = campaigns.id AND m.state IN ('prepared', 'queued') AND m.person_id IS NULL);

-- What a campaign holds and was never tried is prepared again, and no longer in the queue.
INSERT INTO search_jobs (message_id)
SELECT m.id FROM campaigns g JOIN messages m ON m.campaign_id = g.id AND m.state = 'queued'
WHERE g.state = 'paused' AND EXISTS (
    SELECT 1 FROM deliveries d WHERE d.message_id = m.id AND d.state = 'waiting' AND d.tries = 0);
UPDATE messages SET state = 'prepared', revision = revision + 1
WHERE state = 'queued' AND campaign_id IN (SELECT id FROM campaigns WHERE state = 'paused')
  AND EXISTS (SELECT 1 FROM deliveries d WHERE d.message_id = messages.id AND d.state = 'waiting' AND d.tries = 0);
DELETE FROM deliveries
WHERE tries = 0 AND state = 'waiting' AND message_id IN (
    SELECT m.id FROM campaigns g JOIN messages m ON m.campaign_id = g.id AND m.state = 'prepared' WHERE g.state = 'paused');
UPDATE campaigns SET next_slot = 0 WHERE state = 'paused';
