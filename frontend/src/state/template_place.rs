//! What the list of templates shows, as its address says it.

use model::{Channel, Cursor, Direction, Language, RecordFilter, RecordKey, TemplateFilter, TemplateQuery, TemplateSort};

use super::place;
use super::suppression_place::{CHANNELS, channel_code};

/// The filters and the order of the list, each with its place in the address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TemplatePlace {
    /// `q`: what words of name, description and hint begin with.
    pub words: String,
    /// `channel`: only of this channel.
    pub channel: Option<Channel>,
    /// `about`: only about this record type; `-` for general ones.
    pub record: Option<RecordFilter>,
    /// `language`: only those that speak it.
    pub language: Option<Language>,
    /// `active`: `yes` or `no`.
    pub active: Option<bool>,
    /// `delivered`: `yes` or `no`.
    pub delivered: Option<bool>,
    /// `sort`: by what.
    pub sort: TemplateSort,
    /// `sort` with a minus before it: which way.
    pub direction: Direction,
}

/// What stands in the address for general templates; no record type is called so.
const GENERAL: &str = "-";

impl TemplatePlace {
    /// Reads the address; what is not understood is left out.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        let sort = get("sort").unwrap_or_default();
        Self {
            words: get("q").unwrap_or_default(),
            channel: get("channel").and_then(|code| CHANNELS.into_iter().find(|it| channel_code(*it) == code)),
            record: get("about").and_then(|code| record_of(&code)),
            language: get("language").and_then(|code| Language::from_code(&code)),
            active: get("active").and_then(|code| choice_of(&code)),
            delivered: get("delivered").and_then(|code| choice_of(&code)),
            sort: if sort.trim_start_matches('-') == "updated" { TemplateSort::Updated } else { TemplateSort::Name },
            direction: if sort.starts_with('-') { Direction::Down } else { Direction::Up },
        }
    }

    /// The address of the list with these filters.
    pub fn path(&self) -> String {
        let mut pairs = Vec::new();
        if !self.words.trim().is_empty() {
            pairs.push(("q", self.words.trim().to_owned()));
        }
        pairs.extend(self.channel.map(|it| ("channel", channel_code(it).to_owned())));
        pairs.extend(self.record.as_ref().map(|it| ("about", record_code(it).to_owned())));
        pairs.extend(self.language.map(|it| ("language", it.code().to_owned())));
        pairs.extend(self.active.map(|it| ("active", choice_code(it).to_owned())));
        pairs.extend(self.delivered.map(|it| ("delivered", choice_code(it).to_owned())));
        match (self.sort, self.direction) {
            (TemplateSort::Name, Direction::Up) => {}
            (TemplateSort::Name, Direction::Down) => pairs.push(("sort", "-name".to_owned())),
            (TemplateSort::Updated, Direction::Up) => pairs.push(("sort", "updated".to_owned())),
            (TemplateSort::Updated, Direction::Down) => pairs.push(("sort", "-updated".to_owned())),
        }
        place::address("/templates", &pairs)
    }

    /// What the server is asked.
    pub fn query(&self, after: Option<Cursor>) -> TemplateQuery {
        TemplateQuery { filter: self.filter(), sort: self.sort, direction: self.direction, after }
    }

    /// Whether the list shows all templates.
    pub fn is_everything(&self) -> bool {
        self.filter() == TemplateFilter::default()
    }

    /// The same order without filters.
    pub fn unfiltered(&self) -> Self {
        Self { sort: self.sort, direction: self.direction, ..Self::default() }
    }

    /// The same place sorted by this; the column that is sorted already turns around. Times begin with the newest.
    pub fn sorted_by(&self, sort: TemplateSort) -> Self {
        let direction = match (self.sort == sort, self.direction) {
            (true, Direction::Up) => Direction::Down,
            (true, Direction::Down) => Direction::Up,
            (false, _) if sort == TemplateSort::Name => Direction::Up,
            (false, _) => Direction::Down,
        };
        Self { sort, direction, ..self.clone() }
    }

    fn filter(&self) -> TemplateFilter {
        TemplateFilter {
            words: self.words.trim().to_owned(),
            channel: self.channel,
            record: self.record.clone(),
            language: self.language,
            active: self.active,
            delivered: self.delivered,
            is_touched: false,
        }
    }
}

/// The stable name of what templates are about.
pub fn record_code(record: &RecordFilter) -> &str {
    match record {
        RecordFilter::General => GENERAL,
        RecordFilter::Of(key) => &key.0,
    }
}

/// What is meant by that name.
pub fn record_of(code: &str) -> Option<RecordFilter> {
    if code == GENERAL {
        return Some(RecordFilter::General);
    }
    let key = RecordKey(code.to_owned());
    key.is_valid().then_some(RecordFilter::Of(key))
}

/// The stable name of a yes or no.
pub fn choice_code(it: bool) -> &'static str {
    if it { "yes" } else { "no" }
}

/// What is meant by that name.
pub fn choice_of(code: &str) -> Option<bool> {
    match code {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_back(place: &TemplatePlace) -> TemplatePlace {
        let path = place.path();
        let pairs: Vec<(String, String)> = path
            .split_once('?')
            .map_or("", |it| it.1)
            .split('&')
            .filter_map(|it| it.split_once('='))
            .map(|(name, value)| (name.to_owned(), value.replace("%20", " ")))
            .collect();
        TemplatePlace::read(|name| pairs.iter().find(|it| it.0 == name).map(|it| it.1.clone()))
    }

    #[test]
    fn an_address_leads_to_the_same_list() {
        for record in [RecordFilter::General, RecordFilter::Of(RecordKey("order".into()))] {
            let place = TemplatePlace {
                words: "prva upomienka".into(),
                channel: Some(Channel::Sms),
                record: Some(record),
                language: Some(Language::En),
                active: Some(false),
                delivered: Some(true),
                sort: TemplateSort::Updated,
                direction: Direction::Down,
            };
            assert_eq!(read_back(&place), place);
        }
        assert_eq!(TemplatePlace::default().path(), "/templates");
    }

    #[test]
    fn what_is_not_understood_is_left_out() {
        let place = TemplatePlace::read(|name| (name != "q").then(|| "Čo?".to_owned()));
        assert!(place.is_everything() && place.sort == TemplateSort::Name);
    }

    #[test]
    fn clearing_the_filters_keeps_the_order() {
        let place = TemplatePlace { words: "x".into(), ..TemplatePlace::default() }.sorted_by(TemplateSort::Updated);
        assert_eq!((place.direction, place.unfiltered().path().as_str()), (Direction::Down, "/templates?sort=-updated"));
        assert_eq!(place.sorted_by(TemplateSort::Updated).direction, Direction::Up);
    }
}
