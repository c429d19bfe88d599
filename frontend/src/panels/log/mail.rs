//! Who gets a mail each day about where the action log ended.

use leptos::prelude::*;
use model::{Change, NoticeTo, Permission};

use crate::calls;
use crate::i18n::{t_string, use_i18n};
use crate::live::Live;
use crate::panels::loaded::Loaded;
use crate::panels::notice_to::{NoticeFields, NoticeToFields};
use crate::parts::{Button, ButtonKind, Form, FormState};
use crate::session::Session;
use crate::toast::Toasts;

/// Colleagues and addresses, for those who may change settings; nobody means that no mail leaves.
#[component]
pub fn LogMail() -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let stored = calls::ask(|| (), |()| app::audit::open_log_mail());
    view! {
        <Show when=move || session.can(Permission::SettingsManage)>
            <section class="log-mail">
                <h3>{move || t_string!(i18n, log.mail)}</h3>
                <p>{move || t_string!(i18n, log.mail_text)}</p>
                <Loaded answer=stored let:stored>
                    <MailForm stored=stored.get_untracked() />
                </Loaded>
            </section>
        </Show>
    }
}

#[component]
fn MailForm(stored: NoticeTo) -> impl IntoView {
    let i18n = use_i18n();
    let (live, toasts) = (Live::find(), Toasts::find());
    let (fields, form) = (NoticeFields::of(stored), FormState::new());
    let save = move || {
        form.submit(app::audit::save_log_mail(untrack(|| fields.to())), move |()| {
            live.note(Change::Settings);
            toasts.done(t_string!(i18n, log.mail_saved).to_owned());
        });
    };
    view! {
        <Form state=form on_submit=save>
            <NoticeToFields fields=fields name="notify" />
            <footer class="form-end">
                <Button
                    label=move || t_string!(i18n, common.save)
                    kind=ButtonKind::Primary
                    busy=form.busy()
                    submit=true
                />
            </footer>
        </Form>
    }
}
