//! What can be done to a template.

use leptos::prelude::*;
use model::{Change, Template, TemplateId};

use crate::calls;
use crate::i18n::{t_string, tu_string, use_i18n};
use crate::live::Live;
use crate::parts::{ButtonKind, ButtonLink, Confirm, Glyph, Menu, MenuItem};
use crate::toast::Toasts;

/// Editing first, everything else in a menu.
#[component]
pub(super) fn TemplateActs(
    /// The template.
    template: Signal<Template>,
    /// Called with a copy to open.
    on_open: Callback<(TemplateId,)>,
    /// Called when it was deleted.
    on_deleted: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (live, toasts) = (Live::find(), Toasts::find());
    let busy = RwSignal::new(false);
    let (resetting, deleting) = (RwSignal::new(false), RwSignal::new(false));
    let id = template.with_untracked(|it| it.id);
    let is_active = move || template.with(|it| it.draft.is_active);
    let is_delivered = move || template.with(|it| it.delivered.is_some());
    let is_touched = move || template.with(|it| it.delivered.as_ref().is_some_and(|it| !it.is_untouched));
    let switch = move || {
        let (key, active) = template.with_untracked(|it| ((it.id, it.revision), !it.draft.is_active));
        calls::act(busy, app::templates::switch_templates(vec![key], active), move |()| live.note(Change::Templates));
    };
    let copy = move || {
        let name = template.with_untracked(|it| tu_string!(i18n, templates.copy_of, name = it.draft.name.clone()));
        calls::act(busy, app::templates::duplicate_template(id, name), move |copy| {
            live.note(Change::Templates);
            on_open.run((copy,));
        });
    };
    let delete = move || {
        let name = template.with_untracked(|it| it.draft.name.clone());
        calls::act(busy, app::templates::delete_templates(vec![id]), move |()| {
            deleting.set(false);
            toasts.done(tu_string!(i18n, templates.deleted, name = name));
            on_deleted.run(());
            live.note(Change::Templates);
        });
    };
    let reset = move || {
        let key = template.with_untracked(|it| (it.id, it.revision));
        calls::act(busy, app::templates::reset_templates(vec![key]), move |()| {
            resetting.set(false);
            toasts.done(tu_string!(i18n, templates.reset_done));
            live.note(Change::Templates);
        });
    };
    let name = move || template.with(|it| it.draft.name.clone());
    view! {
        <ButtonLink
            label=move || t_string!(i18n, templates.edit)
            href=format!("/templates/{id}/edit")
            kind=ButtonKind::Primary
            icon=Glyph::PENCIL
            shortcut="e"
        />
        <Menu label=move || t_string!(i18n, templates.more) glyph=Glyph::ELLIPSIS icon_only=true>
            <MenuItem
                label=move || if is_active() { t_string!(i18n, templates.switch_off) } else { t_string!(i18n, templates.switch_on) }
                glyph=Glyph::EYE
                on_press=switch
            />
            <MenuItem label=move || t_string!(i18n, templates.duplicate) glyph=Glyph::COPY on_press=copy />
            <Show when=is_touched>
                <MenuItem label=move || t_string!(i18n, templates.reset) glyph=Glyph::ROTATE_CW on_press=move || resetting.set(true) />
            </Show>
            <Show when=move || !is_delivered()>
                <MenuItem
                    label=move || t_string!(i18n, templates.delete)
                    glyph=Glyph::TRASH_2
                    danger=true
                    on_press=move || deleting.set(true)
                />
            </Show>
        </Menu>
        <Confirm
            open=resetting
            question=move || t_string!(i18n, templates.reset_title, name = name())
            text=move || t_string!(i18n, templates.reset_text)
            act=move || t_string!(i18n, templates.reset)
            busy=busy
            on_confirm=reset
        />
        <Confirm
            open=deleting
            question=move || t_string!(i18n, templates.delete_title, name = name())
            text=move || t_string!(i18n, templates.delete_text)
            act=move || t_string!(i18n, templates.delete)
            busy=busy
            on_confirm=delete
        />
    }
}
