//! Filters of messages by channel, files, author and template.

use leptos::prelude::*;
use model::{Channel, Permission, TemplateQuery};

use crate::calls::{self, Answer};
use crate::i18n::{I18n, messages as words, refusals, t_string, use_i18n};
use crate::parts::FilterMenu;
use crate::session::Session;
use crate::state::contact_place::YES_NO;
use crate::state::message_place::{MessagePlace, channel_code};

/// Value and words of each choice.
type Options = Vec<(String, String)>;

/// So many pages of templates are offered.
const PAGES: usize = 20;

/// The chips.
#[component]
pub(super) fn MoreFilters(place: Signal<MessagePlace>, on_change: Callback<(MessagePlace,)>) -> impl IntoView {
    let i18n = use_i18n();
    let session = Session::find();
    let channels = move || {
        let locale = i18n.get_locale();
        [Channel::Email, Channel::Sms].map(|it| (channel_code(it).to_owned(), words::channel(locale, it).to_owned())).to_vec()
    };
    let files = move || {
        let word = |yes| if yes { t_string!(i18n, messages.files_some) } else { t_string!(i18n, messages.files_none) };
        YES_NO.map(|(yes, code)| (code.to_owned(), word(yes).to_owned())).to_vec()
    };
    // Whoever sees only their own messages has nobody to choose from, and who may see no templates none of them.
    let sees_all = move || session.can(Permission::MessagesViewAll) && session.can(Permission::ContactsView);
    let value = move |name: &'static str| place.with(|it| it.pairs().into_iter().find(|it| it.0 == name).map(|it| it.1));
    let authors = Choices::new(
        sees_all,
        move || value("author").is_some(),
        || async { Ok(app::contacts::list_owners().await?.into_iter().map(|(id, name)| (id.to_string(), name)).collect()) },
    );
    let templates = Choices::new(
        move || session.can(Permission::TemplatesManage),
        move || value("template").is_some(),
        || async {
            let (mut all, mut query) = (Vec::new(), TemplateQuery::default());
            for _ in 0..PAGES {
                let page = app::templates::list_templates(query.clone()).await?;
                all.extend(page.rows.into_iter().map(|it| (it.id.to_string(), it.name)));
                match page.next {
                    Some(next) => query.after = Some(next),
                    None => break,
                }
            }
            Ok(all)
        },
    );
    let one = move |name: &'static str, label: TextProp, choices: Choices| {
        let value = move || value(name);
        // What is filtered by and not among the choices any more is still shown, so that it can be taken away.
        let options = Signal::derive(move || {
            let mut options = choices.options();
            if let Some(value) = value().filter(|it| options.iter().all(|known| known.0 != *it)) {
                options.push((value.clone(), t_string!(i18n, messages.filter_number, id = value)));
            }
            options
        });
        let choose = move |codes: Vec<String>| {
            let now = place.get_untracked().pairs();
            let next = MessagePlace::read(|it| {
                if it == name { codes.first().cloned() } else { now.iter().find(|pair| pair.0 == it).map(|pair| pair.1.clone()) }
            });
            on_change.run((next,));
        };
        view! {
            <Show when=move || choices.may.get()>
                <FilterMenu
                    label=label.clone()
                    options=options
                    on_open=move || choices.open()
                    note=Signal::derive(move || choices.note(i18n))
                    chosen=Signal::derive(move || value().into_iter().collect::<Vec<_>>())
                    on_choose=choose
                    single=true
                />
            </Show>
        }
    };
    view! {
        {one("channel", (move || t_string!(i18n, messages.column_channel)).into(), Choices::fixed(channels))}
        {one("files", (move || t_string!(i18n, messages.attachments)).into(), Choices::fixed(files))}
        {one("author", (move || t_string!(i18n, messages.column_author)).into(), authors)}
        {one("template", (move || t_string!(i18n, messages.column_template)).into(), templates)}
    }
}

/// The choices of one chip, those that the server knows being asked for when they are first wanted.
#[derive(Clone, Copy)]
struct Choices {
    /// Whether there is anything to choose from for this person.
    may: Signal<bool>,
    options: Signal<Options>,
    asked: Option<Asked>,
}

#[derive(Clone, Copy)]
struct Asked {
    answer: Answer<Options>,
    is_open: RwSignal<bool>,
}

impl Choices {
    /// Choices that need no asking.
    fn fixed(options: impl Fn() -> Options + Send + Sync + 'static) -> Self {
        Self { may: Signal::stored(true), options: Signal::derive(options), asked: None }
    }

    /// Choices that the server knows; what is chosen already needs its name at once.
    fn new<F>(
        may: impl Fn() -> bool + Copy + Send + Sync + 'static,
        is_chosen: impl Fn() -> bool + Send + Sync + 'static,
        call: impl Fn() -> F + Copy + Send + Sync + 'static,
    ) -> Self
    where
        F: Future<Output = Result<Options, app::Problem>> + 'static,
    {
        let is_open = RwSignal::new(false);
        let wanted = move || may() && (is_open.get() || is_chosen());
        let answer = calls::ask(wanted, move |wanted| async move { if wanted { call().await } else { Ok(Vec::new()) } });
        Self {
            may: Signal::derive(may),
            options: Signal::derive(move || answer.get().unwrap_or_default()),
            asked: Some(Asked { answer, is_open }),
        }
    }

    fn options(self) -> Options {
        self.options.get()
    }

    /// Asks, and again after a problem.
    fn open(self) {
        let Some(Asked { answer, is_open }) = self.asked else { return };
        if !is_open.get_untracked() {
            is_open.set(true);
        } else if untrack(|| answer.problem()).is_some() {
            answer.ask_again();
        }
    }

    /// What stands in place of the choices while there are none.
    fn note(self, i18n: I18n) -> Option<String> {
        let Asked { answer, .. } = self.asked.filter(|_| self.options.with(Vec::is_empty))?;
        Some(match answer.problem() {
            Some(problem) => refusals::problem(i18n.get_locale(), &problem),
            None if answer.is_pending() => t_string!(i18n, common.loading).to_owned(),
            None => t_string!(i18n, messages.filter_empty).to_owned(),
        })
    }
}
