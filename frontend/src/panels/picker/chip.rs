//! One recipient as a chip.

use leptos::ev;
use leptos::prelude::*;
use model::{AddressHint, EmailAddress, KnownAddress, ListedAddress, OtherAddress, Permission, Purpose};

use super::known::{Known, look_up};
use super::make::MakeContact;
use crate::browser::pointer;
use crate::i18n::{Locale, refusals, suppressions, t_string, td_string, use_i18n};
use crate::parts::{Glyph, Icon, Menu, MenuItem, MenuLine, MenuLink};
use crate::session::Session;
use crate::state::recipients::label;

/// What is asked of a chip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ChipAct {
    /// To go to its left neighbour.
    Left,
    /// To go to its right neighbour or back into the field.
    Right,
    /// To take it away.
    Remove,
    /// To open it for typing.
    Reopen,
    /// To put another address of that name in its place.
    Replace(String, EmailAddress),
}

/// A name or an address that is done; one that is no address, or must not be written to, says why.
#[component]
pub(super) fn RecipientChip(
    /// The recipient.
    chip: ListedAddress,
    /// What the server knows about addresses.
    known: Known<KnownAddress>,
    /// Called with what is asked of it.
    on_act: Callback<(ChipAct,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let fault = chip.address.as_ref().err().copied();
    let (text, shown) = (chip.text.clone(), label(&chip));
    let name = shown.clone();
    let about = Memo::new({
        let address = chip.address.clone().ok();
        move |_| address.as_ref().and_then(|it| known.of(&it.normalized())).unwrap_or_default()
    });
    let is_suppressed = move || about.with(|it| it.suppressed.is_some());
    // A contact's own address is no slip of a finger.
    let hint = StoredValue::new(chip.address.as_ref().ok().and_then(AddressHint::about));
    let is_hinted = move || hint.with_value(Option::is_some) && about.with(|it| it.contact.is_none() && it.suppressed.is_none());
    let hinted = move || {
        let locale = i18n.get_locale();
        hint.with_value(|it| it.as_ref().map(|it| hint_words(locale, it))).filter(|_| is_hinted())
    };
    let why = move || match fault {
        Some(fault) => Some(refusals::address_fault(i18n.get_locale(), fault).to_owned()),
        None => about.with(|it| it.suppressed.as_ref().map(|it| suppressions::why(i18n.get_locale(), it))),
    };
    let words = move || match why() {
        Some(why) if fault.is_some() => t_string!(i18n, messages.chip_faulty, text = text.clone(), why = why),
        Some(why) => t_string!(i18n, picker.suppressed, text = text.clone(), why = why),
        None => match hinted() {
            Some(hint) => format!("{} {hint}", t_string!(i18n, messages.chip_edit, text = text.clone())),
            None => t_string!(i18n, messages.chip_edit, text = text.clone()),
        },
    };
    let tip = chip.text.clone();
    let press_key = move |event: ev::KeyboardEvent| {
        if !pointer::is_on_itself(&event) {
            return;
        }
        let act = match event.key().as_str() {
            "ArrowLeft" => ChipAct::Left,
            "ArrowRight" => ChipAct::Right,
            "Delete" | "Backspace" => ChipAct::Remove,
            "Enter" | "F2" if !event.ctrl_key() && !event.meta_key() => ChipAct::Reopen,
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        on_act.run((act,));
    };
    let menu = chip.address.clone().ok().map(|email| {
        let meant = hint.with_value(|it| if let Some(AddressHint::Meant(it)) = it { Some(it.clone()) } else { None });
        view! {
            <ChipMenu name=chip.name() shown=shown.clone() email=email meant=meant about=about known=known on_act=on_act />
        }
    });
    view! {
        <li class="recipient" class:faulty=fault.is_some() class:suppressed=is_suppressed class:hinted=is_hinted>
            <button
                type="button"
                class="recipient-words"
                tabindex="-1"
                title=move || why().or_else(hinted).unwrap_or_else(|| tip.clone())
                aria-label=words
                on:keydown=press_key
                on:dblclick=move |_| on_act.run((ChipAct::Reopen,))
            >
                {fault.is_some().then(|| view! { <Icon glyph=Glyph::CIRCLE_ALERT /> })}
                <Show when=is_suppressed>
                    <Icon glyph=Glyph::BAN />
                </Show>
                <Show when=is_hinted>
                    <Icon glyph=Glyph::CIRCLE_HELP />
                </Show>
                <span class="clip">{shown.clone()}</span>
            </button>
            {menu}
            <button
                type="button"
                class="recipient-remove"
                tabindex="-1"
                aria-label=move || t_string!(i18n, messages.chip_remove, name = name.clone())
                on:click=move |_| on_act.run((ChipAct::Remove,))
            >
                <Icon glyph=Glyph::X />
            </button>
        </li>
    }
}

/// Other addresses of the contact, and the way to it; for a stranger, the way to make a contact.
#[component]
fn ChipMenu(
    name: String,
    shown: String,
    email: EmailAddress,
    meant: Option<EmailAddress>,
    about: Memo<KnownAddress>,
    known: Known<KnownAddress>,
    on_act: Callback<(ChipAct,)>,
) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let making = RwSignal::new(false);
    let own = StoredValue::new(email.clone());
    let typed = name.clone();
    let correct = meant.map(|meant| {
        let (shown, typed) = (meant.shown(), typed.clone());
        let replace = move || on_act.run((ChipAct::Replace(typed.clone(), meant.clone()),));
        view! {
            <MenuItem label=move || t_string!(i18n, picker.meant, address = shown.clone()) glyph=Glyph::CHECK on_press=replace />
        }
    });
    let others = move || {
        let all = about.with(|it| it.addresses.clone());
        let several = 1 < all.len();
        several.then_some(all).unwrap_or_default()
    };
    let contact = move || about.with(|it| it.contact.clone());
    let may_make = move || contact().is_none() && session.can(Permission::ContactsEdit);
    let item = move |it: OtherAddress| {
        let (purpose, address) = (it.purpose, it.email.shown());
        let is_own = own.with_value(|own| own.normalized() == it.email.normalized());
        let replace = move || {
            let name = about.with_untracked(|it| it.contact.as_ref().map(|it| it.1.clone()).unwrap_or_default());
            on_act.run((ChipAct::Replace(name, it.email.clone()),));
        };
        let words = move || format!("{address} · {}", purpose_word(i18n.get_locale(), purpose));
        view! { <MenuItem label=words checked=Signal::stored(is_own) on_press=replace /> }
    };
    let made = Callback::new(move |()| own.with_value(|it| known.ask(&[(it.normalized(), it.clone())], look_up)));
    view! {
        <Menu
            label=move || t_string!(i18n, picker.chip_menu, name = shown.clone())
            glyph=Glyph::CHEVRON_DOWN
            icon_only=true
            class="recipient-menu"
        >
            {correct}
            {move || {
                let others = others();
                (!others.is_empty())
                    .then(|| view! {
                        <MenuLine label=TextProp::from(move || t_string!(i18n, picker.other_addresses)) />
                        {others.into_iter().map(item).collect_view()}
                        <MenuLine />
                    })
            }}
            <MenuItem
                label=move || t_string!(i18n, picker.edit)
                glyph=Glyph::PENCIL
                on_press=move || on_act.run((ChipAct::Reopen,))
            />
            {move || {
                contact().map(|(id, _)| view! {
                    <MenuLink
                        label=move || t_string!(i18n, picker.open_contact)
                        href=format!("/contacts/{id}")
                        glyph=Glyph::USER
                    />
                })
            }}
            <Show when=may_make>
                <MenuItem label=move || t_string!(i18n, picker.make) glyph=Glyph::PLUS on_press=move || making.set(true) />
            </Show>
        </Menu>
        <MakeContact open=making name=name email=email on_made=made />
    }
}

fn hint_words(locale: Locale, hint: &AddressHint) -> String {
    match hint {
        AddressHint::Meant(address) => td_string!(locale, parts.hint_meant, address = address.shown()),
        AddressHint::LooksLikeAnother => td_string!(locale, parts.hint_looks).to_owned(),
    }
}

fn purpose_word(locale: Locale, purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::General => td_string!(locale, picker.purpose_general),
        Purpose::Invoices => td_string!(locale, picker.purpose_invoices),
        Purpose::Reminders => td_string!(locale, picker.purpose_reminders),
        Purpose::Marketing => td_string!(locale, picker.purpose_marketing),
    }
}
