//! What the list of recipient lists or of segments shows, as its address says it.

use model::{Cursor, Direction, ListQuery, ListSort};

use super::place;

/// Words and order, each with its place in the address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListPlace {
    /// `q`: what words of the name begin with.
    pub words: String,
    /// `sort`: by what.
    pub sort: ListSort,
    /// `sort` with a minus before it: which way.
    pub direction: Direction,
}

const SORTS: [(ListSort, &str); 3] = [(ListSort::Name, "name"), (ListSort::Members, "members"), (ListSort::Updated, "updated")];

impl ListPlace {
    /// Reads the address; what is not understood is left out.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        let sort = get("sort").unwrap_or_default();
        let direction = if sort.starts_with('-') { Direction::Down } else { Direction::Up };
        let sort = sort.trim_start_matches('-');
        let sort = SORTS.iter().find(|it| it.1 == sort).map_or(ListSort::Name, |it| it.0);
        Self { words: get("q").unwrap_or_default(), sort, direction }
    }

    /// The address of the list at that path.
    pub fn path(&self, path: &str) -> String {
        let mut pairs = Vec::new();
        if !self.words.trim().is_empty() {
            pairs.push(("q", self.words.trim().to_owned()));
        }
        if (self.sort, self.direction) != (ListSort::Name, Direction::Up) {
            let code = SORTS.iter().find(|it| it.0 == self.sort).map_or("name", |it| it.1);
            pairs.push(("sort", if self.direction == Direction::Down { format!("-{code}") } else { code.to_owned() }));
        }
        place::address(path, &pairs)
    }

    /// What the server is asked.
    pub fn query(&self, after: Option<Cursor>) -> ListQuery {
        ListQuery { words: self.words.trim().to_owned(), sort: self.sort, direction: self.direction, after }
    }

    /// The same place sorted by this; the column that is sorted already turns around. Numbers and times begin with the greatest.
    pub fn sorted_by(&self, sort: ListSort) -> Self {
        let direction = match (self.sort == sort, self.direction) {
            (true, Direction::Up) => Direction::Down,
            (true, Direction::Down) => Direction::Up,
            (false, _) if sort == ListSort::Name => Direction::Up,
            (false, _) => Direction::Down,
        };
        Self { words: self.words.clone(), sort, direction }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_to_the_same_place() {
        let place = ListPlace { words: "veľtrh 50 %".into(), sort: ListSort::Members, direction: Direction::Down };
        assert_eq!(place.path("/lists"), "/lists?q=ve%C4%BEtrh%2050%20%25&sort=-members");
        let read = ListPlace::read(|name| match name {
            "q" => Some("veľtrh 50 %".to_owned()),
            "sort" => Some("-members".to_owned()),
            _ => None,
        });
        assert_eq!(read, place);
        assert_eq!(ListPlace::default().path("/lists"), "/lists");
    }

    #[test]
    fn a_sorted_column_turns_around_and_another_one_begins_at_its_own_end() {
        let place = ListPlace::default();
        assert_eq!(place.sorted_by(ListSort::Name).direction, Direction::Down);
        assert_eq!(place.sorted_by(ListSort::Members).direction, Direction::Down);
    }
}
