-- How people react to the mails of campaigns that measure it. No network address and no browser is kept.

-- Where the measured links of a campaign lead. The links stand in mails that were sent, so they lead on even when the campaign is gone.
CREATE TABLE campaign_links (
    id INTEGER PRIMARY KEY,
    campaign_id INTEGER REFERENCES campaigns (id) ON DELETE SET NULL,
    target BLOB, -- sealed; nothing for the picture by which opening is noticed
    -- Whether it is measured in the messages that are made now.
    is_current INTEGER NOT NULL
) STRICT;
CREATE INDEX campaign_links_by_campaign ON campaign_links (campaign_id) WHERE campaign_id IS NOT NULL;

-- One row for each link and place in the audience; place 0 takes in everybody who is not known by name.
CREATE TABLE reactions (
    link_id INTEGER NOT NULL REFERENCES campaign_links (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    times INTEGER NOT NULL,
    -- How often a machine did it; counted nowhere else.
    machines INTEGER NOT NULL,
    first_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    PRIMARY KEY (link_id, place)
) STRICT, WITHOUT ROWID;

-- How often a link was followed in an hour, counted from the beginning of 1970.
CREATE TABLE reaction_hours (
    link_id INTEGER NOT NULL REFERENCES campaign_links (id) ON DELETE CASCADE,
    hour INTEGER NOT NULL,
    times INTEGER NOT NULL,
    PRIMARY KEY (link_id, hour)
) STRICT, WITHOUT ROWID;

-- Nothing for those whose reactions are not known by name; else 0, plus 1 once the mail was opened, plus 2 once a link was followed.
ALTER TABLE campaign_recipients ADD COLUMN reaction INTEGER;
CREATE INDEX campaign_recipients_by_reaction ON campaign_recipients (campaign_id, reaction, place) WHERE reaction IS NOT NULL;
