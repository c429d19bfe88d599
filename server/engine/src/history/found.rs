//! Messages found by their words: exact answers first and, when there are few, those with similar words behind them.

use std::collections::HashMap;
use std::sync::Arc;

use model::{
    Cursor, Key, MessageFacets, MessageFilter, MessageId, MessageOrder, MessageRow, MessageSurvey, MessageTally, Moment,
    PAGE_ROWS, Page, UserId,
};
use search::{Conditions, Hit, Order, Reach, Restriction};
use store::messages::Scope;

use super::marked;
use crate::{Ctx, Error};

/// How many found messages are looked at in one go, before the filters that the full text does not know.
const HITS: usize = 240;
/// How many found messages are counted exactly; beyond it the number says *at least*.
const COUNTED: usize = 10_000;
/// When those filters leave at most so many messages, the full text looks among these alone.
const NARROW: usize = 10_000;
/// Fewer exact answers than this, and similar words are looked for, too.
const FEW: usize = 10;

/// A filter with the conditions among its words taken over.
pub(super) struct Asked {
    pub filter: MessageFilter,
    pub has_words: bool,
}

impl Asked {
    /// Reads the words; nothing when they exclude what the filter wants.
    pub fn read(mut filter: MessageFilter) -> Option<Self> {
        let said = Conditions::of(&filter.words);
        if let Some(states) = said.states {
            match filter.states.is_empty() {
                true => filter.states = states,
                false => filter.states.retain(|it| states.contains(it)),
            }
            if filter.states.is_empty() {
                return None;
            }
        }
        filter.since = filter.since.into_iter().chain(said.since).max();
        filter.until = filter.until.into_iter().chain(said.until).min();
        Some(Self { filter, has_words: said.has_words })
    }
}

/// One page of what was found.
pub(super) async fn page(
    ctx: &Ctx,
    asked: Asked,
    order: MessageOrder,
    after: Option<Cursor>,
    scope: Scope,
) -> Result<Page<MessageRow>, Error> {
    let search = Search::begin(ctx, &asked.filter, scope).await?;
    let order = match order {
        MessageOrder::Newest => Order::Newest,
        MessageOrder::Best => Order::Best,
    };
    let before = match after {
        Some(Cursor { key: Key::Number(key), id }) => Some(Hit { key, id }),
        _ => None,
    };
    let mut rows = Vec::new();
    for reach in search.reaches(before.is_some()) {
        search.walk(Restriction { order, ..search.restriction(*reach) }, before, &mut rows).await?;
    }
    let page = Page::cut(rows, PAGE_ROWS, |(key, row)| Cursor { key: Key::Number(*key), id: row.id.0 });
    let mut page = Page { rows: page.rows.into_iter().map(|it| it.1).collect(), next: page.next };
    let reach = if search.is_widened { Reach::Similar } else { Reach::Exact };
    marked::mark(ctx, &mut page.rows, &asked.filter.words, reach).await?;
    Ok(page)
}

/// The newest messages that answer as it was typed, their places not marked; and how many there are, unless the full text alone cannot tell.
pub(crate) async fn newest(ctx: &Ctx, words: &str, scope: Scope, most: usize) -> Result<(Vec<MessageRow>, Option<u64>), Error> {
    let filter = MessageFilter { words: words.to_owned(), ..MessageFilter::default() };
    let Some(Asked { filter, has_words: true }) = Asked::read(filter) else {
        return Ok((Vec::new(), None));
    };
    let search = Search { ctx, filter: &filter, scope, among: None, is_widened: false };
    let restriction = search.restriction(Reach::Exact);
    let hits = search.find(restriction.clone(), None, most).await?;
    let count = match filter.asks_for_rows() {
        true => None,
        false => {
            let (index, words) = (ctx.engine.index.clone(), filter.words.clone());
            Some(tokio::task::spawn_blocking(move || index.count(&words, &restriction)).await??)
        }
    };
    let mut reader = ctx.engine.store.read().await?;
    Ok((store::messages::rows(&ctx.engine.store, &mut reader, &ids(&hits), &filter, scope).await?, count))
}

/// How many there are, and whether there may be more.
pub(super) async fn count(ctx: &Ctx, asked: &Asked, scope: Scope) -> Result<(u64, bool), Error> {
    let search = Search::begin(ctx, &asked.filter, scope).await?;
    let (hits, _) = search.all().await?;
    let mut reader = ctx.engine.store.read().await?;
    let n = store::messages::count_of(&mut reader, &ids(&hits), &asked.filter, scope).await?;
    Ok((n, COUNTED <= hits.len()))
}

/// How many there are and what they are. `base` is the question without facets, `asked` the whole one, `filter` the facets as chosen.
pub(super) async fn survey(
    ctx: &Ctx,
    base: Asked,
    asked: Option<Asked>,
    filter: &MessageFilter,
    scope: Scope,
) -> Result<MessageSurvey, Error> {
    let within;
    let mut search = Search::begin(ctx, &base.filter, scope).await?;
    let (mut hits, mut similar) = search.all().await?;
    if COUNTED <= hits.len()
        && let Some(asked) = &asked
        && (asked.filter.since, asked.filter.until) != (base.filter.since, base.filter.until)
    {
        // The newest of all would leave nothing of a period long past.
        within = MessageFilter { since: asked.filter.since, until: asked.filter.until, ..base.filter.clone() };
        search = Search::begin(ctx, &within, scope).await?;
        (hits, similar) = search.all().await?;
    }
    let at_least = COUNTED <= hits.len();
    let mut reader = ctx.engine.store.read().await?;
    let tallies = store::messages::tallies(&mut reader, &ids(&hits), &base.filter, filter, scope).await?;
    drop(reader);
    let facets = MessageFacets::of(&tallies, filter);
    let (count, at_least) = match asked {
        Some(asked) if at_least => count(ctx, &asked, scope).await?,
        Some(_) => (MessageTally::sum(&tallies, filter), false),
        None => (0, false),
    };
    Ok(MessageSurvey { count, at_least, similar, facets, faults: Vec::new() })
}

/// A search under way.
struct Search<'a> {
    ctx: &'a Ctx,
    filter: &'a MessageFilter,
    scope: Scope,
    among: Option<Arc<[i64]>>,
    /// Whether similar words are looked for, too.
    is_widened: bool,
}

impl<'a> Search<'a> {
    async fn begin(ctx: &'a Ctx, filter: &'a MessageFilter, scope: Scope) -> Result<Self, Error> {
        let mut search = Self { ctx, filter, scope, among: None, is_widened: false };
        if filter.asks_for_rows() {
            let mut reader = ctx.engine.store.read().await?;
            let narrowed = store::messages::narrowed(&mut reader, filter, scope, NARROW).await?;
            search.among = narrowed.map(|ids| ids.into_iter().map(|it| it.0).collect());
        }
        if search::has_similar(&filter.words) {
            search.is_widened = search.find(search.restriction(Reach::Exact), None, FEW).await?.len() < FEW;
        }
        Ok(search)
    }

    /// How far the words reach, one after the other. The few exact answers all stand on the first page.
    fn reaches(&self, is_further_page: bool) -> &'static [Reach] {
        match (self.is_widened, is_further_page) {
            (false, _) => &[Reach::Exact],
            (true, false) => &[Reach::Exact, Reach::Similar],
            (true, true) => &[Reach::Similar],
        }
    }

    fn restriction(&self, reach: Reach) -> Restriction {
        let own = match self.scope {
            Scope::Own(UserId(id)) => Some(id),
            Scope::All(_) => None,
        };
        Restriction {
            author: own.or(self.filter.author.map(|it| it.0)),
            contact: self.filter.contact.map(|it| it.0),
            campaign: self.filter.campaign.map(|it| it.0),
            since: self.filter.since.map(|Moment(it)| it),
            until: self.filter.until.map(|Moment(it)| it),
            among: self.among.clone(),
            reach,
            order: Order::Newest,
        }
    }

    async fn find(&self, restriction: Restriction, before: Option<Hit>, limit: usize) -> Result<Vec<Hit>, Error> {
        let (index, words) = (self.ctx.engine.index.clone(), self.filter.words.clone());
        Ok(tokio::task::spawn_blocking(move || index.find(&words, &restriction, before, limit)).await??)
    }

    /// Everything that was found, as far as it is counted, and whether similar words were among it.
    async fn all(&self) -> Result<(Vec<Hit>, bool), Error> {
        let (mut hits, mut has_similar) = (Vec::new(), false);
        for reach in self.reaches(false) {
            let found = self.find(self.restriction(*reach), None, COUNTED - hits.len()).await?;
            has_similar |= *reach == Reach::Similar && !found.is_empty();
            hits.extend(found);
        }
        Ok((hits, has_similar))
    }

    /// Walks through what was found until a page is full.
    async fn walk(&self, restriction: Restriction, before: Option<Hit>, rows: &mut Vec<(i64, MessageRow)>) -> Result<(), Error> {
        let store = &self.ctx.engine.store;
        // What the filter leaves little of is walked through in longer and longer steps: each asks the index anew.
        let (mut before, mut step) = (before, HITS);
        while rows.len() <= PAGE_ROWS {
            let hits = self.find(restriction.clone(), before, step).await?;
            let mut reader = store.read().await?;
            let found = store::messages::rows(store, &mut reader, &ids(&hits), self.filter, self.scope).await?;
            let mut by_id: HashMap<i64, MessageRow> = found.into_iter().map(|it| (it.id.0, it)).collect();
            rows.extend(hits.iter().filter_map(|hit| Some((hit.key, by_id.remove(&hit.id)?))));
            before = hits.last().copied();
            if hits.len() < step {
                break;
            }
            step = (step * 4).min(COUNTED);
        }
        Ok(())
    }
}

fn ids(hits: &[Hit]) -> Vec<MessageId> {
    hits.iter().map(|it| MessageId(it.id)).collect()
}
