//! What the list of messages shows, as its address says it.

use model::{
    AccountId, CampaignId, Channel, ContactId, MessageFilter, MessageOrder, MessageState, Moment, Origin, TemplateId, UserId,
    ViewId,
};

use super::contact_place::YES_NO;
use super::place;
use crate::browser::calendar::Date;
use crate::browser::intl;

/// The filters of the list, each with its place in the address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MessagePlace {
    /// `q`: words to find.
    pub words: String,
    /// `state`: only these states.
    pub states: Vec<MessageState>,
    /// `origin`: only this origin.
    pub origin: Option<Origin>,
    /// `account`: only what left by this account.
    pub account: Option<AccountId>,
    /// `campaign`: only what belongs to this campaign.
    pub campaign: Option<CampaignId>,
    /// `mine`: only what the person wrote.
    pub mine: bool,
    /// `unknown`: only with a delivery whose end is unknown.
    pub unknown: bool,
    /// `channel`: only by this channel.
    pub channel: Option<Channel>,
    /// `author`: only what this user wrote.
    pub author: Option<UserId>,
    /// `template`: only what was made from this template.
    pub template: Option<TemplateId>,
    /// `files`: only with files, or only without.
    pub files: Option<bool>,
    /// `period`: only what was created then.
    pub period: Option<Period>,
    /// `sort`: what comes first of what was found.
    pub order: MessageOrder,
    /// `view`: the saved view that is open, which says the columns.
    pub view: Option<ViewId>,
}

/// What the list of messages is bound to, besides its filters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Within {
    /// Nothing: all messages.
    #[default]
    Everything,
    /// What went to a contact.
    Contact(ContactId),
    /// What belongs to a campaign.
    Campaign(CampaignId),
}

impl Within {
    /// The contact, when it is one.
    pub fn contact(self) -> Option<ContactId> {
        if let Self::Contact(id) = self { Some(id) } else { None }
    }

    /// The campaign, when it is one.
    pub fn campaign(self) -> Option<CampaignId> {
        if let Self::Campaign(id) = self { Some(id) } else { None }
    }
}

/// When a message was created.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// Since midnight.
    Today,
    /// Today and the six days before.
    Week,
    /// Today and the 29 days before.
    Month,
    /// Today and the 364 days before.
    Year,
    /// From one day to another, both included; one of them may be open.
    Between(Option<Date>, Option<Date>),
}

impl Period {
    /// The periods that have a name, in the order they are offered.
    pub const NAMED: [Self; 4] = [Self::Today, Self::Week, Self::Month, Self::Year];

    /// Its part of the address.
    pub fn code(self) -> String {
        let day = |it: Option<Date>| it.map_or_else(String::new, |it| it.to_string());
        match self {
            Self::Today => "today".to_owned(),
            Self::Week => "week".to_owned(),
            Self::Month => "month".to_owned(),
            Self::Year => "year".to_owned(),
            Self::Between(from, to) => format!("{}..{}", day(from), day(to)),
        }
    }

    /// The period of a part of the address.
    pub fn from_code(code: &str) -> Option<Self> {
        if let Some((from, to)) = code.split_once("..") {
            let (from, to) = (Date::parse(from), Date::parse(to));
            return (from.is_some() || to.is_some()).then_some(Self::Between(from, to));
        }
        Self::NAMED.into_iter().find(|it| it.code() == code)
    }

    /// From when and until when, as seen from now; the end is not included.
    pub fn bounds(self, now: Moment) -> (Option<Moment>, Option<Moment>) {
        let days_ago = |n| (Some(intl::midnight(now.plus(-model::time::days(n)))), None);
        match self {
            Self::Today => days_ago(0),
            Self::Week => days_ago(6),
            Self::Month => days_ago(29),
            Self::Year => days_ago(364),
            Self::Between(from, to) => (from.map(Date::begin), to.map(|it| it.next().begin())),
        }
    }
}

impl MessagePlace {
    /// Reads the address; what is not understood is left out.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        let states = get("state").unwrap_or_default();
        let is_set = |name| get(name).is_some_and(|it| it == "1");
        Self {
            words: get("q").unwrap_or_default(),
            states: MessageState::ALL.into_iter().filter(|it| states.split(',').any(|code| code == state_code(*it))).collect(),
            origin: get("origin").and_then(|code| Origin::ALL.into_iter().find(|it| origin_code(*it) == code)),
            account: get("account").and_then(|it| it.parse().ok()),
            campaign: get("campaign").and_then(|it| it.parse().ok()),
            mine: is_set("mine"),
            unknown: is_set("unknown"),
            channel: get("channel").and_then(|code| CHANNELS.into_iter().find(|it| channel_code(*it) == code)),
            author: get("author").and_then(|it| it.parse().ok()),
            template: get("template").and_then(|it| it.parse().ok()),
            files: get("files").and_then(|it| YES_NO.iter().find(|known| known.1 == it).map(|it| it.0)),
            period: get("period").and_then(|it| Period::from_code(&it)),
            order: if get("sort").as_deref() == Some("best") { MessageOrder::Best } else { MessageOrder::Newest },
            view: get("view").and_then(|it| it.parse().ok()),
        }
    }

    /// Writes what is not the default, in a fixed order.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        if !self.words.trim().is_empty() {
            pairs.push(("q", self.words.trim().to_owned()));
        }
        if !self.states.is_empty() {
            pairs.push(("state", self.states.iter().map(|it| state_code(*it)).collect::<Vec<_>>().join(",")));
        }
        pairs.extend(self.origin.map(|it| ("origin", origin_code(it).to_owned())));
        pairs.extend(self.account.map(|it| ("account", it.to_string())));
        pairs.extend(self.campaign.map(|it| ("campaign", it.to_string())));
        pairs.extend(self.mine.then(|| ("mine", "1".to_owned())));
        pairs.extend(self.unknown.then(|| ("unknown", "1".to_owned())));
        pairs.extend(self.channel.map(|it| ("channel", channel_code(it).to_owned())));
        pairs.extend(self.author.map(|it| ("author", it.to_string())));
        pairs.extend(self.template.map(|it| ("template", it.to_string())));
        pairs.extend(self.files.map(|it| ("files", YES_NO[usize::from(!it)].1.to_owned())));
        pairs.extend(self.period.map(|it| ("period", it.code())));
        pairs.extend((self.order == MessageOrder::Best).then(|| ("sort", "best".to_owned())));
        pairs.extend(self.view.map(|it| ("view", it.to_string())));
        pairs
    }

    /// All of it as one value, for an address whose other names belong to what is around the list; none where everything is the default.
    pub fn code(&self) -> Option<String> {
        let pairs = self.pairs();
        (!pairs.is_empty()).then(|| place::address("", &pairs).trim_start_matches('?').to_owned())
    }

    /// Reads such a value; what is not understood is left out.
    pub fn from_code(code: &str) -> Self {
        let pairs = place::pairs(code);
        Self::read(|name| pairs.iter().find(|it| it.0 == name).map(|it| it.1.clone()))
    }

    /// What the server is asked: as this person, at this time, and perhaps only about one contact.
    pub fn filter(&self, me: Option<UserId>, now: Moment, within: Within) -> MessageFilter {
        let (since, until) = self.period.map_or((None, None), |it| it.bounds(now));
        MessageFilter {
            words: self.words.trim().to_owned(),
            states: self.states.clone(),
            origin: self.origin,
            account: self.account,
            contact: within.contact(),
            campaign: within.campaign().or(self.campaign),
            author: me.filter(|_| self.mine).or(self.author),
            channel: self.channel,
            template: self.template,
            files: self.files,
            unknown: self.unknown,
            since,
            until,
        }
    }

    /// Whether anything but words narrows the list.
    pub fn is_filtered(&self) -> bool {
        *self != Self { words: self.words.clone(), order: self.order, view: self.view, ..Self::default() }
    }

    /// Whether the list shows everything.
    pub fn is_everything(&self) -> bool {
        !self.is_filtered() && self.words.trim().is_empty()
    }

    /// Adds a state to the filter, or takes it out.
    pub fn toggle_state(&mut self, state: MessageState) {
        if self.states.contains(&state) {
            self.states.retain(|it| *it != state);
        } else {
            self.states = MessageState::ALL.into_iter().filter(|it| *it == state || self.states.contains(it)).collect();
        }
    }
}

/// The stable name of a state in addresses.
pub fn state_code(state: MessageState) -> &'static str {
    match state {
        MessageState::Draft => "draft",
        MessageState::Prepared => "prepared",
        MessageState::Queued => "queued",
        MessageState::Sent => "sent",
        MessageState::PartlySent => "partly",
        MessageState::Failed => "failed",
        MessageState::Cancelled => "cancelled",
    }
}

/// The channels in the order they are offered.
const CHANNELS: [Channel; 2] = [Channel::Email, Channel::Sms];

/// The stable name of a channel in addresses.
pub fn channel_code(channel: Channel) -> &'static str {
    match channel {
        Channel::Email => "email",
        Channel::Sms => "sms",
    }
}

/// The stable name of an origin in addresses.
pub fn origin_code(origin: Origin) -> &'static str {
    match origin {
        Origin::Manual => "manual",
        Origin::Campaign => "campaign",
        Origin::Notification => "notification",
        Origin::Resend => "resend",
        Origin::Test => "test",
        Origin::Api => "api",
        Origin::Archive => "archive",
    }
}

#[cfg(test)]
mod tests {
    use model::time::{days, hours};

    use super::*;

    fn read_back(place: &MessagePlace) -> MessagePlace {
        let pairs = place.pairs();
        MessagePlace::read(|name| pairs.iter().find(|it| it.0 == name).map(|it| it.1.clone()))
    }

    #[test]
    fn an_address_leads_to_the_same_list() {
        let full = MessagePlace {
            words: "faktúra č. 12 & 50 %".into(),
            states: vec![MessageState::Prepared, MessageState::Failed],
            origin: Some(Origin::Resend),
            account: Some(AccountId(7)),
            campaign: Some(CampaignId(5)),
            mine: true,
            unknown: true,
            channel: Some(Channel::Sms),
            author: Some(UserId(3)),
            template: Some(TemplateId(8)),
            files: Some(false),
            period: Some(Period::Between(Date::parse("2026-05-01"), None)),
            order: MessageOrder::Best,
            view: Some(ViewId(2)),
        };
        assert_eq!(read_back(&full), full);
        assert_eq!(full.pairs().len(), 14);
        assert_eq!(full.code().map(|it| MessagePlace::from_code(&it)), Some(full));
        let empty = MessagePlace::default();
        assert_eq!((empty.code(), MessagePlace::from_code("")), (None, empty.clone()));
        assert_eq!((read_back(&empty), empty.pairs().len()), (empty.clone(), 0));
    }

    #[test]
    fn every_state_origin_and_period_reads_back() {
        for state in MessageState::ALL {
            let place = MessagePlace { states: vec![state], ..MessagePlace::default() };
            assert_eq!(read_back(&place), place);
        }
        for origin in Origin::ALL {
            let place = MessagePlace { origin: Some(origin), ..MessagePlace::default() };
            assert_eq!(read_back(&place), place);
        }
        for period in Period::NAMED {
            assert_eq!(Period::from_code(&period.code()), Some(period));
        }
    }

    #[test]
    fn nonsense_in_an_address_is_left_out() {
        let place = MessagePlace::read(|name| Some(format!("{name}?..")));
        assert_eq!(place, MessagePlace { words: "q?..".into(), ..MessagePlace::default() });
    }

    #[test]
    fn a_period_holds_whole_days() {
        let now = Moment(days(20_000) + hours(15));
        assert_eq!(Period::Today.bounds(now), (Some(Moment(days(20_000))), None));
        assert_eq!(Period::Week.bounds(now), (Some(Moment(days(19_994))), None));
        let day = Date::parse("2026-05-03");
        let (since, until) = Period::Between(day, day).bounds(now);
        assert_eq!(until.unwrap().since(since.unwrap()), days(1));
    }

    #[test]
    fn only_mine_needs_to_know_who_i_am() {
        let place = MessagePlace { mine: true, ..MessagePlace::default() };
        assert_eq!(place.filter(Some(UserId(4)), Moment(0), Within::Contact(ContactId(9))).author, Some(UserId(4)));
        assert_eq!(MessagePlace::default().filter(Some(UserId(4)), Moment(0), Within::Everything).author, None);
        let within = Within::Campaign(CampaignId(5));
        assert_eq!(MessagePlace::default().filter(None, Moment(0), within).campaign, Some(CampaignId(5)));
        assert!(place.is_filtered());
    }

    #[test]
    fn states_are_kept_in_their_order() {
        let mut place = MessagePlace::default();
        place.toggle_state(MessageState::Failed);
        place.toggle_state(MessageState::Draft);
        assert_eq!(place.states, [MessageState::Draft, MessageState::Failed]);
        place.toggle_state(MessageState::Failed);
        assert_eq!(place.states, [MessageState::Draft]);
    }
}
