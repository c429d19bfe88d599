//! Filters of messages by channel, files, author and template.

use leptos::prelude::*;
use model::{Channel, Permission, TemplateQuery};

use crate::calls;
use crate::i18n::{messages as words, t_string, use_i18n};
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
    let authors = asked(sees_all, || async {
        Ok(app::contacts::list_owners().await?.into_iter().map(|(id, name)| (id.to_string(), name)).collect())
    });
    let templates = asked(
        move || session.can(Permission::TemplatesManage),
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
    let one = move |name: &'static str, label: TextProp, options: Signal<Options>| {
        let value = move || place.with(|it| it.pairs().into_iter().find(|it| it.0 == name).map(|it| it.1));
        // What is filtered by and not among the choices any more is still shown, so that it can be taken away.
        let options = Signal::derive(move || {
            let mut options = options.get();
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
            <Show when=move || options.with(|it| !it.is_empty())>
                <FilterMenu
                    label=label.clone()
                    options=options
                    chosen=Signal::derive(move || value().into_iter().collect::<Vec<_>>())
                    on_choose=choose
                    single=true
                />
            </Show>
        }
    };
    view! {
        {one("channel", (move || t_string!(i18n, messages.column_channel)).into(), Signal::derive(channels))}
        {one("files", (move || t_string!(i18n, messages.attachments)).into(), Signal::derive(files))}
        {one("author", (move || t_string!(i18n, messages.column_author)).into(), authors)}
        {one("template", (move || t_string!(i18n, messages.column_template)).into(), templates)}
    }
}

/// Choices that the server knows, for those who may see them.
fn asked<F>(
    may: impl Fn() -> bool + Send + Sync + 'static,
    call: impl Fn() -> F + Copy + Send + Sync + 'static,
) -> Signal<Options>
where
    F: Future<Output = Result<Options, app::Problem>> + 'static,
{
    let answer = calls::ask(may, move |may| async move { if may { call().await } else { Ok(Vec::new()) } });
    Signal::derive(move || answer.get().unwrap_or_default())
}
