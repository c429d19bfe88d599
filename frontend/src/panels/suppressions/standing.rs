//! How a contact and its addresses stand: what is closed and why, and what DNS said about domains.

use leptos::prelude::*;
use model::{
    AddressStanding, Change, ContactId, ContactStanding, DomainMail, HomeCountry, Permission, PhoneNumber, Suppression,
    SuppressionScope,
};

use super::lift::{LiftSuppression, Lifted};
use crate::calls::{self, Answer};
use crate::format;
use crate::i18n::{language, suppressions as words, t_string, use_i18n};
use crate::live::Live;
use crate::parts::{Banner, Button, ButtonKind, Glyph, Mark, MarkBadge, Tone};
use crate::session::Session;
use crate::toast::Toasts;

/// What stands in the way of writing to a contact; asked for again whenever it may have changed.
pub fn standing_of(id: Signal<ContactId>) -> Answer<ContactStanding> {
    let live = Live::find();
    calls::ask(
        move || (id.get(), live.version(Change::Suppressions), live.version(Change::Contacts)),
        |(id, _, _)| app::suppressions::open_contact_standing(id),
    )
}

/// Says that the contact itself must not be written to, and offers to lift that.
#[component]
pub fn ContactClosed(
    /// How the contact stands.
    standing: Answer<ContactStanding>,
) -> impl IntoView {
    let lifts = RwSignal::new(None::<Lifted>);
    let closed = move || standing.with(|it| it.map(|it| it.contact.clone())).unwrap_or_default();
    view! {
        <For each=closed key=|it| it.id let:suppression>
            <Closed suppression=suppression lifts=lifts />
        </For>
        <LiftSuppression what=lifts />
    }
}

#[component]
fn Closed(suppression: Suppression, lifts: RwSignal<Option<Lifted>>) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let it = StoredValue::new(suppression);
    let text = move || {
        let locale = i18n.get_locale();
        it.with_value(|it| {
            let line = t_string!(
                i18n,
                suppressions.contact_closed_channel,
                channels = words::channels(locale, it.channels),
                reason = words::reason(locale, it.reason).to_lowercase(),
                date = format::day(language(locale), it.created_at)
            );
            let note = if it.note.is_empty() { String::new() } else { format!(" – {}", it.note) };
            format!("{}. {line}{note}", t_string!(i18n, suppressions.contact_closed))
        })
    };
    view! {
        <Banner tone=Tone::Bad text=text>
            <Show when=move || session.can(Permission::SuppressionsLift)>
                <Button
                    label=move || t_string!(i18n, suppressions.lift)
                    on_press=move || lifts.set(it.with_value(|it| Some((it.id, it.target.shown()))))
                />
            </Show>
        </Banner>
    }
}

/// The state of one address behind it: suppressed and why, without mail, or no mobile phone.
#[component]
pub fn AddressState(
    /// How the contact stands.
    standing: Answer<ContactStanding>,
    /// The address or number.
    #[prop(into)]
    address: Signal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let own = Memo::new(move |_| {
        let address = address.get();
        standing.with(|it| it.and_then(|it| it.addresses.iter().find(|it| it.address == address).cloned()))
    });
    let suppressed = Memo::new(move |_| own.with(|it| it.as_ref().and_then(|it| it.suppressed.clone())));
    let why = move || suppressed.with(|it| it.as_ref().map(|it| words::why(i18n.get_locale(), it))).unwrap_or_default();
    // What closes the whole contact stands above its addresses already.
    let is_own = move || suppressed.with(|it| it.as_ref().is_some_and(|it| it.scope != SuppressionScope::Contact));
    let no_mail = move || {
        let found = own.with(|it: &Option<AddressStanding>| it.as_ref().and_then(|it| it.domain))?.found;
        (found != DomainMail::Takes).then(|| words::domain(i18n.get_locale(), found))
    };
    let kind = move || {
        let number = PhoneNumber::parse(&address.get(), HomeCountry::default()).ok()?;
        words::phone_kind(i18n.get_locale(), number.kind())
    };
    view! {
        {move || kind().map(|it| view! { <span class="meta">{it}</span> })}
        <Show when=move || suppressed.with(Option::is_some)>
            <span class="address-state" title=why>
                <MarkBadge mark=Signal::stored(Mark::Suppressed) word=move || t_string!(i18n, suppressions.suppressed) />
                <Show when=is_own>
                    <span class="meta">{why}</span>
                </Show>
            </span>
        </Show>
        {move || {
            no_mail().map(|it| view! {
                <span class="address-state"><MarkBadge mark=Signal::stored(Mark::Unknown) word=move || it /></span>
            })
        }}
    }
}

/// Asks DNS whether the domains of the contact's addresses take mail, where the company wants that.
#[component]
pub fn DomainCheckButton(
    /// How the contact stands.
    standing: Answer<ContactStanding>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (session, live, toasts) = (Session::find(), Live::find(), Toasts::find());
    let busy = RwSignal::new(false);
    let emails = move || {
        let own = standing.with(|it| it.map(|it| it.addresses.iter().map(|it| it.address.clone()).collect::<Vec<_>>()));
        own.unwrap_or_default().into_iter().filter(|it| it.contains('@')).collect::<Vec<_>>()
    };
    let may =
        move || session.can(Permission::ContactsEdit) && session.me().is_some_and(|it| it.domain_checks) && !emails().is_empty();
    let check = move || {
        calls::act(busy, app::suppressions::check_domains(untrack(emails)), move |came| {
            let words = match came.is_empty() {
                true => untrack(|| t_string!(i18n, suppressions.checked_nothing)),
                false => untrack(|| t_string!(i18n, suppressions.checked)),
            };
            toasts.done(words);
            live.note(Change::Suppressions);
        });
    };
    view! {
        <Show when=may>
            <Button
                label=move || t_string!(i18n, suppressions.check_domains)
                kind=ButtonKind::Quiet
                icon=Glyph::GLOBE
                busy=busy
                on_press=check
            />
        </Show>
    }
}
