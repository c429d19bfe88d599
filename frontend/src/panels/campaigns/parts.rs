//! The sets that an audience is put together from: lists, segments, contacts, and who got another campaign.

use leptos::prelude::*;
use model::{AudiencePart, CampaignDraft, CampaignFilter, CampaignQuery, Chosen, Purpose, Reaction};

use super::desk::Desk;
use crate::calls;
use crate::i18n::{I18n, campaigns as words, t_string, tu_string, use_i18n};
use crate::panels::lists::{find_sets, set_of};
use crate::parts::{Field, Finder, Finding, FormState, Found, Glyph, Icon, IconButton};
use crate::state::campaign_steps::put_part;

/// How many of each kind are offered at once.
const OFFERED: usize = 6;

/// One field of sets.
#[component]
pub(super) fn PartsField(
    /// What they are for.
    #[prop(into)]
    label: TextProp,
    /// What to know before filling it in.
    #[prop(into)]
    hint: TextProp,
    /// The field's name, by which faults find it.
    name: &'static str,
    /// What is typed.
    desk: Desk,
    /// The sets in the draft.
    read: fn(&CampaignDraft) -> &Vec<AudiencePart>,
    /// The same, to be changed.
    write: fn(&mut CampaignDraft) -> &mut Vec<AudiencePart>,
) -> impl IntoView {
    let i18n = use_i18n();
    let parts = Memo::new(move |_| desk.draft.with(|it| read(it).clone()));
    let take = move |found: Found| {
        if let Some(part) = part_of(&found.code) {
            desk.change(name, |it| put_part(write(it), part));
        }
    };
    let drop = move |part: &AudiencePart| desk.change(name, |it| write(it).retain(|it| it != part));
    let form = FormState::find();
    let missing = move || {
        let whole = name.split('.').next().unwrap_or_default();
        form.filter(|_| name.ends_with("include")).and_then(|it| it.fault(whole, i18n.get_locale()))
    };
    view! {
        <Field label=label name=name.to_owned() hint=Some(hint) let:ids let:_faulty>
            <Show when=move || parts.with(|it| !it.is_empty())>
                <ul class="campaign-parts">
                    <For each=move || parts.get() key=|it| format!("{it:?}") let:part>
                        {
                            let own = part.clone();
                            view! { <PartChip part=part on_remove=Callback::new(move |()| drop(&own)) /> }
                        }
                    </For>
                </ul>
            </Show>
            <Finder
                ids=ids.clone()
                hint=move || t_string!(i18n, campaigns.find_hint)
                offers=move || t_string!(i18n, campaigns.find_offers)
                finding=finding(i18n)
                least=0
                on_take=take
            />
            {move || missing().map(|it| view! { <p class="fault">{it}</p> })}
        </Field>
    }
}

#[component]
fn PartChip(part: AudiencePart, on_remove: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let glyph = match part {
        AudiencePart::List(_) => Glyph::LIST,
        AudiencePart::Segment(_) => Glyph::LIST_FILTER,
        AudiencePart::Contacts(_) => Glyph::USERS,
        AudiencePart::Got(_) | AudiencePart::GotVersion(..) | AudiencePart::Reacted(..) => Glyph::SEND,
    };
    let asked = part.clone();
    let name = calls::ask(|| (), move |()| name_of(asked.clone()));
    let shown = move || match (&part, name.get()) {
        (AudiencePart::Contacts(Chosen::Ticked(ids)), _) if ids.len() != 1 => {
            t_string!(i18n, campaigns.ticked, people = words::people(i18n.get_locale(), ids.len() as u64))
        }
        (AudiencePart::Contacts(Chosen::Matching { .. }), _) => t_string!(i18n, campaigns.matching).to_owned(),
        (AudiencePart::Got(_), Some(name)) => t_string!(i18n, campaigns.got, name = name),
        (AudiencePart::GotVersion(_, version), Some(name)) => {
            t_string!(i18n, campaigns.got_version, name = name, n = *version)
        }
        (AudiencePart::Reacted(_, reaction), Some(name)) => match reaction {
            Reaction::Opened => t_string!(i18n, reactions.set_opened, name = name),
            Reaction::Clicked => t_string!(i18n, reactions.set_clicked, name = name),
            Reaction::Nothing => t_string!(i18n, reactions.set_nothing, name = name),
        },
        (_, name) => name.unwrap_or_else(|| "…".to_owned()),
    };
    let words = Memo::new(move |_| shown());
    view! {
        <li class="recipient set">
            <span class="recipient-words"><Icon glyph=glyph /><span class="clip">{words}</span></span>
            <IconButton
                label=move || t_string!(i18n, campaigns.remove_part, name = words.get())
                icon=Glyph::X
                on_press=on_remove
            />
        </li>
    }
}

/// The name of a set.
async fn name_of(part: AudiencePart) -> Result<String, app::Problem> {
    Ok(match part {
        AudiencePart::List(id) => {
            let names = app::recipient_lists::name_lists(vec![id]).await?;
            names.into_iter().next().map(|it| it.1).unwrap_or_default()
        }
        AudiencePart::Segment(id) => app::segments::open_segment(id).await?.fields.name,
        AudiencePart::Got(id) | AudiencePart::GotVersion(id, _) | AudiencePart::Reacted(id, _) => {
            app::campaigns::open_campaign(id).await?.draft.name
        }
        AudiencePart::Contacts(Chosen::Ticked(ids)) if ids.len() == 1 => {
            app::contacts::open_contact(ids[0]).await?.fields.display_name()
        }
        AudiencePart::Contacts(_) => String::new(),
    })
}

/// Finds sets and contacts by words.
fn finding(i18n: I18n) -> Finding {
    Finding::new(move |typed: String| async move {
        let locale = i18n.get_locale_untracked();
        let mut found = find_sets(locale, typed.clone()).await;
        if !typed.trim().is_empty() {
            found.extend(others(i18n, typed).await);
        }
        found
    })
}

/// Contacts, and campaigns whose recipients are meant.
async fn others(i18n: I18n, typed: String) -> Vec<Found> {
    let picks = app::picker::offer_picks(typed.clone(), Purpose::General).await.unwrap_or_default();
    let contacts = picks.contacts.into_iter().take(OFFERED).map(|it| Found {
        code: format!("contact:{}", it.contact),
        note: it.email.map(|it| it.shown()).unwrap_or_default(),
        name: it.name,
    });
    let filter = CampaignFilter { words: typed, ..CampaignFilter::default() };
    let query = CampaignQuery { filter, ..CampaignQuery::default() };
    let campaigns = app::campaigns::list_campaigns(query).await.map(|it| it.rows).unwrap_or_default();
    let note = tu_string!(i18n, campaigns.who_got).to_owned();
    let silent = tu_string!(i18n, reactions.who_silent).to_owned();
    let campaigns = campaigns.into_iter().filter(|it| it.state.has_begun()).take(OFFERED).flat_map(|it| {
        let found =
            |kind: &str, note: &str| Found { code: format!("{kind}:{}", it.id), note: note.to_owned(), name: it.name.clone() };
        std::iter::once(found("got", &note)).chain(it.is_measured.then(|| found("silent", &silent))).collect::<Vec<_>>()
    });
    contacts.chain(campaigns).collect()
}

/// The set that a code of the finder means.
fn part_of(code: &str) -> Option<AudiencePart> {
    let (kind, id) = code.split_once(':')?;
    match kind {
        "contact" => Some(AudiencePart::Contacts(Chosen::Ticked(vec![id.parse().ok()?]))),
        "got" => id.parse().ok().map(AudiencePart::Got),
        "silent" => id.parse().ok().map(|it| AudiencePart::Reacted(it, Reaction::Nothing)),
        _ => set_of(code),
    }
}
