//! What the steps of an import have decided so far.

use model::import::{ParentBy, Place};
use model::{
    Channel, ConsentWay, ContactKind, Day, FieldDefinition, FieldKind, HomeCountry, ImportConsents, ImportLook, ImportMatch,
    ImportMode, ImportPlan, ImportReading, ImportTarget, Obtained, ObtainedWay, Purpose, RecipientListId, Refusal,
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
    /// What all of them agreed to.
    pub consents: ConsentsTyped,
}

/// What is typed about consents.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConsentsTyped {
    /// All agreed to e-mails.
    pub email: bool,
    /// All agreed to text messages.
    pub sms: bool,
    /// How.
    pub way: ConsentWay,
    /// On which day, as typed.
    pub on: String,
    /// The words, or where the proof lies.
    pub proof: String,
}

impl ConsentsTyped {
    fn consents(&self) -> ImportConsents {
        let channels = [(self.email, Channel::Email), (self.sms, Channel::Sms)];
        ImportConsents {
            channels: channels.into_iter().filter(|it| it.0).map(|it| it.1).collect(),
            way: self.way,
            on: Day::parse(&self.on).ok(),
            proof: self.proof.trim().to_owned(),
            may_lack_proof: false,
        }
    }
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

    /// Checks what a step and those before it decide.
    ///
    /// # Errors
    /// Names each wrong field.
    pub fn check(&self, step: Step, own: &[FieldDefinition]) -> Result<(), Refusal> {
        match (step, self.plan().check(own)) {
            (Step::Reading, _) => Ok(()),
            (Step::Columns, Err(Refusal::Invalid(mut faults))) => {
                faults.retain(|it| it.field.starts_with("columns"));
                if faults.is_empty() { Ok(()) } else { Err(Refusal::Invalid(faults)) }
            }
            (Step::Columns | Step::Plan | Step::Preview, checked) => checked,
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
            consents: self.consents.consents(),
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
    all.extend([T::Gender, T::FirstVocative, T::LastVocative, T::Owner, T::NoBulk]);
    all.extend([T::ObtainedWay, T::ObtainedOn, T::ObtainedNote]);
    for channel in [Channel::Email, Channel::Sms] {
        all.extend([T::Consent(channel), T::ConsentOn(channel), T::ConsentWay(channel), T::ConsentProof(channel)]);
    }
    all.extend([T::Parent(ParentBy::RegistrationNumber), T::Parent(ParentBy::Name)]);
    let texts = own.iter().filter(|it| it.kind == FieldKind::Text);
    all.extend(texts.map(|it| T::Parent(ParentBy::Own(it.id))));
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
    fn a_consent_without_its_proof_is_told_at_the_step_that_asks_for_it() {
        let mut draft = ImportDraft { targets: vec![ImportTarget::LastName], ..ImportDraft::default() };
        draft.consents = ConsentsTyped { email: true, on: "1.2.2026".into(), ..ConsentsTyped::default() };
        assert_eq!(draft.check(Step::Columns, &[]), Ok(()));
        assert_eq!(draft.check(Step::Plan, &[]), Err(Refusal::field("consents.proof", model::Fault::Missing)));
        draft.consents.proof = "papierové zmluvy".into();
        assert_eq!(draft.check(Step::Plan, &[]), Ok(()));
        assert_eq!(draft.plan().consents.channels, [Channel::Email]);
    }

    #[test]
    fn steps_follow_one_another_and_stop_at_the_ends() {
        assert_eq!(
            (Step::Reading.next(), Step::Preview.next(), Step::Reading.back()),
            (Step::Columns, Step::Preview, Step::Reading)
        );
    }
}
