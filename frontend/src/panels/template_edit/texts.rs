//! The texts of a template alone, for a screen that keeps them itself: no name, no versions, no saving.

use leptos::prelude::*;
use model::{Chosen, TemplateDraft};

use super::check::Check;
use super::desk::Desk;
use super::words::Tools;
use super::workspace::{Main, Side, catalogue, company, sight, tools};
use crate::editor::FieldUse;
use crate::panels::compose::Uploads;
use crate::panels::writing::{FieldDialog, LibraryPictures, picture_desk};
use crate::state::files::Files;

/// Texts in all languages with their editors, what is wrong with them, and how they will look.
#[component]
pub fn TextsPanel(
    /// What they are at first.
    draft: TemplateDraft,
    /// The files that pictures in the texts are among.
    files: RwSignal<Files>,
    /// What puts files up.
    uploads: Uploads,
    /// To whom they go.
    #[prop(into)]
    people: Signal<Vec<Chosen>>,
    /// Called with what is typed, whenever typing rests.
    #[prop(into)]
    on_change: Callback<(TemplateDraft,)>,
    /// Where stands what has it tell at once, for a screen that is about to save.
    settle: StoredValue<Option<Callback<()>>>,
) -> impl IntoView {
    let mut desk = Desk::new(&draft, &[]);
    desk.files = files;
    let fields = catalogue(desk);
    let check = Check::new(desk, fields);
    let opened = RwSignal::new(None::<FieldUse>);
    let sight = sight(desk, fields);
    let (pictures, asked) = picture_desk(files, uploads);
    let tools = Tools { readonly: Signal::stored(false), people: Some(people), ..tools(desk, check, pictures, opened, sight) };
    let company = company();
    Effect::new(move |_| on_change.run((check.draft.get(),)));
    settle.set_value(Some(Callback::new(move |()| {
        desk.settle();
        on_change.run((untrack(|| desk.draft()),));
    })));
    // What is typed when the page is left has not rested yet.
    on_cleanup(move || {
        settle.try_set_value(None);
        let _ = on_change.try_run((untrack(|| desk.draft()),));
    });
    provide_context(desk.form);
    view! {
        <div class="template-texts" data-form=desk.form.place()>
            <div class="compose-page">
                <Main desk=desk tools=tools company=company />
                <Side desk=desk tools=tools sight=sight company=company />
            </div>
        </div>
        <FieldDialog opened=opened fields=fields language=desk.language.into() hand=tools.hand />
        <LibraryPictures asked=asked files=files />
    }
}
