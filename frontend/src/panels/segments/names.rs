//! The names of what conditions call by id, and what there is to choose from.

use leptos::prelude::*;
use model::{Change, RecipientListId};

use crate::calls;
use crate::i18n::segments::Names;
use crate::live::Live;

/// Asks for tags, owners and own fields, and for the names of these lists.
pub(super) fn names(lists: Signal<Vec<RecipientListId>>) -> Signal<Names> {
    let live = Live::find();
    let tags = calls::ask(|| (), |()| app::contacts::list_tags(String::new()));
    let owners = calls::ask(|| (), |()| app::contacts::list_owners());
    let fields = calls::ask(|| (), |()| app::fields::list_fields());
    let lists = calls::ask(
        move || (lists.get(), live.version(Change::Lists)),
        |(ids, _)| async move { if ids.is_empty() { Ok(Vec::new()) } else { app::recipient_lists::name_lists(ids).await } },
    );
    Memo::new(move |_| Names {
        tags: tags.get().unwrap_or_default().into_iter().map(|it| (it.id, it.name)).collect(),
        owners: owners.get().unwrap_or_default(),
        lists: lists.get().unwrap_or_default(),
        fields: fields.get().unwrap_or_default(),
    })
    .into()
}
