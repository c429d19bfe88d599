//! What the library shows, as its address says it.

use model::{Cursor, LibraryFilter, LibraryQuery, LibrarySort};

use super::place;

/// Words, folder, kind, order and look, each with its place in the address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LibraryPlace {
    /// `q`: what words of the name begin with.
    pub words: String,
    /// `folder`: only of this folder; present and empty for those in none.
    pub folder: Option<String>,
    /// `kind`: only pictures (`true`) or only other files.
    pub pictures: Option<bool>,
    /// `sort`: by what.
    pub sort: LibrarySort,
    /// `look`: how they are laid out.
    pub look: Look,
}

/// How the files are laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Look {
    /// Small pictures side by side.
    #[default]
    Grid,
    /// Rows of a table.
    List,
}

impl LibraryPlace {
    /// Reads the address; what is not understood is left out.
    pub fn read(get: impl Fn(&str) -> Option<String>) -> Self {
        let is = |name: &str, code: &str| get(name).as_deref() == Some(code);
        Self {
            words: get("q").unwrap_or_default(),
            folder: get("folder"),
            pictures: if is("kind", "pictures") { Some(true) } else { is("kind", "files").then_some(false) },
            sort: if is("sort", "name") { LibrarySort::Name } else { LibrarySort::Newest },
            look: if is("look", "list") { Look::List } else { Look::Grid },
        }
    }

    /// Its address.
    pub fn path(&self) -> String {
        let mut pairs = Vec::new();
        if !self.words.trim().is_empty() {
            pairs.push(("q", self.words.trim().to_owned()));
        }
        pairs.extend(self.folder.clone().map(|it| ("folder", it)));
        pairs.extend(self.pictures.map(|it| ("kind", if it { "pictures" } else { "files" }.to_owned())));
        if self.sort == LibrarySort::Name {
            pairs.push(("sort", "name".to_owned()));
        }
        if self.look == Look::List {
            pairs.push(("look", "list".to_owned()));
        }
        place::address("/library", &pairs)
    }

    /// Whether everything is shown.
    pub fn is_everything(&self) -> bool {
        self.words.trim().is_empty() && self.folder.is_none() && self.pictures.is_none()
    }

    /// The same look and order over everything.
    pub fn everything(&self) -> Self {
        Self { sort: self.sort, look: self.look, ..Self::default() }
    }

    /// What the server is asked.
    pub fn query(&self, after: Option<Cursor>) -> LibraryQuery {
        let filter = LibraryFilter { words: self.words.trim().to_owned(), folder: self.folder.clone(), pictures: self.pictures };
        LibraryQuery { filter, sort: self.sort, after }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_leads_to_the_same_place() {
        let place = LibraryPlace {
            words: "leto 50 %".into(),
            folder: Some("Jar".into()),
            pictures: Some(true),
            sort: LibrarySort::Name,
            look: Look::List,
        };
        let path = place.path();
        assert_eq!(path, "/library?q=leto%2050%20%25&folder=Jar&kind=pictures&sort=name&look=list");
        let value = |name: &str| match name {
            "q" => Some("leto 50 %".to_owned()),
            "folder" => Some("Jar".to_owned()),
            "kind" => Some("pictures".to_owned()),
            "sort" => Some("name".to_owned()),
            "look" => Some("list".to_owned()),
            _ => None,
        };
        assert_eq!(LibraryPlace::read(value), place);
        assert_eq!(LibraryPlace::default().path(), "/library");
    }

    #[test]
    fn no_folder_is_something_else_than_all_folders() {
        let none = LibraryPlace { folder: Some(String::new()), ..LibraryPlace::default() };
        assert_eq!(none.path(), "/library?folder=");
        assert!(!none.is_everything() && none.everything().is_everything());
        assert_eq!(none.query(None).filter.folder, Some(String::new()));
    }
}
