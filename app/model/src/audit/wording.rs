//! Which words tell a deed: the key they stand under in the files of the three languages, and what is filled in.

use serde_json::Value;

use super::Deed;
use crate::{CampaignDeed, Channel, ConsentState, Decision, RetentionDeed};

/// The words of a deed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    /// File and key, such as `log.deed_account_changed`; with a number the form of the plural comes behind it.
    pub key: String,
    /// The number that is told and decides about the plural, if there is one.
    pub n: Option<u64>,
    /// What else is filled in, by its name.
    pub values: Vec<(&'static str, String)>,
}

impl Deed {
    /// The words that tell it: the name it is stored under, except where more than one thing is told by the same name.
    pub fn wording(&self) -> Wording {
        let (name, payload) = stored(self);
        let key = match self {
            Self::ConsentNoted(_, _, state) => match state {
                ConsentState::Given => "log.deed_consent_given",
                ConsentState::Asked => "log.deed_consent_asked",
                ConsentState::Confirmed => "log.deed_consent_confirmed",
                ConsentState::Withdrawn => "log.deed_consent_withdrawn",
                ConsentState::Unknown => "log.deed_consent_unknown",
            }
            .to_owned(),
            Self::ContactsNoBulk(false, _) => "log.deed_contacts_bulk_again".to_owned(),
            Self::TemplateSwitched(_, true) => "log.deed_template_activated".to_owned(),
            Self::TemplateSwitched(_, false) => "log.deed_template_deactivated".to_owned(),
            Self::Unsubscribed(_, Channel::Email) => "log.deed_unsubscribed_email".to_owned(),
            Self::Unsubscribed(_, Channel::Sms) => "log.deed_unsubscribed_sms".to_owned(),
            Self::DeliveryDecided(_, _, Decision::SendAgain) => "log.deed_delivery_sent_again".to_owned(),
            Self::DeliveryDecided(_, _, Decision::TakeAsAccepted) => "log.deed_delivery_taken_as_accepted".to_owned(),
            Self::Campaign(_, CampaignDeed::Excluded(false, _)) => "log.deed_campaign_put_back".to_owned(),
            Self::Campaign(_, CampaignDeed::Measured(it)) => match (it.opens, it.clicks) {
                (true, true) => "log.deed_campaign_measured_both",
                (true, false) => "log.deed_campaign_measured_opens",
                (false, true) => "log.deed_campaign_measured_clicks",
                (false, false) => "log.deed_campaign_measured_none",
            }
            .to_owned(),
            Self::Campaign(..) => format!("log.deed_campaign_{}", inner(&payload)),
            Self::Retention(RetentionDeed::Switched(true)) => "retention.deed_switched_on".to_owned(),
            Self::Retention(RetentionDeed::Switched(false)) => "retention.deed_switched_off".to_owned(),
            Self::Retention(RetentionDeed::CampaignKeptAsProof(_, true, _)) => "retention.deed_campaign_kept".to_owned(),
            Self::Retention(RetentionDeed::CampaignKeptAsProof(_, false, _)) => "retention.deed_campaign_not_kept".to_owned(),
            Self::Retention(RetentionDeed::KeptAsProof(_, false)) => "retention.deed_not_kept_as_proof".to_owned(),
            Self::Retention(_) => format!("retention.deed_{}", inner(&payload)),
            Self::Archive(_) => format!("old_archive.deed_{}", inner(&payload)),
            Self::Oauth(..) => format!("oauth.deed_{}", inner(&payload)),
            _ => format!("log.deed_{}", snake(&name)),
        };
        Wording { key, n: last_number(&payload), values: self.values() }
    }

    fn values(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::DomainVouched(domain) | Self::DomainUnvouched(domain) => vec![("domain", domain.shown())],
            Self::ContactsExported(format, _) => vec![("format", format.ending().to_uppercase())],
            Self::ImportEnded(_, created, updated) => vec![("created", created.to_string()), ("updated", updated.to_string())],
            Self::ImportUndone(_, removed, restored) => {
                vec![("removed", removed.to_string()), ("restored", restored.to_string())]
            }
            _ => Vec::new(),
        }
    }
}

/// The name a deed is stored under, and what is stored with it.
fn stored(deed: &Deed) -> (String, Value) {
    match serde_json::to_value(deed) {
        Ok(Value::Object(map)) => map.into_iter().next().unwrap_or_default(),
        Ok(Value::String(name)) => (name, Value::Null),
        _ => Default::default(),
    }
}

/// The name of the deed within a deed: the last word or object of what is stored.
fn inner(payload: &Value) -> String {
    match payload {
        Value::String(name) => snake(name),
        Value::Object(map) => map.keys().next().map(|it| snake(it)).unwrap_or_default(),
        Value::Array(parts) => parts.last().map(inner).unwrap_or_default(),
        _ => String::new(),
    }
}

/// The last number of what is stored: the one that is told, since ids stand before it.
fn last_number(payload: &Value) -> Option<u64> {
    match payload {
        Value::Number(n) => n.as_u64(),
        Value::Array(parts) => parts.last().and_then(last_number),
        Value::Object(map) => map.values().next().and_then(last_number),
        _ => None,
    }
}

/// `MessageReleased` as `message_released`.
fn snake(name: &str) -> String {
    let mut snake = String::new();
    for it in name.chars() {
        if it.is_ascii_uppercase() && !snake.is_empty() {
            snake.push('_');
        }
        snake.push(it.to_ascii_lowercase());
    }
    snake
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{ArchiveDeed, ArchiveId, CampaignId, ContactId, ExportFormat, ImportId, Measure, MessageId, RoleId};

    #[test]
    fn deeds_are_told_by_the_names_they_are_stored_under() {
        let told = |deed: Deed| (deed.wording().key, deed.wording().n);
        let campaign = |deed| Deed::Campaign(CampaignId(9), deed);
        for (deed, key, n) in [
            (Deed::SignedIn, "log.deed_signed_in", None),
            (Deed::RoleCreated(RoleId(7)), "log.deed_role_created", Some(7)),
            (Deed::MessageReleased(MessageId(8), 3), "log.deed_message_released", Some(3)),
            (Deed::ContactsNoBulk(true, 2), "log.deed_contacts_no_bulk", Some(2)),
            (Deed::ContactsNoBulk(false, 2), "log.deed_contacts_bulk_again", Some(2)),
            (Deed::ContactsKindSet(crate::ContactKind::Partner, 4), "log.deed_contacts_kind_set", Some(4)),
            (campaign(CampaignDeed::Paced), "log.deed_campaign_paced", None),
            (campaign(CampaignDeed::Released(12)), "log.deed_campaign_released", Some(12)),
            (campaign(CampaignDeed::Excluded(false, 4)), "log.deed_campaign_put_back", Some(4)),
            (campaign(CampaignDeed::Measured(Measure::default())), "log.deed_campaign_measured_none", None),
            (Deed::Retention(RetentionDeed::RulesChanged), "retention.deed_rules_changed", None),
            (Deed::Retention(RetentionDeed::Forgotten(ContactId(1), 5)), "retention.deed_forgotten", Some(5)),
            (Deed::Archive(ArchiveDeed::Ended(ArchiveId(1), 6)), "old_archive.deed_ended", Some(6)),
            (Deed::Unsubscribed(MessageId(1), Channel::Sms), "log.deed_unsubscribed_sms", None),
        ] {
            assert_eq!(told(deed), (key.to_owned(), n));
        }
        let ended = Deed::ImportEnded(ImportId(1), 2, 3).wording();
        assert_eq!(ended.values, [("created", "2".to_owned()), ("updated", "3".to_owned())]);
        assert_eq!(Deed::ContactsExported(ExportFormat::Csv, 1).wording().values, [("format", "CSV".to_owned())]);
    }
}
