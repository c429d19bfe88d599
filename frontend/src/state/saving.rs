//! How what is typed gets kept: one save at a time, nothing forgotten, nobody overwritten.

use app::Problem;
use model::{DraftKey, Refusal};

/// What is kept of a draft and what is not yet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Saving {
    key: Option<DraftKey>,
    /// Counts every change on the screen.
    edits: u64,
    /// The count that the server has.
    kept: u64,
    /// The count that is on its way.
    on_way: Option<u64>,
    trouble: Option<Trouble>,
}

/// Why nothing is kept at the moment.
#[derive(Clone, Debug, PartialEq)]
pub enum Trouble {
    /// The draft was changed or sent elsewhere; a person decides which one stays.
    Stale,
    /// The server refused or failed; the next change tries again.
    Problem(Problem),
}

/// What the screen says about it.
#[derive(Clone, Debug, PartialEq)]
pub enum Kept {
    /// Nothing was typed yet.
    Nothing,
    /// There is something to keep.
    Waiting,
    /// It is on its way.
    Saving,
    /// Everything is kept.
    Saved,
    /// It cannot be kept.
    Trouble(Trouble),
}

impl Saving {
    /// A draft that the server has.
    pub fn of(key: DraftKey) -> Self {
        Self { key: Some(key), ..Self::default() }
    }

    /// Notes a change on the screen.
    pub fn edit(&mut self) {
        self.edits += 1;
    }

    /// The draft that the next save goes to.
    pub fn key(&self) -> Option<DraftKey> {
        self.key
    }

    /// Whether something on the screen is not kept yet.
    pub fn is_open(&self) -> bool {
        self.kept < self.edits
    }

    /// Whether a save is on its way.
    pub fn is_on_way(&self) -> bool {
        self.on_way.is_some()
    }

    /// Begins a save, unless one is on its way, nothing changed, or a person must decide first.
    pub fn begin(&mut self) -> bool {
        let may = self.on_way.is_none() && self.is_open() && self.trouble != Some(Trouble::Stale);
        if may {
            self.on_way = Some(self.edits);
        }
        may
    }

    /// Notes how a save ended and tells whether another one should follow at once.
    pub fn end(&mut self, came: Result<DraftKey, Problem>) -> bool {
        let sent = self.on_way.take().unwrap_or(self.kept);
        match came {
            Ok(key) => {
                self.key = Some(key);
                self.kept = sent;
                self.trouble = None;
                self.is_open()
            }
            // Deleted elsewhere: what is on the screen becomes a new draft.
            Err(Problem::Refused(Refusal::NotFound(_))) if self.key.is_some() => {
                self.key = None;
                true
            }
            Err(Problem::Refused(Refusal::Stale(_) | Refusal::IllegalStep(_))) => {
                self.trouble = Some(Trouble::Stale);
                false
            }
            Err(problem) => {
                self.trouble = Some(Trouble::Problem(problem));
                false
            }
        }
    }

    /// Keeps the screen's text after all: over that revision, or as a new draft when there is none to write over.
    pub fn insist(&mut self, key: Option<DraftKey>) {
        self.key = key;
        self.trouble = None;
        self.edit();
    }

    /// What the screen says.
    pub fn status(&self) -> Kept {
        match (&self.trouble, self.on_way) {
            (_, Some(_)) => Kept::Saving,
            (Some(trouble), None) => Kept::Trouble(trouble.clone()),
            (None, None) if self.is_open() => Kept::Waiting,
            (None, None) if self.key.is_some() => Kept::Saved,
            (None, None) => Kept::Nothing,
        }
    }
}

#[cfg(test)]
mod tests {
    use model::{MessageId, Noun};

    use super::*;

    fn key(revision: i64) -> DraftKey {
        DraftKey { id: MessageId(1), revision }
    }

    #[test]
    fn only_one_save_is_on_its_way() {
        let mut saving = Saving::default();
        assert!(!saving.begin());
        saving.edit();
        assert!(saving.begin());
        assert!(!saving.begin());
        assert_eq!(saving.status(), Kept::Saving);
    }

    #[test]
    fn what_was_typed_meanwhile_is_saved_next() {
        let mut saving = Saving::default();
        saving.edit();
        saving.begin();
        saving.edit();
        assert!(saving.end(Ok(key(1))));
        assert!(saving.begin());
        assert!(!saving.end(Ok(key(2))));
        assert_eq!((saving.status(), saving.key()), (Kept::Saved, Some(key(2))));
    }

    #[test]
    fn nothing_is_written_over_a_newer_draft_unless_a_person_says_so() {
        let mut saving = Saving::of(key(1));
        saving.edit();
        saving.begin();
        assert!(!saving.end(Err(Problem::Refused(Refusal::Stale(Noun::Message)))));
        saving.edit();
        assert!(!saving.begin());
        assert_eq!(saving.status(), Kept::Trouble(Trouble::Stale));
        saving.insist(Some(key(5)));
        assert!(saving.begin());
        assert_eq!(saving.key(), Some(key(5)));
    }

    #[test]
    fn a_draft_deleted_elsewhere_is_made_anew() {
        let mut saving = Saving::of(key(1));
        saving.edit();
        saving.begin();
        assert!(saving.end(Err(Problem::Refused(Refusal::NotFound(Noun::Message)))));
        assert!(saving.begin());
        assert_eq!(saving.key(), None);
    }

    #[test]
    fn a_failure_is_tried_again_with_the_next_save() {
        let mut saving = Saving::of(key(1));
        saving.edit();
        saving.begin();
        assert!(!saving.end(Err(Problem::Unreachable)));
        assert_eq!(saving.status(), Kept::Trouble(Trouble::Problem(Problem::Unreachable)));
        assert!(saving.is_open() && saving.begin());
        saving.end(Ok(key(2)));
        assert_eq!(saving.status(), Kept::Saved);
    }
}
