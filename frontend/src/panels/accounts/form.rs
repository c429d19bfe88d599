//! The form of an SMTP account.

use leptos::prelude::*;
use model::{Account, AccountId, Change};

use super::fields::Fields;
use super::pace::PacePart;
use super::relay::RelayPart;
use super::rhythm::RhythmPart;
use super::sender::SenderPart;
use super::test::ConnectionTest;
use crate::i18n::{t_string, tu_string, use_i18n};
use crate::live::Live;
use crate::parts::{Button, ButtonKind, Form, FormState, TextField};
use crate::state::accounts;
use crate::toast::Toasts;

/// Makes an account, or changes the one given.
#[component]
pub fn AccountForm(
    /// The account to change; none makes a new one.
    #[prop(optional)]
    account: Option<Signal<Account>>,
    /// Whether it signs in by OAuth, so that it needs no password.
    #[prop(optional, into)]
    by_oauth: Signal<bool>,
    /// Set while something is typed and not stored.
    #[prop(optional)]
    is_dirty: RwSignal<bool>,
    /// Called with the id once it is stored.
    #[prop(into, optional)]
    on_saved: Option<Callback<(AccountId,)>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (live, toasts) = (Live::find(), Toasts::find());
    let first = account.map(|it| it.get_untracked());
    let id = first.as_ref().map(|it| it.id);
    let fields = Fields::of(first.as_ref().and_then(accounts::AccountForm::of).unwrap_or_default());
    let form = FormState::new();
    let known = RwSignal::new(untrack(|| fields.form()));
    Effect::new(move |_| is_dirty.set(known.with(|it| *it != fields.form())));
    let save = move || {
        let typed = untrack(|| fields.form());
        let draft = match typed.draft() {
            Ok(draft) => draft,
            Err(refusal) => return form.refuse(refusal.into()),
        };
        let name = draft.name.clone();
        form.submit(app::accounts::save_account(id, draft), move |stored| {
            // A password is typed once and not kept on the screen.
            fields.password.set(String::new());
            known.set(accounts::AccountForm { password: String::new(), ..typed });
            live.note(Change::Accounts);
            toasts.done(match id {
                Some(_) => tu_string!(i18n, accounts.saved, name = name),
                None => tu_string!(i18n, accounts.created, name = name),
            });
            if let Some(on_saved) = on_saved {
                on_saved.run((stored,));
            }
        });
    };
    let label = move || if id.is_some() { t_string!(i18n, common.save) } else { t_string!(i18n, accounts.create) };
    view! {
        <Form state=form on_submit=save>
            <section class="form-part">
                <header><h2>{move || t_string!(i18n, accounts.section_name)}</h2></header>
                <div class="form-fields">
                    <TextField
                        label=move || t_string!(i18n, accounts.name)
                        value=fields.name
                        name="name"
                        hint=move || t_string!(i18n, accounts.name_hint)
                        autofocus=id.is_none()
                    />
                </div>
            </section>
            <RelayPart fields=fields stored=account by_oauth=by_oauth />
            <SenderPart fields=fields />
            <PacePart limit=fields.limit own_limit=fields.own_limit />
            <RhythmPart fields=fields.pace />
            <ConnectionTest fields=fields id=id form=form />
            <footer class="form-end">
                <Button label=label kind=ButtonKind::Primary busy=form.busy() submit=true />
            </footer>
        </Form>
    }
}
