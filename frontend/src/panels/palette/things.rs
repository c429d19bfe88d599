//! Things of every kind that answer what is typed, by one call of the server.

use leptos::prelude::*;
use leptos::task::spawn_local;
use model::Channel;
use model::palette::{FoundThing, Thing};

use crate::browser::location::encode;
use crate::browser::timer;
use crate::i18n::{I18n, t_string};
use crate::parts::Glyph;
use crate::state::commands::{Command, Offer};

/// Fewer letters are not asked about.
const SHORTEST: usize = 2;
/// How long typing must rest before the server is asked, in milliseconds.
const REST: u32 = 120;

/// What answers what is typed; an answer to what was typed before is dropped.
pub(super) fn find(typed: RwSignal<String>) -> RwSignal<Vec<FoundThing>> {
    let found = RwSignal::new(Vec::new());
    let pause = timer::Pause::new(REST);
    Effect::new(move |_| {
        let words = typed.get().trim().to_owned();
        if words.chars().count() < SHORTEST {
            pause.forget();
            found.set(Vec::new());
            return;
        }
        pause.then(move || {
            spawn_local(async move {
                let came = app::palette::find_anything(words.clone()).await;
                if let Ok(things) = came
                    && typed.try_get_untracked().is_some_and(|it| it.trim() == words)
                {
                    found.set(things);
                }
            });
        });
    });
    found
}

/// How a thing is offered.
pub(super) fn offer(i18n: I18n, found: &FoundThing) -> Offer {
    let (group, icon, path) = match found.thing {
        Thing::Contact(id) => (t_string!(i18n, frame.contacts), Glyph::USER, format!("/contacts/{id}")),
        Thing::Message(id, channel) => {
            let glyph = if channel == Channel::Sms { Glyph::SMARTPHONE } else { Glyph::MAIL };
            (t_string!(i18n, frame.messages), glyph, format!("/messages/{id}"))
        }
        Thing::Campaign(id) => (t_string!(i18n, frame.campaigns), Glyph::MEGAPHONE, format!("/campaigns/{id}")),
        Thing::Template(id) => (t_string!(i18n, frame.templates), Glyph::FILE_TEXT, format!("/templates/{id}")),
        Thing::List(id) => (t_string!(i18n, frame.lists), Glyph::LIST, format!("/lists/{id}")),
        Thing::Segment(id) => (t_string!(i18n, segments.title), Glyph::LIST_FILTER, format!("/segments/{id}")),
        Thing::File(_) => (t_string!(i18n, found.files), Glyph::FILE, format!("/library?q={}", encode(&found.name))),
        Thing::User(id) => (t_string!(i18n, users.title), Glyph::USERS, format!("/settings/users/{id}")),
    };
    let label = match found.name.as_str() {
        "" => t_string!(i18n, messages.no_subject).to_owned(),
        name => name.to_owned(),
    };
    Offer { group: group.to_owned(), label, aside: found.aside.clone(), icon, command: Command::Go(path) }
}
