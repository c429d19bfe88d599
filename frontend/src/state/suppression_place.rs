//! What the list of suppressions shows, as its address says it.

use model::{Channel, Standing, SuppressionFilter, SuppressionReason, SuppressionSource};

use super::place;

/// The filters of the list, each with its place in the address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SuppressionPlace {
    /// `q`: words that addresses, domains, names and notes begin with.
    pub words: String,
    /// `channel`: only what closes this channel.
    pub channel: Option<Channel>,
    /// `reason`: only for this reason.
    pub reason: Option<SuppressionReason>,
    /// `source`: only from this source.
    pub source: Option<SuppressionSource>,
    /// `lifted`: those that were lifted.
    pub standing: Standing,
}

/// The channels, in the order the filters offer them.
pub const CHANNELS: [Channel; 2] = [Channel::Email, Channel::Sms];

impl SuppressionPlace {
    /// Reads the address; what is not understood is left out.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        Self {
            words: get("q").unwrap_or_default(),
            channel: get("channel").and_then(|code| CHANNELS.into_iter().find(|it| channel_code(*it) == code)),
            reason: get("reason").and_then(|code| reason_of(&code)),
            source: get("source").and_then(|code| source_of(&code)),
            standing: if get("lifted").is_some() { Standing::Lifted } else { Standing::Active },
        }
    }

    /// Writes what is not the default, in a fixed order.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        if !self.words.trim().is_empty() {
            pairs.push(("q", self.words.trim().to_owned()));
        }
        pairs.extend(self.channel.map(|it| ("channel", channel_code(it).to_owned())));
        pairs.extend(self.reason.map(|it| ("reason", reason_code(it).to_owned())));
        pairs.extend(self.source.map(|it| ("source", source_code(it).to_owned())));
        if self.standing == Standing::Lifted {
            pairs.push(("lifted", "yes".to_owned()));
        }
        pairs
    }

    /// The address of the list with these filters.
    pub fn path(&self) -> String {
        place::address("/suppressions", &self.pairs())
    }

    /// The address of a file with what the list shows.
    pub fn export(&self) -> String {
        let filter = serde_json::to_string(&self.filter()).unwrap_or_default();
        place::address("/suppressions/export.csv", &[("filter", filter)])
    }

    /// What the server is asked.
    pub fn filter(&self) -> SuppressionFilter {
        SuppressionFilter {
            words: self.words.trim().to_owned(),
            channel: self.channel,
            reason: self.reason,
            source: self.source,
            standing: self.standing,
        }
    }

    /// Whether the list shows all that count.
    pub fn is_everything(&self) -> bool {
        self.filter() == SuppressionFilter::default()
    }
}

/// The stable name of a channel in addresses.
pub fn channel_code(channel: Channel) -> &'static str {
    match channel {
        Channel::Email => "email",
        Channel::Sms => "sms",
    }
}

/// The stable name of a reason in addresses and forms.
pub fn reason_code(reason: SuppressionReason) -> &'static str {
    match reason {
        SuppressionReason::Unsubscribed => "unsubscribed",
        SuppressionReason::Bounced => "bounced",
        SuppressionReason::Complained => "complained",
        SuppressionReason::Requested => "requested",
        SuppressionReason::ByHand => "by-hand",
        SuppressionReason::Imported => "imported",
    }
}

/// The reason of that name.
pub fn reason_of(code: &str) -> Option<SuppressionReason> {
    SuppressionReason::ALL.into_iter().find(|it| reason_code(*it) == code)
}

/// The stable name of a source in addresses.
pub fn source_code(source: SuppressionSource) -> &'static str {
    match source {
        SuppressionSource::Person => "person",
        SuppressionSource::Import => "import",
        SuppressionSource::Recipient => "recipient",
        SuppressionSource::Relay => "relay",
    }
}

/// The source of that name.
pub fn source_of(code: &str) -> Option<SuppressionSource> {
    SuppressionSource::ALL.into_iter().find(|it| source_code(*it) == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_back(place: &SuppressionPlace) -> SuppressionPlace {
        let pairs = place.pairs();
        SuppressionPlace::read(|name| pairs.iter().find(|it| it.0 == name).map(|it| it.1.clone()))
    }

    #[test]
    fn an_address_leads_to_the_same_list() {
        for reason in SuppressionReason::ALL {
            for source in SuppressionSource::ALL {
                let place = SuppressionPlace {
                    words: "firma sk".into(),
                    channel: Some(Channel::Sms),
                    reason: Some(reason),
                    source: Some(source),
                    standing: Standing::Lifted,
                };
                assert_eq!(read_back(&place), place);
            }
        }
        assert_eq!(SuppressionPlace::default().path(), "/suppressions");
    }

    #[test]
    fn what_is_not_understood_is_left_out() {
        let place = SuppressionPlace::read(|name| (name != "lifted" && name != "q").then(|| "cat".to_owned()));
        assert!(place.is_everything());
    }

    #[test]
    fn the_file_holds_what_the_list_shows() {
        let place = SuppressionPlace { words: "eva".into(), ..SuppressionPlace::default() };
        assert!(place.export().starts_with("/suppressions/export.csv?filter=%7B%22words%22:%22eva%22,"));
    }
}
