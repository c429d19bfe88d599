//! The domains that messages leave under.

use leptos::prelude::*;
use model::{DkimState, DomainName, Fault, Refusal, SenderDomain, Senders};

use crate::format;
use crate::i18n::{t_string, use_i18n};
use crate::parts::{Button, ButtonKind, Column, Dialog, Form, FormState, Glyph, Mark, MarkBadge, Slot, Table, TextField};

/// The table, and the way to a domain that is not in it yet.
#[component]
pub fn SenderDomains(
    /// All senders.
    senders: Signal<Senders>,
    /// Called when a domain is opened.
    #[prop(into)]
    on_open: Callback<(DomainName,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let adds = RwSignal::new(false);
    let rows = Memo::new(move |_| senders.with(|it| it.domains.clone()));
    let row = move |place: i64| rows.with(|it| it.get(usize::try_from(place).ok()?).cloned());
    let ids = Signal::derive(move || rows.with(|it| (0..it.len() as i64).collect::<Vec<_>>()));
    let columns = vec![
        Column::new(move || t_string!(i18n, senders.column_domain), "minmax(12rem, 1.4fr)", Slot::Title),
        Column::new(move || t_string!(i18n, senders.column_signs), "minmax(9rem, 1fr)", Slot::Mark),
        Column::new(move || t_string!(i18n, senders.column_vouched), "minmax(9rem, 1fr)", Slot::Meta),
    ];
    let open = Callback::new(move |(place,): (i64,)| {
        if let Some(it) = untrack(|| row(place)) {
            on_open.run((it.domain,));
        }
    });
    view! {
        <section class="sheet-part">
            <header class="sheet-part-head">
                <div>
                    <h2>{move || t_string!(i18n, senders.domains)}</h2>
                    <p class="hint">{move || t_string!(i18n, senders.domains_hint)}</p>
                </div>
                <Button label=move || t_string!(i18n, senders.domain_add) icon=Glyph::PLUS on_press=move || adds.set(true) />
            </header>
            <div class="sheet-table">
                <Table
                    label=move || t_string!(i18n, senders.domains)
                    columns=columns
                    pages=ids
                    cells=move |place| cells(Memo::new(move |_| row(place)))
                    row_name=move |place| row(place).map_or_else(String::new, |it| it.domain.shown())
                    on_open=open
                />
            </div>
        </section>
        <Dialog title=move || t_string!(i18n, senders.domain_add) open=adds>
            <AddForm open=adds on_open=on_open />
        </Dialog>
    }
}

fn cells(row: Memo<Option<SenderDomain>>) -> Vec<AnyView> {
    let i18n = use_i18n();
    let vouched = move || {
        row.with(|it| {
            Some(match &it.as_ref()?.vouched {
                Some((at, name)) => {
                    let when = format::moment(i18n.get_locale(), *at);
                    t_string!(i18n, senders.vouched_by, name = name.clone(), when = when)
                }
                None => t_string!(i18n, senders.vouched_no).to_owned(),
            })
        })
    };
    let mark = Signal::derive(move || match row.with(|it| it.as_ref().and_then(|it| it.key)) {
        Some(DkimState::Active) => Mark::Delivered,
        Some(DkimState::New) => Mark::Waiting,
        Some(DkimState::Retired) | None => Mark::Cancelled,
    });
    let word = move || match mark.get() {
        Mark::Delivered => t_string!(i18n, senders.signs_active),
        Mark::Waiting => t_string!(i18n, senders.signs_new),
        _ => t_string!(i18n, senders.signs_none),
    };
    vec![
        view! { <span class="clip">{move || row.with(|it| it.as_ref().map(|it| it.domain.shown()))}</span> }.into_any(),
        view! { <MarkBadge mark=mark word=word /> }.into_any(),
        view! { <span class="clip">{vouched}</span> }.into_any(),
    ]
}

/// A domain gets its row once it has a key or somebody answers for it.
#[component]
fn AddForm(open: RwSignal<bool>, on_open: Callback<(DomainName,)>) -> impl IntoView {
    let i18n = use_i18n();
    let form = FormState::new();
    let name = RwSignal::new(String::new());
    let go = move || match DomainName::parse(&name.get_untracked()) {
        Ok(domain) => {
            open.set(false);
            on_open.run((domain,));
        }
        Err(fault) => form.refuse(Refusal::field("domain", Fault::Address { text: name.get_untracked(), fault }).into()),
    };
    view! {
        <Form state=form on_submit=go>
            <TextField
                label=move || t_string!(i18n, senders.domain_name)
                value=name
                name="domain"
                hint=move || t_string!(i18n, senders.domain_name_hint)
                autofocus=true
            />
            <footer class="dialog-end">
                <Button label=move || t_string!(i18n, common.cancel) on_press=move || open.set(false) />
                <Button label=move || t_string!(i18n, senders.domain_open) kind=ButtonKind::Primary submit=true />
            </footer>
        </Form>
    }
}
