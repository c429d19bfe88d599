//! Answering for all addresses of a domain.

use leptos::prelude::*;
use model::{Change, DomainName, Moment};

use crate::calls;
use crate::format;
use crate::i18n::{t_string, tu_string, use_i18n};
use crate::live::Live;
use crate::panels::loaded::Loaded;
use crate::parts::{Act, Button, Glyph};
use crate::toast::Toasts;

/// The act with its consequence: to begin, or to end.
#[component]
pub fn DomainVouch(
    /// Which domain.
    domain: DomainName,
) -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::find();
    let senders = calls::ask(move || live.version(Change::Accounts), |_| app::senders::list_senders());
    let domain = StoredValue::new(domain);
    view! {
        <section class="acts">
            <h2>{move || t_string!(i18n, senders.vouch_title)}</h2>
            <Loaded answer=senders lines=2 let:senders>
                {
                    let vouched = Memo::new(move |_| {
                        let of = |it: &model::Senders| {
                            domain.with_value(|domain| it.domains.iter().find(|it| it.domain == *domain)?.vouched.clone())
                        };
                        senders.with(of)
                    });
                    view! { <VouchAct domain=domain vouched=vouched /> }
                }
            </Loaded>
        </section>
    }
}

#[component]
fn VouchAct(domain: StoredValue<DomainName>, vouched: Memo<Option<(Moment, String)>>) -> impl IntoView {
    let i18n = use_i18n();
    let (live, toasts) = (Live::find(), Toasts::find());
    let busy = RwSignal::new(false);
    let text = move || match vouched.get() {
        Some((at, name)) => {
            let when = format::moment(i18n.get_locale(), at);
            t_string!(i18n, senders.unvouch_text, name = name, when = when)
        }
        None => t_string!(i18n, senders.vouch_text, domain = domain.with_value(DomainName::shown)),
    };
    let label = move || match vouched.with(Option::is_some) {
        true => t_string!(i18n, senders.unvouch),
        false => t_string!(i18n, senders.vouch),
    };
    let press = move || {
        let name = domain.with_value(DomainName::shown);
        match vouched.with_untracked(Option::is_some) {
            true => calls::act(busy, app::senders::unvouch_domain(domain.get_value()), move |()| {
                live.note(Change::Accounts);
                toasts.done(tu_string!(i18n, senders.unvouched, domain = name));
            }),
            false => calls::act(busy, app::senders::vouch_domain(domain.get_value()), move |()| {
                live.note(Change::Accounts);
                toasts.done(tu_string!(i18n, senders.vouched, domain = name));
            }),
        }
    };
    view! {
        <Act text=text>
            <Button label=label icon=Glyph::SHIELD_CHECK busy=busy on_press=press />
        </Act>
    }
}
