//! The versions of a template, and what differs between one and the one before it.

use leptos::prelude::*;
use model::{Change, Template, TemplateVersion};

use super::changes::Changes;
use crate::calls;
use crate::i18n::messages::small;
use crate::i18n::{t_string, templates as words, tu_string, use_i18n};
use crate::live::Live;
use crate::panels::loaded::Loaded;
use crate::parts::{Button, Confirm, Glyph, When};
use crate::toast::Toasts;

/// All versions, newest first.
#[component]
pub(super) fn TemplateVersions(
    /// The template.
    template: Signal<Template>,
) -> impl IntoView {
    let i18n = use_i18n();
    let key = Memo::new(move |_| template.with(|it| (it.id, it.revision)));
    let answer = calls::ask(move || key.get(), |(id, _)| app::templates::list_template_versions(id));
    let wanted = RwSignal::new(None::<u32>);
    view! {
        <p class="meta">{move || t_string!(i18n, templates.versions_lead)}</p>
        <Loaded answer=answer let:versions>
            <ol class="template-versions">
                <For each=move || versions.get() key=|it| it.version let:version>
                    <Version template=template version=version wanted=wanted />
                </For>
            </ol>
        </Loaded>
        <Restore template=template wanted=wanted />
    }
}

#[component]
fn Version(template: Signal<Template>, version: TemplateVersion, wanted: RwSignal<Option<u32>>) -> impl IntoView {
    let i18n = use_i18n();
    let open = RwSignal::new(false);
    let id = template.with_untracked(|it| it.id);
    let TemplateVersion { version: number, how, at, by, messages } = version;
    let is_newest = move || template.with(|it| it.version == number);
    let by = move || if by.is_empty() { t_string!(i18n, common.system).to_owned() } else { by.clone() };
    let made = move || t_string!(i18n, templates.messages_made, count = small(messages), n = messages);
    view! {
        <li class="template-version">
            <div class="template-version-head">
                <strong>{move || t_string!(i18n, templates.version, version = number)}</strong>
                <span>{move || words::how(i18n.get_locale(), how)}</span>
                <span class="meta">{by}" · "<When at=Signal::stored(at) />" · "{made}</span>
                <Show when=is_newest>
                    <span class="tag">{move || t_string!(i18n, templates.newest)}</span>
                </Show>
                <span class="template-version-acts">
                    <Show when=move || 1 < number>
                        <button
                            type="button"
                            class="button"
                            data-kind="quiet"
                            aria-expanded=move || open.get().to_string()
                            on:click=move |_| open.update(|it| *it = !*it)
                        >
                            {move || t_string!(i18n, templates.differences)}
                        </button>
                    </Show>
                    <Show when=move || !is_newest()>
                        <Button
                            label=move || t_string!(i18n, templates.restore)
                            icon=Glyph::ROTATE_CW
                            on_press=move || wanted.set(Some(number))
                        />
                    </Show>
                </span>
            </div>
            <Show when=move || open.get()><Changes template=id version=number /></Show>
        </li>
    }
}

/// Asks before an earlier version is taken up again.
#[component]
fn Restore(template: Signal<Template>, wanted: RwSignal<Option<u32>>) -> impl IntoView {
    let i18n = use_i18n();
    let (live, toasts) = (Live::find(), Toasts::find());
    let (busy, open) = (RwSignal::new(false), RwSignal::new(false));
    Effect::new(move |_| {
        if wanted.with(Option::is_some) {
            open.set(true);
        }
    });
    // However it was closed, the same version can be wanted again.
    Effect::new(move |_| {
        if !open.get() && wanted.with_untracked(Option::is_some) {
            wanted.set(None);
        }
    });
    let number = move || wanted.get().unwrap_or_default();
    let restore = move || {
        let key = template.with_untracked(|it| (it.id, it.revision));
        let Some(version) = wanted.get_untracked() else { return };
        calls::act(busy, app::templates::restore_template(key, version), move |_| {
            open.set(false);
            toasts.done(tu_string!(i18n, templates.restored, version = version));
            live.note(Change::Templates);
        });
    };
    view! {
        <Confirm
            open=open
            question=move || t_string!(i18n, templates.restore_title, version = number())
            text=move || t_string!(i18n, templates.restore_text)
            act=move || t_string!(i18n, templates.restore)
            busy=busy
            on_confirm=restore
        />
    }
}
