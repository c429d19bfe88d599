//! Where one is while looking through the messages of a campaign, as the address says it.

use model::{Attachment, CampaignId, MessageId, ReviewGroupKind, ReviewPlace, ReviewSort};

use super::place;

/// The group, the order and the message that are open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ReviewAt {
    /// `group`: which messages.
    pub group: ReviewGroupKind,
    /// `order`: in which order.
    pub sort: ReviewSort,
    /// `message`: which one is open.
    pub message: Option<MessageId>,
}

impl ReviewAt {
    /// Reads the address; what is not understood is left out.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        Self {
            group: get("group").and_then(|it| group_of(&it)).unwrap_or_default(),
            sort: match get("order").as_deref() {
                Some("longest") => ReviewSort::Longest,
                Some("shortest") => ReviewSort::Shortest,
                _ => ReviewSort::Place,
            },
            message: get("message").and_then(|it| it.parse().ok()),
        }
    }

    /// The address of this place in a campaign.
    pub fn path(self, campaign: CampaignId) -> String {
        let mut pairs = vec![("tab", "review".to_owned())];
        if self.group != ReviewGroupKind::All {
            pairs.push(("group", group_code(self.group)));
        }
        if self.sort != ReviewSort::Place {
            pairs.push(("order", sort_code(self.sort).to_owned()));
        }
        pairs.extend(self.message.map(|it| ("message", it.to_string())));
        place::address(&format!("/campaigns/{campaign}"), &pairs)
    }

    /// What the server is asked.
    pub fn place(self, campaign: CampaignId) -> ReviewPlace {
        ReviewPlace { campaign, group: self.group, sort: self.sort }
    }
}

/// The name of a group in addresses.
pub fn group_code(group: ReviewGroupKind) -> String {
    match group {
        ReviewGroupKind::SetApart => "apart".to_owned(),
        ReviewGroupKind::Edited => "edited".to_owned(),
        ReviewGroupKind::Changed => "changed".to_owned(),
        ReviewGroupKind::Alike(build) => format!("alike-{build}"),
        ReviewGroupKind::All => "all".to_owned(),
        ReviewGroupKind::Unreviewed => "new".to_owned(),
        ReviewGroupKind::Excluded => "excluded".to_owned(),
    }
}

/// The group of that name.
pub fn group_of(code: &str) -> Option<ReviewGroupKind> {
    Some(match code {
        "apart" => ReviewGroupKind::SetApart,
        "edited" => ReviewGroupKind::Edited,
        "changed" => ReviewGroupKind::Changed,
        "all" => ReviewGroupKind::All,
        "new" => ReviewGroupKind::Unreviewed,
        "excluded" => ReviewGroupKind::Excluded,
        _ => ReviewGroupKind::Alike(code.strip_prefix("alike-")?.parse().ok()?),
    })
}

/// The name of an order in addresses and forms.
pub fn sort_code(sort: ReviewSort) -> &'static str {
    match sort {
        ReviewSort::Place => "place",
        ReviewSort::Longest => "longest",
        ReviewSort::Shortest => "shortest",
    }
}

/// What differs is underlined like a link is not: by a wavy line in our colour.
const MARKED: &str = "<style>ins{text-decoration:underline;text-decoration-thickness:2px;text-underline-offset:3px;\
    text-decoration-color:#0d6f78;background:#d9f0f1}</style>";

/// The address under which a picture of a prepared message, `cid:…`, is shown.
pub fn picture(attachments: &[Attachment], src: &str) -> Option<String> {
    let called = src.strip_prefix("cid:")?;
    attachments.iter().find(|it| model::message::content_id(&it.name) == called).map(|it| format!("/pictures/{}", it.id))
}

/// The HTML of a prepared message for the frame: pictures of the mail are fetched from here.
pub fn framed(html: &str, attachments: &[Attachment]) -> String {
    let mut page = html.to_owned();
    for file in attachments {
        let called = format!("cid:{}", model::message::content_id(&file.name));
        page = page.replace(&called, &format!("/pictures/{}", file.id));
    }
    match page.find("</head>") {
        Some(at) => format!("{}{MARKED}{}", &page[..at], &page[at..]),
        None => format!("{MARKED}{page}"),
    }
}

#[cfg(test)]
mod tests {
    use model::AttachmentId;

    use super::*;

    fn read_back(at: ReviewAt) -> ReviewAt {
        let path = at.path(CampaignId(3));
        let query = path.split_once('?').unwrap().1.to_owned();
        let get = |name: &str| {
            let pairs = query.split('&').filter_map(|it| it.split_once('='));
            pairs.filter(|it| it.0 == name).map(|it| it.1.to_owned()).next()
        };
        ReviewAt::read(get)
    }

    #[test]
    fn an_address_leads_to_the_same_message() {
        for group in [ReviewGroupKind::SetApart, ReviewGroupKind::Alike(-4), ReviewGroupKind::All, ReviewGroupKind::Excluded] {
            let at = ReviewAt { group, sort: ReviewSort::Longest, message: Some(MessageId(8)) };
            assert_eq!(read_back(at), at);
        }
        assert_eq!(ReviewAt::default().path(CampaignId(3)), "/campaigns/3?tab=review");
    }

    #[test]
    fn pictures_of_the_mail_are_fetched_from_here() {
        let file = Attachment { id: AttachmentId(5), name: "logo.png".into(), media_type: "image/png".into(), size: 1 };
        let html = format!("<html><head></head><body><img src=\"cid:{}\"></body></html>", model::message::content_id("logo.png"));
        assert_eq!(
            picture(std::slice::from_ref(&file), &format!("cid:{}", model::message::content_id("logo.png"))).as_deref(),
            Some("/pictures/5")
        );
        assert_eq!(picture(&[file.clone()], "https://x.sk/a.png"), None);
        let page = framed(&html, &[file]);
        assert!(page.contains("src=\"/pictures/5\"") && page.contains("</style></head>"), "{page}");
    }
}
