//! The files of the e-mail, each with its progress, and their total against the limit.

use leptos::html;
use leptos::prelude::*;
use model::Attachment;

use super::uploads::Uploads;
use crate::browser::files;
use crate::format;
use crate::i18n::{refusals, t_string, use_i18n};
use crate::panels::library::{LibraryPicker, Wanted};
use crate::panels::messages::attachments::glyph_of;
use crate::parts::{Button, Glyph, Icon, IconButton, Progress};
use crate::state::files::{FileLine, FileStage, Files};

/// The field of files.
#[component]
pub fn AttachmentsField(
    /// The files.
    files: RwSignal<Files>,
    /// What puts them up.
    uploads: Uploads,
) -> impl IntoView {
    let i18n = use_i18n();
    let node = NodeRef::<html::Input>::new();
    let choose = move || {
        if let Some(input) = node.get_untracked() {
            input.click();
        }
    };
    let picking = RwSignal::new(false);
    let take = move |file: Attachment, _: Option<u32>| files.update(|it| it.put(&file));
    let numbers = move || files.with(|it| it.beside().map(|it| it.number).collect::<Vec<_>>());
    view! {
        <section class="attachments" aria-label=move || t_string!(i18n, messages.attachments)>
            <Show when=move || files.with(|it| it.beside().next().is_some())>
                <ul class="file-list">
                    <For each=numbers key=|it| *it let:number>
                        <Line line=Memo::new(move |_| files.with(|it| it.line(number).cloned())) uploads=uploads />
                    </For>
                </ul>
            </Show>
            <div class="attachments-foot">
                <Button label=move || t_string!(i18n, messages.attach) icon=Glyph::PAPERCLIP on_press=choose />
                <Button
                    label=move || t_string!(i18n, library.attach)
                    icon=Glyph::IMAGE
                    on_press=move || picking.set(true)
                />
                <input
                    type="file"
                    multiple
                    hidden
                    tabindex="-1"
                    node_ref=node
                    aria-label=move || t_string!(i18n, messages.attach)
                    on:change=move |event| uploads.add(files::chosen(&event))
                />
                <Total files=files uploads=uploads />
            </div>
            <LibraryPicker open=picking wanted=Wanted::Any on_pick=take />
        </section>
    }
}

/// How much the files weigh together, and what to do when it is too much.
#[component]
fn Total(files: RwSignal<Files>, uploads: Uploads) -> impl IntoView {
    let i18n = use_i18n();
    let size = move |bytes| format::size(i18n.get_locale(), bytes);
    let excess = Memo::new(move |_| files.with(|it| it.excess(uploads.max())));
    let total =
        move || t_string!(i18n, messages.attachments_total, size = size(files.with(Files::total)), max = size(uploads.max()));
    view! {
        <Show
            when=move || files.with(|it| !it.is_empty())
            fallback=move || view! { <p class="hint">{move || t_string!(i18n, messages.attach_hint)}</p> }
        >
            <p class="attachments-total" class:excess=move || excess.get().is_some()>{total}</p>
        </Show>
        <div role="status">
            {move || {
                excess
                    .get()
                    .map(|it| view! { <p class="fault">{t_string!(i18n, messages.attachments_excess, size = size(it))}</p> })
            }}
        </div>
    }
}

#[component]
fn Line(line: Memo<Option<FileLine>>, uploads: Uploads) -> impl IntoView {
    let i18n = use_i18n();
    let name = Memo::new(move |_| line.with(|it| it.as_ref().map(|it| it.name.clone()).unwrap_or_default()));
    let size = move || format::size(i18n.get_locale(), line.with(|it| it.as_ref().map_or(0, |it| it.size)));
    let glyph = move || line.with(|it| it.as_ref().map_or(Glyph::FILE, |it| glyph_of(&it.media_type)));
    let share = Memo::new(move |_| {
        line.with(|it| match it.as_ref()?.stage {
            FileStage::Rising(share) => Some(share),
            _ => None,
        })
    });
    let fault = move || {
        line.with(|it| match &it.as_ref()?.stage {
            FileStage::Refused(problem) => Some(refusals::problem(i18n.get_locale(), problem)),
            FileStage::Empty => Some(t_string!(i18n, messages.attachment_empty).to_owned()),
            FileStage::Rising(_) | FileStage::Stored(_) => None,
        })
    };
    let remove = move || {
        if let Some(number) = line.with_untracked(|it| it.as_ref().map(|it| it.number)) {
            uploads.remove(number);
        }
    };
    view! {
        <li class="file" class:faulty=move || fault().is_some()>
            {move || view! { <Icon glyph=glyph() /> }}
            <span class="file-name clip">{move || name.get()}</span>
            <span class="meta">{size}</span>
            <IconButton
                label=move || t_string!(i18n, messages.attachment_remove, name = name.get())
                icon=Glyph::X
                on_press=remove
            />
            <Show when=move || share.get().is_some()>
                <Progress
                    label=move || t_string!(i18n, messages.attachment_rising, name = name.get())
                    share=Signal::derive(move || share.get().unwrap_or(1.0))
                />
            </Show>
            {move || fault().map(|it| view! { <p class="fault">{it}</p> })}
        </li>
    }
}
