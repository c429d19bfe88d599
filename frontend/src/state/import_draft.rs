//! What the steps of an import have decided so far.

use model::import::Place;
use model::{
    ContactKind, FieldDefinition, FieldKind, HomeCountry, ImportLook, ImportMatch, ImportMode, ImportPlan, ImportReading,
    ImportTarget, Obtained, ObtainedWay, Purpose, RecipientListId,
};

/// The steps of an import, in their order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Step {
    /// How the file is read.
    #[default]
    Reading,
    /// What its columns are.
    Columns,
    /// What is done with the contacts.
    Plan,
    /// What would become of the rows.
    Preview,
}

impl Step {
    /// All steps.
    pub const ALL: [Self; 4] = [Self::Reading, Self::Columns, Self::Plan, Self::Preview];

    /// The step behind this one.
    pub fn next(self) -> Self {
        Self::ALL[(self as usize + 1).min(Self::ALL.len() - 1)]
    }

    /// The step before this one.
    pub fn back(self) -> Self {
        Self::ALL[(self as usize).saturating_sub(1)]
    }
}

/// What was decided.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportDraft {
    /// How the file is read.
    pub reading: ImportReading,
    /// What the columns are.
    pub targets: Vec<ImportTarget>,
    /// Whether contacts that are there are changed.
    pub mode: ImportMode,
    /// By what they are recognised.
    pub matched_by: ImportMatch,
    /// Kind of new contacts.
    pub kind: ContactKind,
    /// Country of numbers without a code.
    pub home: HomeCountry,
    /// How they were obtained.
    pub way: Option<ObtainedWay>,
    /// What else is known about that.
    pub way_note: String,
    /// Tags with commas between.
    pub tags: String,
    /// The list they come into.
    pub list: Option<RecipientListId>,
}

impl ImportDraft {
    /// Takes over what a file looks like; what was decided about the columns stays while they are the same.
    pub fn follow(&mut self, look: &ImportLook) {
        // What a person chose must not be undone by reading the file in another way.
        if self.targets.is_empty() {
            self.home = look.home;
        }
        let is_new = self.targets.len() != look.suggested.len() || self.reading != look.reading;
        self.reading = look.reading.clone();
        if is_new {
            self.targets.clone_from(&look.suggested);
        }
    }

    /// The plan for the server.
    pub fn plan(&self) -> ImportPlan {
        let tags = self.tags.split([',', ';']).map(str::trim).filter(|it| !it.is_empty()).map(str::to_owned).collect();
        ImportPlan {
            reading: self.reading.clone(),
            columns: self.targets.clone(),
            mode: self.mode,
            matched_by: self.matched_by,
            kind: self.kind,
            nature: None,
            home: self.home,
            obtained: Obtained { way: self.way, on: None, note: self.way_note.trim().to_owned() },
            tags,
            lists: self.list.into_iter().collect(),
        }
    }
}

/// Everything that a column can be.
pub fn targets(own: &[FieldDefinition]) -> Vec<ImportTarget> {
    use ImportTarget as T;
    let mut all = vec![
        T::Nothing,
        T::FullName,
        T::FirstName,
        T::LastName,
        T::TitleBefore,
        T::TitleAfter,
        T::CompanyName,
        T::Position,
        T::Salutation,
    ];
    all.extend(Purpose::ALL.map(T::Email));
    all.extend(Purpose::ALL.map(T::Phone));
    for place in [Place::Billing, Place::Delivery] {
        all.extend([T::Street(place), T::City(place), T::Postcode(place), T::Country(place), T::Address(place)]);
    }
    all.extend([T::RegistrationNumber, T::TaxNumber, T::VatNumber, T::Kind, T::Nature, T::Language, T::Tags, T::Note]);
    all.extend(own.iter().map(|it| T::Own(it.id)));
    all
}

/// Everything that contacts can be recognised by.
pub fn matches(own: &[FieldDefinition]) -> Vec<ImportMatch> {
    let mut all = vec![ImportMatch::Email, ImportMatch::Phone, ImportMatch::RegistrationNumber];
    all.extend(own.iter().filter(|it| it.kind == FieldKind::Text).map(|it| ImportMatch::Own(it.id)));
    all
}

/// Up to three different values of a column, to be recognised by.
pub fn samples(look: &ImportLook, column: usize) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for cell in look.rows.iter().filter_map(|it| it.cells.get(column)).map(|it| it.trim()) {
        if !cell.is_empty() && found.len() < 3 && found.iter().all(|it| it != cell) {
            found.push(cell.to_owned());
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::LookRow;

    fn look(suggested: Vec<ImportTarget>) -> ImportLook {
        let row = |cell: &str| LookRow { line: 1, cells: vec![cell.into()], fault: None };
        ImportLook {
            reading: ImportReading { header_row: 1, ..ImportReading::default() },
            columns: vec!["A".into()],
            rows: vec![row("Eva"), row(" "), row("Eva"), row("Ján"), row("Iva"), row("Jano")],
            sheets: Vec::new(),
            elements: Vec::new(),
            suggested,
            remembered: false,
            home: HomeCountry::Czechia,
        }
    }

    #[test]
    fn decisions_about_columns_stay_while_the_file_is_read_in_the_same_way() {
        let mut draft = ImportDraft::default();
        draft.follow(&look(vec![ImportTarget::Note]));
        draft.targets[0] = ImportTarget::LastName;
        draft.follow(&look(vec![ImportTarget::Note]));
        assert_eq!((draft.targets.as_slice(), draft.home), ([ImportTarget::LastName].as_slice(), HomeCountry::Czechia));
        let mut other = look(vec![ImportTarget::Note]);
        other.reading.header_row = 2;
        draft.follow(&other);
        assert_eq!(draft.targets, [ImportTarget::Note]);
    }

    #[test]
    fn samples_are_different_and_few() {
        assert_eq!(samples(&look(Vec::new()), 0), ["Eva", "Ján", "Iva"]);
        assert!(samples(&look(Vec::new()), 7).is_empty());
    }

    #[test]
    fn the_plan_holds_what_was_decided() {
        let draft = ImportDraft { tags: " veľtrh, ; VIP".into(), list: Some(RecipientListId(7)), ..ImportDraft::default() };
        let plan = draft.plan();
        assert_eq!((plan.tags, plan.lists), (vec!["veľtrh".to_owned(), "VIP".to_owned()], vec![RecipientListId(7)]));
    }

    #[test]
    fn steps_follow_one_another_and_stop_at_the_ends() {
        assert_eq!(
            (Step::Reading.next(), Step::Preview.next(), Step::Reading.back()),
            (Step::Columns, Step::Preview, Step::Reading)
        );
    }
}
