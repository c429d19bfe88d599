//! Things of every kind that answer what is typed, by one call of the server.

use leptos::prelude::*;
use leptos::task::spawn_local;
use model::Channel;
use model::palette::{FoundGroup, FoundThing, Thing, ThingKind};

use crate::browser::location::encode;
use crate::browser::timer;
use crate::format;
use crate::i18n::{I18n, language, t_string};
use crate::parts::Glyph;
use crate::state::commands::{Command, Offer};

/// Fewer letters are not asked about.
const SHORTEST: usize = 2;
/// How long typing must rest before the server is asked, in milliseconds.
const REST: u32 = 120;

/// What answers what is typed; what answered other words is not offered any more.
pub(super) fn find(typed: RwSignal<String>) -> Memo<Vec<FoundGroup>> {
    let found = RwSignal::new((String::new(), Vec::new()));
    let pause = timer::Pause::new(REST);
    Effect::new(move |_| {
        let words = typed.get().trim().to_owned();
        if words.chars().count() < SHORTEST {
            return pause.forget();
        }
        pause.then(move || {
            spawn_local(async move {
                let came = app::palette::find_anything(words.clone()).await;
                if typed.try_get_untracked().is_some_and(|it| it.trim() == words) {
                    found.set((words, came.unwrap_or_default()));
                }
            });
        });
    });
    Memo::new(move |_| {
        found.with(|(words, groups)| typed.with(|it| if it.trim() == words { groups.clone() } else { Vec::new() }))
    })
}

/// How what was found of one kind is offered: under one heading that counts all there are.
pub(super) fn offers(i18n: I18n, found: &FoundGroup) -> Vec<Offer> {
    let name = match found.kind {
        ThingKind::Contact => t_string!(i18n, frame.contacts),
        ThingKind::Message => t_string!(i18n, frame.messages),
        ThingKind::Campaign => t_string!(i18n, frame.campaigns),
        ThingKind::Template => t_string!(i18n, frame.templates),
        ThingKind::List => t_string!(i18n, frame.lists),
        ThingKind::Segment => t_string!(i18n, segments.title),
        ThingKind::File => t_string!(i18n, found.files),
        ThingKind::User => t_string!(i18n, users.title),
    };
    let group = match found.count {
        Some(n) => format!("{name} · {}", format::number(language(i18n.get_locale()), n)),
        None => name.to_owned(),
    };
    found.things.iter().map(|it| offer(i18n, &group, it)).collect()
}

fn offer(i18n: I18n, group: &str, found: &FoundThing) -> Offer {
    let (icon, path) = match found.thing {
        Thing::Contact(id) => (Glyph::USER, format!("/contacts/{id}")),
        Thing::Message(id, channel) => {
            let glyph = if channel == Channel::Sms { Glyph::SMARTPHONE } else { Glyph::MAIL };
            (glyph, format!("/messages/{id}"))
        }
        Thing::Campaign(id) => (Glyph::MEGAPHONE, format!("/campaigns/{id}")),
        Thing::Template(id) => (Glyph::FILE_TEXT, format!("/templates/{id}")),
        Thing::List(id) => (Glyph::LIST, format!("/lists/{id}")),
        Thing::Segment(id) => (Glyph::LIST_FILTER, format!("/segments/{id}")),
        Thing::File(_) => (Glyph::FILE, format!("/library?q={}", encode(&found.name))),
        Thing::User(id) => (Glyph::USERS, format!("/settings/users/{id}")),
    };
    let label = match found.name.as_str() {
        "" => t_string!(i18n, messages.no_subject).to_owned(),
        name => name.to_owned(),
    };
    Offer { group: group.to_owned(), label, aside: found.aside.clone(), icon, command: Command::Go(path) }
}
