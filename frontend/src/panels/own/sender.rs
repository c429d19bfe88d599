//! Under which name and address one's own messages leave.

use leptos::prelude::*;
use model::{Change, Identity, OwnSender, Permission};

use crate::calls;
use crate::i18n::{self, t_string, tu_string, use_i18n};
use crate::live::Live;
use crate::panels::loaded::Loaded;
use crate::panels::senders::question;
use crate::parts::{Banner, Button, ButtonKind, Form, FormState, Part, RadioGroup, Tone};
use crate::session::Session;
use crate::toast::Toasts;

const OWN: &str = "own";
const ACCOUNT: &str = "account";

/// The choice, for those who write messages.
#[component]
pub fn OwnSenderForm() -> impl IntoView {
    let (session, live) = (Session::find(), Live::find());
    let writes = Memo::new(move |_| session.can(Permission::MessageWrite));
    view! {
        <Show when=move || writes.get()>
            {
                let own = calls::ask(
                    move || (live.version(Change::Accounts), live.version(Change::Settings)),
                    |_| app::senders::open_own_sender(),
                );
                view! {
                    <Loaded answer=own lines=3 let:own>
                        <Choice own=own />
                    </Loaded>
                }
            }
        </Show>
    }
}

#[component]
fn Choice(own: Signal<OwnSender>) -> impl IntoView {
    let i18n = use_i18n();
    let (live, toasts) = (Live::find(), Toasts::find());
    let form = FormState::new();
    let chosen = RwSignal::new(if own.with_untracked(|it| it.identity) == Identity::Own { OWN } else { ACCOUNT }.to_owned());
    let save = move || {
        let identity = if chosen.with_untracked(|it| it == OWN) { Identity::Own } else { Identity::Account };
        form.submit(app::senders::save_own_sender(identity), move |()| {
            live.note(Change::Settings);
            toasts.done(tu_string!(i18n, settings.profile_saved));
        });
    };
    let about = move || t_string!(i18n, senders.own_hint, address = own.with(|it| it.address.clone()));
    view! {
        <Form state=form on_submit=save>
            <Part title=move || t_string!(i18n, senders.own_title) hint=about>
                    <RadioGroup
                        label=move || t_string!(i18n, senders.own_choice)
                        value=chosen
                        name="identity"
                        options=vec![
                            (ACCOUNT, TextProp::from(move || t_string!(i18n, senders.own_account))),
                            (OWN, TextProp::from(move || t_string!(i18n, senders.own_own))),
                        ]
                    />
                    <Standing own=own />
            </Part>
            <footer class="form-end">
                <Button label=move || t_string!(i18n, common.save) kind=ButtonKind::Primary busy=form.busy() submit=true />
            </footer>
        </Form>
    }
}

/// Whether one's address may be used; if not, the way to confirm it.
#[component]
fn Standing(own: Signal<OwnSender>) -> impl IntoView {
    let i18n = use_i18n();
    let (session, live, toasts) = (Session::find(), Live::find(), Toasts::find());
    let busy = RwSignal::new(false);
    let usable = Memo::new(move |_| own.with(|it| it.is_usable));
    let ask = move || {
        let company = untrack(|| session.me()).map(|it| it.company.clone()).unwrap_or_default();
        let address = own.with_untracked(|it| it.address.clone());
        let asked = question(i18n::language(i18n.get_locale_untracked()), &company, &address);
        calls::act(busy, app::senders::ask_own_sender(asked), move |_| {
            live.note(Change::Messages);
            toasts.done(tu_string!(i18n, senders.sent, address = address));
        });
    };
    view! {
        <Show
            when=move || usable.get()
            fallback=move || view! {
                <Banner tone=Tone::Warning text=move || t_string!(i18n, senders.own_unusable)>
                    <Show when=move || session.can(Permission::MessageSend)>
                        <Button label=move || t_string!(i18n, senders.own_ask) busy=busy on_press=ask />
                    </Show>
                </Banner>
            }
        >
            <Banner tone=Tone::Good text=move || t_string!(i18n, senders.own_usable) />
        </Show>
    }
}
