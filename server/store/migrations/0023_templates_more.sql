-- Endings of files that messages do not carry, parted by blanks.
ALTER TABLE company ADD COLUMN blocked_endings TEXT NOT NULL DEFAULT
    'ade adp app appx bat chm cmd com cpl dll exe hta ins iso jar js jse lnk mde msc msi msp mst pif ps1 scr sct sys vb vbe vbs wsf wsh';

-- The template that a campaign is made from, so that a template that would be missed stays.
ALTER TABLE campaigns ADD COLUMN template_id INTEGER REFERENCES templates (id);
UPDATE campaigns SET template_id = (SELECT c.template_id FROM campaign_contents c WHERE c.id = campaigns.content_id);
CREATE INDEX campaigns_by_template ON campaigns (template_id, id) WHERE template_id IS NOT NULL;
-- The few messages that would still miss it; those of campaigns are made from what was frozen.
DROP INDEX messages_open_by_template;
CREATE INDEX messages_open_by_template ON messages (template_id, id)
    WHERE template_id IS NOT NULL AND campaign_id IS NULL AND state IN ('draft', 'prepared');
