//! What the list of the bin shows, as its address says it.

use model::{BinFilter, BinnedHow};

use super::place;

/// The filters of the list, each with its place in the address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BinPlace {
    /// `q`: words of subject, recipient or author.
    pub words: String,
    /// `how`: only what came there in this way.
    pub how: Option<BinnedHow>,
}

/// The ways into the bin, each with its word in the address.
pub const WAYS: [(BinnedHow, &str); 2] = [(BinnedHow::ByHand, "hand"), (BinnedHow::ByTime, "time")];

impl BinPlace {
    /// Reads the address; what is not understood is left out.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        let how = get("how").and_then(|code| WAYS.iter().find(|it| it.1 == code)).map(|it| it.0);
        Self { words: get("q").unwrap_or_default(), how }
    }

    /// The address of the bin with these filters.
    pub fn path(&self) -> String {
        let mut pairs = Vec::new();
        if !self.words.trim().is_empty() {
            pairs.push(("q", self.words.trim().to_owned()));
        }
        pairs.extend(self.code().map(|it| ("how", it.to_owned())));
        place::address("/bin", &pairs)
    }

    /// The word of the way that is chosen.
    pub fn code(&self) -> Option<&'static str> {
        let how = self.how?;
        WAYS.iter().find(|it| it.0 == how).map(|it| it.1)
    }

    /// What the server is asked.
    pub fn filter(&self) -> BinFilter {
        BinFilter { words: self.words.trim().to_owned(), how: self.how }
    }

    /// Whether nothing narrows the list.
    pub fn is_everything(&self) -> bool {
        self.filter() == BinFilter::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_to_the_same_place() {
        let place = BinPlace { words: "zmluva".into(), how: Some(BinnedHow::ByTime) };
        assert_eq!(place.path(), "/bin?q=zmluva&how=time");
        let read = BinPlace::read(|name| match name {
            "q" => Some("zmluva".to_owned()),
            "how" => Some("time".to_owned()),
            _ => None,
        });
        assert_eq!(read, place);
        assert!(BinPlace::read(|_| None).is_everything() && !place.is_everything());
        assert_eq!(BinPlace::read(|_| Some("?".to_owned())).how, None);
    }
}
