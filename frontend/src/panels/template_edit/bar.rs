//! The bar below: whether everything is saved, and the ways to save, to try out, to go back.

use leptos::prelude::*;

use super::saver::Saver;
use super::test::TestSend;
use super::words::Tools;
use crate::i18n::{t_string, use_i18n};
use crate::parts::{Button, ButtonKind, Confirm, Glyph, Icon, Kbd};

/// *Save*, *Test message*, *Drop the changes*, and whether everything is saved.
#[component]
pub(super) fn EditBar(
    /// What saves the template.
    saver: Saver,
    /// What the parts of a text share.
    tools: Tools,
    /// The dialog of the test.
    test: TestSend,
) -> impl IntoView {
    let i18n = use_i18n();
    let readonly = tools.readonly;
    let words = move || {
        if readonly.get() {
            t_string!(i18n, template_edit.readonly)
        } else if saver.is_open() {
            if saver.is_new() { t_string!(i18n, template_edit.not_yet) } else { t_string!(i18n, template_edit.unsaved) }
        } else {
            t_string!(i18n, template_edit.saved)
        }
    };
    let glyph = move || if saver.is_open() { Glyph::CIRCLE_DOT } else { Glyph::CHECK };
    let wrong = Memo::new(move |_| tools.check.faults.with(|it| !it.is_empty()));
    let obstacle = move || {
        if saver.is_rising() {
            t_string!(i18n, template_edit.rising)
        } else if wrong.get() {
            t_string!(i18n, template_edit.save_wrong)
        } else {
            ""
        }
    };
    view! {
        <footer class="compose-bar template-bar">
            <p class="kept">
                {move || view! { <Icon glyph=glyph() /> }}
                <span>{words}</span>
            </p>
            <p class="obstacle" role="status">{obstacle}</p>
            <Show when=move || !readonly.get()>
                <TakeBack saver=saver />
                <Button label=move || t_string!(i18n, template_edit.test) icon=Glyph::MAIL_CHECK on_press=move || test.ask() />
                <Button
                    label=move || t_string!(i18n, template_edit.save)
                    kind=ButtonKind::Primary
                    icon=Glyph::SAVE
                    hint=obstacle
                    busy=saver.busy()
                    disabled=Signal::derive(move || saver.is_rising())
                    on_press=move || saver.save()
                />
                <span class="compose-keys"><Kbd keys="Ctrl S" /></span>
            </Show>
        </footer>
    }
}

/// Goes back to what the server has, once the question is answered.
#[component]
fn TakeBack(saver: Saver) -> impl IntoView {
    let i18n = use_i18n();
    let (asks, busy) = (RwSignal::new(false), RwSignal::new(false));
    view! {
        <Show when=move || saver.is_open() && !saver.is_new()>
            <Button
                label=move || t_string!(i18n, template_edit.take_back)
                kind=ButtonKind::Quiet
                icon=Glyph::UNDO_2
                on_press=move || asks.set(true)
            />
        </Show>
        <Confirm
            open=asks
            question=move || t_string!(i18n, template_edit.take_back_title)
            text=move || t_string!(i18n, template_edit.take_back_text)
            act=move || t_string!(i18n, template_edit.take_back)
            busy=busy
            on_confirm=move || {
                asks.set(false);
                saver.take_back();
            }
        />
    }
}
