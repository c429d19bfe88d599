//! The e-mail as its first recipient will see it, beside the text while it is written, and the fields that may be put in.

use leptos::prelude::*;

use super::desk::Desk;
use super::signature::signature;
use super::writing::Writing;
use crate::i18n::{t_string, use_i18n};
use crate::panels::writing::{FieldPalette, MailFrame, Missing};
use crate::parts::{Banner, Tab, TabPanel, Tabs, Tone};
use crate::state::message_preview::draw;
use crate::state::template_preview::{Drawn, Undrawn};

/// Preview and fields.
#[component]
pub(super) fn Beside(
    /// What is written.
    desk: Desk,
    /// What the parts of the page share.
    writing: Writing,
) -> impl IntoView {
    let i18n = use_i18n();
    let current = RwSignal::new("preview".to_owned());
    let tabs = vec![
        Tab::new("preview", move || t_string!(i18n, messages.preview)),
        Tab::new("fields", move || t_string!(i18n, template_edit.fields)),
    ];
    view! {
        <section class="compose-beside">
            <Tabs
                label=move || t_string!(i18n, messages.preview)
                tabs=tabs
                current=current
                on_choose=move |key: &'static str| current.set(key.to_owned())
            />
            <TabPanel key="preview" current=current>
                <Preview desk=desk writing=writing />
            </TabPanel>
            <TabPanel key="fields" current=current>
                <FieldPalette fields=writing.fields hand=writing.hand readonly=Signal::stored(false) />
            </TabPanel>
        </section>
    }
}

/// The mail, drawn by the code that makes it, and what is missing in it.
#[component]
fn Preview(desk: Desk, writing: Writing) -> impl IntoView {
    let i18n = use_i18n();
    let signature = signature();
    let came = Memo::new(move |_| {
        let signed = signature.with(|it| if desk.with_signature.get() { it.clone() } else { String::new() });
        // Pictures that have come up since are shown.
        desk.files.track();
        let picture = |cid: &str| writing.pictures.resolve.run((format!("cid:{cid}"),));
        writing.draft.with(|draft| writing.values.with(|known| draw(draft, &signed, &writing.fields.read(), known, &picture)))
    });
    // While something is wrong the last mail that could be drawn stays.
    let drawn = Memo::new(move |before: Option<&Drawn>| match came.get() {
        Ok(drawn) => drawn,
        Err(_) => before.cloned().unwrap_or_default(),
    });
    let trouble = move || {
        came.with(|it| match it {
            Err(Undrawn::TooLong) => Some(t_string!(i18n, template_edit.preview_too_long)),
            Err(Undrawn::Faults(_)) => Some(t_string!(i18n, template_edit.preview_wrong)),
            Ok(_) => None,
        })
    };
    let is_blank = move || writing.draft.with(|it| it.body.is_blank());
    let subject = move || match drawn.with(|it| it.subject.trim().to_owned()) {
        it if it.is_empty() => t_string!(i18n, messages.no_subject).to_owned(),
        it => it,
    };
    view! {
        <div class="preview">
            {move || trouble().map(|it| view! { <Banner tone=Tone::Warning text=it /> })}
            <Missing unresolved=Signal::derive(move || drawn.with(|it| it.unresolved.clone())) fields=writing.fields />
            <div class="preview-sheet">
                <p class="preview-subject">
                    {subject} <span class="meta">{move || drawn.with(|it| it.preheader.clone())}</span>
                </p>
                <Show when=is_blank>
                    <p class="preview-empty">{move || t_string!(i18n, messages.preview_empty)}</p>
                </Show>
                <div class="preview-mail" class:blank=is_blank>
                    <MailFrame
                        title=move || t_string!(i18n, messages.preview_frame)
                        page=Signal::derive(move || drawn.with(|it| it.page.clone()))
                    />
                </div>
            </div>
        </div>
    }
}
