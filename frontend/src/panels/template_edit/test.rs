//! The test: what is on the screen, sent to oneself with the data of the person in the preview, and again with one click.

use leptos::prelude::*;
use model::{Channel, TestOrder, TestSent};

use super::asks;
use super::desk::Desk;
use super::preview::Sight;
use super::saver::Saver;
use crate::calls;
use crate::i18n::messages::small;
use crate::i18n::{t_string, use_i18n};
use crate::parts::{Button, ButtonKind, Dialog, Form, FormState, Glyph, TextArea};
use crate::session::Session;
use crate::toast::Toasts;

/// The dialog and what it remembers while the page stands.
#[derive(Clone, Copy)]
pub(super) struct TestSend {
    open: RwSignal<bool>,
    to: RwSignal<String>,
    sent: RwSignal<Option<TestSent>>,
    form: FormState,
    desk: Desk,
    saver: Saver,
    sight: Sight,
}

impl TestSend {
    /// A test of what lies on the desk. The addresses of the last time are offered, else one's own.
    pub fn new(desk: Desk, saver: Saver, sight: Sight) -> Self {
        let channel = desk.channel.get_untracked();
        let own = untrack(|| Session::find().me()).filter(|_| channel == Channel::Email).map(|it| it.email.clone());
        let to = RwSignal::new(own.unwrap_or_default());
        let last = calls::ask(|| (), move |()| asks::test_addresses(channel));
        Effect::new(move |_| {
            if let Some(last) = last.get().filter(|it| !it.trim().is_empty()) {
                to.set(last);
            }
        });
        Self { open: RwSignal::new(false), to, sent: RwSignal::new(None), form: FormState::new(), desk, saver, sight }
    }

    /// Opens the dialog.
    pub fn ask(self) {
        self.open.set(true);
    }

    fn order(self) -> TestOrder {
        TestOrder {
            template: untrack(|| self.saver.id()),
            draft: untrack(|| self.desk.draft()),
            language: self.desk.language.get_untracked(),
            contact: self.sight.people.with_untracked(|it| it.shown().map(|it| it.id)),
            to: self.to.get_untracked(),
        }
    }
}

/// Asks where it goes.
#[component]
pub(super) fn TestDialog(
    /// The test.
    test: TestSend,
) -> impl IntoView {
    let i18n = use_i18n();
    let toasts = Toasts::find();
    let send = move || {
        test.form.submit(asks::send_test(test.order()), move |sent| {
            let n = small(u64::from(sent.recipients));
            toasts.done(untrack(|| t_string!(i18n, template_edit.test_sent, count = n, n = n)));
            test.sent.set(Some(sent));
        });
    };
    let is_mail = move || test.desk.channel.get() == Channel::Email;
    let whose = move || {
        let name = test.sight.people.with(|it| it.shown().map(|it| it.name.clone()));
        let name = name.unwrap_or_else(|| t_string!(i18n, template_edit.preview_samples).to_owned());
        t_string!(i18n, template_edit.test_data, name = name)
    };
    let send_words = move || {
        if test.sent.with(Option::is_some) {
            t_string!(i18n, template_edit.test_again)
        } else {
            t_string!(i18n, template_edit.test_send)
        }
    };
    let label = move || {
        if is_mail() { t_string!(i18n, template_edit.test_to_email) } else { t_string!(i18n, template_edit.test_to_sms) }
    };
    view! {
        <Dialog title=move || t_string!(i18n, template_edit.test_title) open=test.open>
            <Form state=test.form on_submit=send>
                <p>{move || t_string!(i18n, template_edit.test_text)}</p>
                <TextArea
                    label=label
                    value=test.to
                    name="to"
                    hint=move || t_string!(i18n, template_edit.test_to_hint)
                    lines=2
                />
                <p class="meta">{whose}</p>
                <footer class="dialog-end">
                    {move || {
                        test.sent
                            .get()
                            .map(|it| {
                                view! {
                                    <a class="button" data-kind="quiet" href=format!("/messages/{}", it.message)>
                                        {t_string!(i18n, template_edit.test_open)}
                                    </a>
                                }
                            })
                    }}
                    <Button label=move || t_string!(i18n, common.close) on_press=move || test.open.set(false) />
                    <Button
                        label=send_words
                        kind=ButtonKind::Primary
                        icon=Glyph::SEND
                        busy=test.form.busy()
                        submit=true
                    />
                </footer>
            </Form>
        </Dialog>
    }
}
