//! What the parts of the page of writing share: fields, their values, what is wrong, pictures.

use content::letter::{self, Letter};
use leptos::prelude::*;
use model::{Channel, ContactId, MergeField, MessageDraft, MessageValues, TemplateFault, TemplatePlace};

use super::desk::Desk;
use crate::browser::timer::Pause;
use crate::calls;
use crate::editor::{EditorField, FieldUse, Hand, PictureDesk};
use crate::i18n::{Speech, use_i18n};
use crate::panels::writing::{editor_fields, faults};
use crate::state::finding::Finding;
use crate::state::recipients::RecipientField;

/// How long typing must rest before it is checked and drawn, in milliseconds.
const REST_MS: u32 = 150;

/// What the parts share.
#[derive(Clone, Copy)]
pub(super) struct Writing {
    /// What the page writes into the texts with.
    pub hand: Hand,
    /// What may be named.
    pub fields: Signal<Vec<MergeField>>,
    /// The same as the editor lists it.
    pub editor_fields: Signal<Vec<EditorField>>,
    /// What stands in the fields for the first recipient.
    pub values: Signal<MessageValues>,
    /// The draft when typing rested last.
    pub draft: RwSignal<MessageDraft>,
    /// What is wrong with its merge code.
    pub faults: Memo<Vec<TemplateFault>>,
    /// How pictures come into the text and are shown.
    pub pictures: PictureDesk,
    /// The chip that was opened.
    pub opened: RwSignal<Option<FieldUse>>,
}

impl Writing {
    /// What belongs to this desk.
    pub fn new(desk: Desk, pictures: PictureDesk) -> Self {
        let i18n = use_i18n();
        let fields = known_fields();
        let values = values(desk);
        let draft = RwSignal::new(untrack(|| desk.draft()));
        let pause = Pause::new(REST_MS);
        Effect::new(move |_| {
            let now = desk.draft();
            pause.then(move || drop(draft.try_set(now)));
        });
        let faults = Memo::new(move |_| match fields.with(Vec::is_empty) {
            true => Vec::new(),
            false => draft.with(|draft| wrong(draft, &fields.read(), values.with(|it| it.language))),
        });
        Self {
            hand: desk.hand,
            fields,
            editor_fields: Signal::derive(move || fields.with(|it| editor_fields(i18n.get_locale(), it))),
            values,
            draft,
            faults,
            pictures,
            opened: RwSignal::new(None),
        }
    }

    /// What is wrong in a line: ranges of bytes.
    pub fn ranges(self, place: TemplatePlace) -> Signal<Vec<(usize, usize)>> {
        Signal::derive(move || self.faults.with(|it| faults::ranges(it.iter().filter(|it| it.place == place))))
    }

    /// What is wrong in the body, as the editor underlines it.
    pub fn findings(self) -> Signal<Vec<Finding>> {
        let i18n = use_i18n();
        Signal::derive(move || {
            let locale = i18n.get_locale();
            let here = |it: &&TemplateFault| it.place == TemplatePlace::Body;
            self.faults.with(|it| {
                self.draft.with_untracked(|draft| faults::findings(locale, draft.body.source(), it.iter().filter(here)))
            })
        })
    }
}

fn wrong(draft: &MessageDraft, fields: &[MergeField], language: model::Language) -> Vec<TemplateFault> {
    if draft.channel == Channel::Sms {
        return Vec::new();
    }
    Letter::compile(&letter::of_message(draft, language), &letter::catalogue(fields)).err().unwrap_or_default()
}

/// What a message may name; it belongs to no campaign.
fn known_fields() -> Signal<Vec<MergeField>> {
    let speech = Speech::find();
    let answer = calls::ask(move || speech.language(), |language| app::templates::list_merge_fields(None, language));
    Signal::derive(move || {
        let fields = answer.get().map(|it| it.fields).unwrap_or_default();
        fields.into_iter().filter(|it| !it.path.starts_with("campaign.") && it.path != "links.view").collect()
    })
}

/// What stands in the fields for the first recipient, again whenever that is somebody else.
fn values(desk: Desk) -> Signal<MessageValues> {
    let done = |it: &RecipientField| it.chips().iter().map(|it| it.text.as_str()).collect::<Vec<_>>().join(", ");
    let whose = Memo::new(move |_| (desk.contact.get(), desk.to.with(done)));
    let answer = calls::ask(
        move || whose.get(),
        |(contact, to): (Option<ContactId>, String)| app::messages::list_message_values(contact, to),
    );
    Signal::derive(move || answer.get().unwrap_or_default())
}
