//! What stands above a template: an unsaved copy of the last time, a newer version of somebody else, others who edit it now.

use leptos::prelude::*;
use model::{Template, TemplateEditor};

use super::asks;
use super::saver::Saver;
use crate::calls;
use crate::format;
use crate::i18n::{t_string, use_i18n, words};
use crate::parts::{Banner, Button, Dialog, Glyph, Tone};
use crate::state::template_edit::TemplateCopy;
use crate::toast::Toasts;

/// Offers to go on with what was not saved the last time.
#[component]
pub(super) fn KeptCopyBanner(
    /// What saves the template.
    saver: Saver,
) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = Toasts::find();
    let kept = RwSignal::new(saver.kept());
    let words = move |at| t_string!(i18n, template_edit.copy_found, when = format::moment(i18n.get_locale(), at));
    let take = move |copy: &TemplateCopy| {
        saver.go_on(copy);
        kept.set(None);
        toasts.done(untrack(|| t_string!(i18n, template_edit.copy_taken)));
    };
    let drop = move || {
        saver.forget(saver.is_new());
        kept.set(None);
    };
    move || {
        kept.get().map(|copy| {
            let at = copy.at;
            view! {
                <Banner tone=Tone::Info text=move || words(at) glyph=Glyph::HISTORY>
                    <Button label=move || t_string!(i18n, template_edit.copy_take) on_press=move || take(&copy) />
                    <Button label=move || t_string!(i18n, template_edit.copy_drop) on_press=drop />
                </Banner>
            }
        })
    }
}

/// Names who saved meanwhile, shows their version, and lets the person decide. Nothing is lost either way.
#[component]
pub(super) fn StaleBanner(
    /// What saves the template.
    saver: Saver,
) -> impl IntoView {
    let i18n = use_i18n();
    let busy = RwSignal::new(false);
    let theirs = RwSignal::new(None::<Template>);
    let open = RwSignal::new(false);
    Effect::new(move |_| {
        if saver.is_stale()
            && let Some(id) = untrack(|| saver.id())
        {
            calls::act(busy, asks::open(id), move |it| theirs.set(Some(it)));
        }
    });
    let words = move || match theirs.with(|it| it.as_ref().map(|it| it.changed_by.clone())) {
        Some(name) if !name.is_empty() => t_string!(i18n, template_edit.stale_by, name = name),
        _ => t_string!(i18n, template_edit.stale).to_owned(),
    };
    let take = move || {
        if let Some(theirs) = theirs.get_untracked() {
            saver.take(&theirs);
        }
    };
    view! {
        <Show when=move || saver.is_stale()>
            <Banner tone=Tone::Warning text=words>
                <Button label=move || t_string!(i18n, template_edit.stale_see) busy=busy on_press=move || open.set(true) />
                <Button label=move || t_string!(i18n, template_edit.stale_theirs) busy=busy on_press=take />
                <Button
                    label=move || t_string!(i18n, template_edit.stale_mine)
                    hint=move || t_string!(i18n, template_edit.stale_mine_hint)
                    busy=saver.busy()
                    on_press=move || saver.insist()
                />
            </Banner>
        </Show>
        <Dialog title=move || t_string!(i18n, template_edit.stale_title) open=open wide=true>
            {move || theirs.get().map(|it| view! { <Theirs template=it /> })}
        </Dialog>
    }
}

/// What somebody else's version says, text by text.
#[component]
fn Theirs(template: Template) -> impl IntoView {
    let i18n = use_i18n();
    let texts = template
        .draft
        .texts
        .into_iter()
        .map(|it| {
            view! {
                <section class="their-text">
                    <h3>{words::language(it.language)}</h3>
                    <p><strong>{it.subject}</strong></p>
                    <pre class="captured-source wrap" tabindex="0">{it.body.source().to_owned()}</pre>
                </section>
            }
        })
        .collect_view();
    view! {
        <p class="meta">
            {format!("{} · {} · {}", template.draft.name, template.changed_by, format::moment(i18n.get_locale_untracked(), template.updated_at))}
        </p>
        {texts}
    }
}

/// Who else has the template open.
#[component]
pub(super) fn PresenceBanner(
    /// The others.
    others: Signal<Vec<TemplateEditor>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let words = move || {
        let names = others.with(|it| it.iter().map(|it| it.name.clone()).collect::<Vec<_>>());
        match names.as_slice() {
            [name] => t_string!(i18n, template_edit.presence_one, name = name.clone()),
            names => t_string!(i18n, template_edit.presence_many, names = names.join(", ")),
        }
    };
    view! {
        <Show when=move || others.with(|it| !it.is_empty())>
            <Banner tone=Tone::Info text=words glyph=Glyph::USERS />
        </Show>
    }
}
