//! The senders, and one of their domains.

use leptos::prelude::*;
use leptos_router::hooks::{use_navigate, use_query_map};
use model::{Change, DomainName};

use crate::calls;
use crate::i18n::{t_string, use_i18n};
use crate::live::Live;
use crate::pages::not_found::NotFoundPage;
use crate::panels::loaded::Loaded;
use crate::panels::senders::{DomainKeys, DomainVouch, SenderAddresses, SenderDomains};
use crate::parts::Page;

/// The addresses that messages may leave under, and their domains.
#[component]
pub fn SendersPage() -> impl IntoView {
    let i18n = use_i18n();
    let live = Live::find();
    let senders = calls::ask(move || live.version(Change::Accounts), |_| app::senders::list_senders());
    let navigate = use_navigate();
    let open = Callback::new(move |(domain,): (DomainName,)| {
        navigate(&format!("/settings/senders/domain?name={domain}"), Default::default())
    });
    view! {
        <Page title=move || t_string!(i18n, senders.title) lead=move || t_string!(i18n, senders.lead)>
            <Loaded answer=senders let:senders>
                <SenderAddresses senders=senders />
                <SenderDomains senders=senders on_open=open />
            </Loaded>
        </Page>
    }
}

/// One domain: its keys, and who answers for its addresses.
#[component]
pub fn SenderDomainPage() -> impl IntoView {
    // A path that ends like the name of a file would be taken for one when the page is loaded anew.
    let query = use_query_map();
    let domain = Memo::new(move |_| query.with(|it| DomainName::parse(&it.get("name")?).ok()));
    move || match domain.get() {
        Some(domain) => view! { <OneDomain domain=domain /> }.into_any(),
        None => view! { <NotFoundPage /> }.into_any(),
    }
}

#[component]
fn OneDomain(domain: DomainName) -> impl IntoView {
    let i18n = use_i18n();
    let shown = domain.shown();
    view! {
        <Page title=move || shown.clone() lead=move || t_string!(i18n, senders.domain_lead) narrow=true>
            <DomainKeys domain=domain.clone() />
            <DomainVouch domain=domain />
            <p class="page-link"><a href="/settings/senders">{move || t_string!(i18n, senders.title)}</a></p>
        </Page>
    }
}
