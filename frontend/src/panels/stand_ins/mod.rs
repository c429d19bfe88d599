//! Stand-ins: who carries what waits for an account, beside it or when it cannot.

mod rows;

use leptos::prelude::*;
use model::{Account, AccountId, Change, StandIns, Transport};

use self::rows::{Fields, Others};
use crate::calls;
use crate::i18n::{t_string, tu_string, use_i18n};
use crate::live::Live;
use crate::panels::loaded::Loaded;
use crate::parts::{Button, ButtonKind, ButtonLink, Checkbox, EmptyState, Form, FormState, Glyph, Part, TextField, TextKind};
use crate::toast::Toasts;

/// The form of an account's stand-ins.
#[component]
pub fn StandInsPanel(
    /// For whom they stand in.
    id: AccountId,
) -> impl IntoView {
    let i18n = use_i18n();
    let stored = calls::ask(
        || (),
        move |()| async move {
            let stored = app::stand_ins::open_stand_ins(id).await?;
            let relays = app::accounts::list_accounts().await?.into_iter().filter(|it| it.id != id && is_relay(it));
            Ok((stored, relays.map(|it| (it.id.to_string(), it.name)).collect::<Vec<_>>()))
        },
    );
    view! {
        <Loaded answer=stored lines=10 let:stored>
            {
                let (stored, relays) = stored.get_untracked();
                if relays.is_empty() {
                    view! {
                        <EmptyState glyph=Glyph::SERVER title=move || t_string!(i18n, stand_ins.no_accounts)>
                            <ButtonLink
                                label=move || t_string!(i18n, accounts.new)
                                href="/settings/accounts/new".to_owned()
                                icon=Glyph::PLUS
                            />
                        </EmptyState>
                    }
                        .into_any()
                } else {
                    view! { <StandInsForm id=id stored=stored relays=relays /> }.into_any()
                }
            }
        </Loaded>
    }
}

fn is_relay(account: &Account) -> bool {
    matches!(account.transport, Transport::Smtp(_))
}

#[component]
fn StandInsForm(id: AccountId, stored: StandIns, relays: Vec<(String, String)>) -> impl IntoView {
    let i18n = use_i18n();
    let (live, toasts) = (Live::find(), Toasts::find());
    let fields = Fields::of(&stored);
    let form = FormState::new();
    let save = move || {
        let draft = match untrack(|| fields.form()).draft(id) {
            Ok(draft) => draft,
            Err(refusal) => return form.refuse(refusal.into()),
        };
        form.submit(app::stand_ins::save_stand_ins(id, draft), move |()| {
            live.note(Change::Accounts);
            toasts.done(tu_string!(i18n, stand_ins.saved));
        });
    };
    view! {
        <Form state=form on_submit=save>
            <Part title=move || t_string!(i18n, stand_ins.own) hint=move || t_string!(i18n, stand_ins.own_hint)>
                <TextField
                    label=move || t_string!(i18n, stand_ins.own_weight)
                    value=fields.own_weight
                    name="own_weight"
                    kind=TextKind::Number
                    hint=move || t_string!(i18n, stand_ins.own_weight_hint)
                    short=true
                />
                <Checkbox
                    label=move || t_string!(i18n, stand_ins.overflows)
                    hint=move || t_string!(i18n, stand_ins.overflows_hint)
                    checked=fields.overflows
                />
            </Part>
            <Part title=move || t_string!(i18n, stand_ins.others) hint=move || t_string!(i18n, stand_ins.others_hint)>
                <Others fields=fields relays=relays />
            </Part>
            <footer class="form-end">
                <Button label=move || t_string!(i18n, common.save) kind=ButtonKind::Primary busy=form.busy() submit=true />
            </footer>
        </Form>
    }
}
