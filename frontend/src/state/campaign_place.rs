//! What the list of campaigns shows, as its address says it.

use model::{CampaignFilter, CampaignKind, CampaignQuery, CampaignSort, CampaignState, Channel, Cursor, Direction};

use super::place;
use super::suppression_place::{CHANNELS, channel_code};

/// The filters and the order of the list, each with its place in the address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CampaignPlace {
    /// `q`: words that name, classification and note begin with.
    pub words: String,
    /// `state`: only in these states.
    pub states: Vec<CampaignState>,
    /// `channel`: only of this channel.
    pub channel: Option<Channel>,
    /// `kind`: only of this kind.
    pub kind: Option<CampaignKind>,
    /// `approve`: only those that wait for one's own approval.
    pub to_approve: bool,
    /// `sort`: by what.
    pub sort: CampaignSort,
    /// `sort` with a minus: which way.
    pub direction: Direction,
}

impl Default for CampaignPlace {
    fn default() -> Self {
        Self {
            words: String::new(),
            states: Vec::new(),
            channel: None,
            kind: None,
            to_approve: false,
            sort: CampaignSort::Updated,
            direction: Direction::Down,
        }
    }
}

/// The kinds, in the order the filters offer them.
pub const KINDS: [CampaignKind; 2] = [CampaignKind::Commercial, CampaignKind::Service];

impl CampaignPlace {
    /// Reads the address; what is not understood is left out.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        let states = get("state").unwrap_or_default();
        let (sort, direction) = match get("sort").as_deref() {
            Some("name") => (CampaignSort::Name, Direction::Up),
            Some("-name") => (CampaignSort::Name, Direction::Down),
            Some("updated") => (CampaignSort::Updated, Direction::Up),
            _ => (CampaignSort::Updated, Direction::Down),
        };
        Self {
            words: get("q").unwrap_or_default(),
            states: states.split(',').filter_map(state_of).collect(),
            channel: get("channel").and_then(|code| CHANNELS.into_iter().find(|it| channel_code(*it) == code)),
            kind: get("kind").and_then(|code| KINDS.into_iter().find(|it| kind_code(*it) == code)),
            to_approve: get("approve").is_some(),
            sort,
            direction,
        }
    }

    /// The address of the list.
    pub fn path(&self) -> String {
        let mut pairs = Vec::new();
        if !self.words.trim().is_empty() {
            pairs.push(("q", self.words.trim().to_owned()));
        }
        if !self.states.is_empty() {
            pairs.push(("state", self.states.iter().map(|it| state_code(*it)).collect::<Vec<_>>().join(",")));
        }
        pairs.extend(self.channel.map(|it| ("channel", channel_code(it).to_owned())));
        pairs.extend(self.kind.map(|it| ("kind", kind_code(it).to_owned())));
        if self.to_approve {
            pairs.push(("approve", "yes".to_owned()));
        }
        let sort = match (self.sort, self.direction) {
            (CampaignSort::Updated, Direction::Down) => None,
            (CampaignSort::Updated, Direction::Up) => Some("updated"),
            (CampaignSort::Name, Direction::Up) => Some("name"),
            (CampaignSort::Name, Direction::Down) => Some("-name"),
        };
        pairs.extend(sort.map(|it| ("sort", it.to_owned())));
        place::address("/campaigns", &pairs)
    }

    /// What the server is asked.
    pub fn query(&self, after: Option<Cursor>) -> CampaignQuery {
        let filter = CampaignFilter {
            words: self.words.trim().to_owned(),
            states: self.states.clone(),
            channel: self.channel,
            kind: self.kind,
            author: None,
            to_approve: self.to_approve,
        };
        CampaignQuery { filter, sort: self.sort, direction: self.direction, after }
    }

    /// The same list in the order of a column; again, the other way round.
    pub fn sorted_by(&self, sort: CampaignSort) -> Self {
        let first = if sort == CampaignSort::Name { Direction::Up } else { Direction::Down };
        let turned = if self.direction == Direction::Up { Direction::Down } else { Direction::Up };
        Self { sort, direction: if self.sort == sort { turned } else { first }, ..self.clone() }
    }

    /// The same order without filters.
    pub fn unfiltered(&self) -> Self {
        Self { sort: self.sort, direction: self.direction, ..Self::default() }
    }

    /// Whether nothing is left out.
    pub fn is_everything(&self) -> bool {
        self.unfiltered() == *self
    }
}

/// The stable name of a state in addresses.
pub fn state_code(state: CampaignState) -> &'static str {
    match state {
        CampaignState::Draft => "draft",
        CampaignState::Preparing => "preparing",
        CampaignState::Prepared => "prepared",
        CampaignState::Scheduled => "scheduled",
        CampaignState::Running => "running",
        CampaignState::Paused => "paused",
        CampaignState::Finished => "finished",
        CampaignState::Cancelled => "cancelled",
    }
}

/// The state of that name.
pub fn state_of(code: &str) -> Option<CampaignState> {
    CampaignState::ALL.into_iter().find(|it| state_code(*it) == code)
}

/// The stable name of a kind in addresses and forms.
pub fn kind_code(kind: CampaignKind) -> &'static str {
    match kind {
        CampaignKind::Commercial => "commercial",
        CampaignKind::Service => "service",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_back(place: &CampaignPlace) -> CampaignPlace {
        let path = place.path();
        let query = path.split_once('?').map_or("", |it| it.1).replace("%20", " ");
        let pairs: Vec<(String, String)> =
            query.split('&').filter_map(|it| it.split_once('=')).map(|(name, value)| (name.into(), value.into())).collect();
        CampaignPlace::read(|name| pairs.iter().find(|it| it.0 == name).map(|it| it.1.clone()))
    }

    #[test]
    fn an_address_leads_to_the_same_list() {
        let place = CampaignPlace {
            words: "zmena sidla".into(),
            states: vec![CampaignState::Running, CampaignState::Paused],
            channel: Some(Channel::Sms),
            kind: Some(CampaignKind::Service),
            to_approve: true,
            sort: CampaignSort::Name,
            direction: Direction::Down,
        };
        assert_eq!(read_back(&place), place);
        assert_eq!(CampaignPlace::default().path(), "/campaigns");
        assert_eq!(read_back(&CampaignPlace::default()), CampaignPlace::default());
    }

    #[test]
    fn what_is_not_understood_is_left_out() {
        let place = CampaignPlace::read(|name| matches!(name, "state" | "sort" | "kind").then(|| "running,x".to_owned()));
        assert_eq!(place, CampaignPlace { states: vec![CampaignState::Running], ..CampaignPlace::default() });
    }

    #[test]
    fn a_column_sorts_and_turns_round() {
        let by_name = CampaignPlace::default().sorted_by(CampaignSort::Name);
        assert_eq!((by_name.direction, by_name.sorted_by(CampaignSort::Name).direction), (Direction::Up, Direction::Down));
        assert!(by_name.is_everything());
    }
}
