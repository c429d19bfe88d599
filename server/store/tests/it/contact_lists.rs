//! Long lists of contacts: whatever is asked for, nothing is missed and nothing comes twice; chosen contacts and views.

use model::{
    BULK_ROWS, Channels, Chosen, ConsentState, ContactChoice, ContactColumn, ContactCount, ContactFilter, ContactId, ContactKind,
    ContactQuery, ContactSort, ContactViewDraft, Direction, Fault, Refusal, ViewedList,
};
use store::{Error, Tx, chosen, contacts, views};

use crate::scratch::{NOW, Scratch, contact, writer};
use crate::suppressions::{suppress, suppress_contact};

/// Enough that neither a portion nor the few of an index are everything.
const MANY: i64 = 17_000;

/// Fills the table of contacts at once, without the way through use cases: every second one is of Košice, every fifth a partner.
async fn many(tx: &mut Tx) {
    sqlx::query(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1)
         INSERT INTO contacts (id, nature, kind, name, sort_name, first_name, last_name, company_name, position, salutation, language,
                               street, city, postcode, registration_number, note, email, phone, revision, created_at, updated_at,
                               words, company_key, city_key)
         SELECT i, 'person', CASE i % 5 WHEN 0 THEN 'partner' ELSE 'client' END, 'Osoba ' || i, 'osoba ' || (i * 7919 % 1000), '', '', '',
                '', '', NULL, '', CASE i % 2 WHEN 0 THEN 'Košice' ELSE 'Brno' END, '', '', '', '', '', 1, i, i * 31 % 5000,
                CASE i % 2 WHEN 0 THEN ' kosice' ELSE ' brno' END, 'firma ' || (i % 40), CASE i % 2 WHEN 0 THEN 'kosice' ELSE 'brno' END
         FROM n",
    )
    .bind(MANY)
    .execute(&mut **tx)
    .await
    .unwrap();
    sqlx::query("INSERT INTO contact_words (rowid, words) SELECT id, words FROM contacts").execute(&mut **tx).await.unwrap();
    sqlx::query("INSERT INTO counters (name, value) VALUES ('contacts', $1)").bind(MANY).execute(&mut **tx).await.unwrap();
}

fn query(filter: ContactFilter) -> ContactQuery {
    ContactQuery { filter, ..ContactQuery::default() }
}

async fn all(tx: &mut Tx, mut query: ContactQuery) -> Vec<i64> {
    let mut seen = Vec::new();
    loop {
        let page = contacts::page(tx, &query).await.unwrap();
        seen.extend(page.rows.iter().map(|it| it.row.id.0));
        query.after = page.next;
        if query.after.is_none() {
            return seen;
        }
    }
}

#[tokio::test]
async fn every_filter_in_every_order_finds_all_that_match_once() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    many(&mut tx).await;
    let rare = contacts::ensure_tag(&mut tx, "VIP").await.unwrap();
    contacts::tag_many(&mut tx, &[ContactId(3), ContactId(8_000), ContactId(16_990)], rare, NOW).await.unwrap();
    let filters = [
        (ContactFilter { tag: Some(rare), ..ContactFilter::default() }, 3),
        (ContactFilter { kind: Some(ContactKind::Partner), ..ContactFilter::default() }, MANY / 5),
        (ContactFilter { kind: Some(ContactKind::Employee), ..ContactFilter::default() }, 0),
        (ContactFilter { words: "KOŠICE".into(), ..ContactFilter::default() }, MANY / 2),
        (ContactFilter { words: "kos brn".into(), ..ContactFilter::default() }, 0),
        (ContactFilter { has_email: Some(true), ..ContactFilter::default() }, 0),
    ];
    for (filter, expected) in filters {
        // The three with a tag were given words anew, of a town without accents as well.
        for (sort, direction) in [(ContactSort::Name, Direction::Up), (ContactSort::Updated, Direction::Down)] {
            let query = ContactQuery { filter: filter.clone(), sort, direction, after: None };
            let mut ids = all(&mut tx, query).await;
            assert_eq!(ids.len() as i64, expected, "{filter:?} {sort:?}");
            ids.sort_unstable();
            ids.dedup();
            assert_eq!(ids.len() as i64, expected, "{filter:?} {sort:?}");
        }
    }
}

#[tokio::test]
async fn who_must_not_be_written_to_is_found_whether_closed_by_address_contact_or_domain() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    many(&mut tx).await;
    let author = writer(&mut tx, "jana@firma.sk").await;
    let eva = contact(&mut tx, "Eva", "Nová", "eva@example.sk").await;
    let twin = contact(&mut tx, "Evička", "Nová", "EVA@example.sk").await;
    let jan = contact(&mut tx, "Ján", "Kováč", "jan@example.sk").await;
    let peter = contact(&mut tx, "Peter", "Malý", "peter@zla.sk").await;
    let by_email = |suppressed| ContactFilter { suppressed_email: Some(suppressed), ..ContactFilter::default() };
    let by_phone = ContactFilter { suppressed_phone: Some(true), ..ContactFilter::default() };
    assert_eq!(all(&mut tx, query(by_email(true))).await, [0; 0]);

    suppress(&mut tx, "jan@example.sk", author).await;
    suppress_contact(&mut tx, eva, Channels::Email, author).await;
    let mut found = all(&mut tx, query(by_email(true))).await;
    found.sort_unstable();
    // The other contact has the address of the one that is closed.
    assert_eq!(found, [eva.0, twin.0, jan.0]);
    assert_eq!(contacts::count(&mut tx, &by_email(true)).await.unwrap(), ContactCount { n: 3, exact: true });
    assert_eq!(all(&mut tx, query(by_phone)).await, [0; 0]);

    suppress(&mut tx, "@zla.sk", author).await;
    let mut found = all(&mut tx, query(by_email(true))).await;
    found.sort_unstable();
    assert_eq!(found, [eva.0, twin.0, jan.0, peter.0]);
    assert_eq!(all(&mut tx, query(by_email(false))).await.len() as i64, MANY);
    let chosen = Chosen::Matching { filter: by_email(true), except: Vec::new() };
    assert_eq!(chosen::step(&mut tx, &chosen, Some(ContactId(MANY))).await.unwrap().ids, [eva, twin, jan, peter]);
}

#[tokio::test]
async fn a_consent_is_filtered_by_and_a_confirmed_one_counts_as_given() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    many(&mut tx).await;
    sqlx::query(
        "UPDATE contacts SET consent_email = CASE id WHEN 7 THEN 'given' WHEN 8 THEN 'confirmed' ELSE 'asked' END WHERE id IN (7, 8, 9)",
    )
    .execute(&mut *tx)
    .await
    .unwrap();
    for (state, expected) in [
        (ConsentState::Given, vec![7, 8]),
        (ConsentState::Confirmed, vec![8]),
        (ConsentState::Asked, vec![9]),
        (ConsentState::Withdrawn, vec![]),
    ] {
        let filter = ContactFilter { consent_email: Some(state), ..ContactFilter::default() };
        let mut found = all(&mut tx, query(filter.clone())).await;
        found.sort_unstable();
        assert_eq!(found, expected, "{state:?}");
        assert_eq!(contacts::count(&mut tx, &filter).await.unwrap().n, expected.len() as u64);
    }
    let unknown = ContactFilter { consent_email: Some(ConsentState::Unknown), ..ContactFilter::default() };
    assert_eq!(contacts::count_exactly(&mut tx, &unknown).await.unwrap().n as i64, MANY - 3);
}

#[tokio::test]
async fn rows_stand_in_the_order_asked_for_over_all_pages() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    many(&mut tx).await;
    let filter = ContactFilter { kind: Some(ContactKind::Partner), words: "brno".into(), ..ContactFilter::default() };
    let query = ContactQuery { filter, sort: ContactSort::Company, direction: Direction::Down, after: None };
    let ids = all(&mut tx, query).await;
    let keys: Vec<(String, i64)> = ids.iter().map(|id| (format!("firma {}", id % 40), *id)).collect();
    assert_eq!(keys.len() as i64, MANY / 10);
    assert!(keys.windows(2).all(|it| it[1] < it[0]));
}

#[tokio::test]
async fn a_count_is_exact_where_that_is_quick_and_on_demand() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    many(&mut tx).await;
    let clients = ContactFilter { kind: Some(ContactKind::Client), ..ContactFilter::default() };
    let quick = contacts::count(&mut tx, &clients).await.unwrap();
    assert_eq!((quick.n, quick.exact), (10_000, false));
    let exact = contacts::count_exactly(&mut tx, &clients).await.unwrap();
    assert_eq!((exact.n as i64, exact.exact), (MANY / 5 * 4, true));
    let nobody = ContactFilter { kind: Some(ContactKind::Employee), words: "kosice".into(), ..ContactFilter::default() };
    let none = contacts::count(&mut tx, &nobody).await.unwrap();
    assert_eq!((none.n, none.exact), (0, true));
    let everybody = contacts::count(&mut tx, &ContactFilter::default()).await.unwrap();
    assert_eq!((everybody.n as i64, everybody.exact), (MANY, true));
}

#[tokio::test]
async fn the_steps_of_a_bulk_act_take_every_chosen_contact_once() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    many(&mut tx).await;
    let filter = ContactFilter { kind: Some(ContactKind::Partner), ..ContactFilter::default() };
    let chosen = Chosen::Matching { filter, except: vec![ContactId(5), ContactId(16_000)] };
    let (mut after, mut taken) = (None, Vec::new());
    loop {
        let step = chosen::step(&mut tx, &chosen, after).await.unwrap();
        assert!(step.ids.len() <= BULK_ROWS);
        // What was taken does not match any more.
        contacts::give_many(&mut tx, &step.ids, None, NOW).await.unwrap();
        contacts::no_bulk_many(&mut tx, &step.ids, true, NOW).await.unwrap();
        taken.extend(step.ids);
        after = step.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(taken.len() as i64, MANY / 5 - 2);
    assert!(taken.windows(2).all(|it| it[0] < it[1]));
    assert!(!taken.contains(&ContactId(5)));
}

#[tokio::test]
async fn ticked_contacts_that_are_gone_are_counted() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let eva = contact(&mut tx, "Eva", "Nová", "eva@example.sk").await;
    let step = chosen::step(&mut tx, &Chosen::Ticked(vec![ContactId(99), eva, eva]), None).await.unwrap();
    assert_eq!((step.ids, step.gone, step.next), (vec![eva], 1, None));
}

#[tokio::test]
async fn a_tag_given_to_many_is_found_by_its_words_and_goes_with_the_last_one_who_bears_it() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let eva = contact(&mut tx, "Eva", "Nová", "eva@example.sk").await;
    let jan = contact(&mut tx, "Ján", "Kováč", "jan@example.sk").await;
    let tag = contacts::ensure_tag(&mut tx, "Stolári").await.unwrap();
    assert_eq!(contacts::tag_many(&mut tx, &[eva, jan], tag, NOW).await.unwrap(), 2);
    assert_eq!(contacts::tag_many(&mut tx, &[eva], tag, NOW).await.unwrap(), 0);
    let words = ContactFilter { words: "stolar".into(), ..ContactFilter::default() };
    assert_eq!(contacts::count(&mut tx, &words).await.unwrap().n, 2);
    assert_eq!(contacts::page(&mut tx, &ContactQuery::default()).await.unwrap().rows[0].tags, ["Stolári"]);
    assert_eq!(contacts::untag_many(&mut tx, &[eva, jan], tag, NOW).await.unwrap(), 2);
    assert_eq!(contacts::count(&mut tx, &words).await.unwrap().n, 0);
    assert!(contacts::tags(&mut tx, "").await.unwrap().is_empty());
}

#[tokio::test]
async fn a_view_is_seen_by_its_author_and_by_others_once_it_is_shared() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let (eva, jan) = (writer(&mut tx, "eva@x.sk").await, writer(&mut tx, "jan@x.sk").await);
    let mut draft = ContactViewDraft { name: "Partneri".into(), ..ContactViewDraft::default() };
    draft.what.filter.kind = Some(ContactKind::Partner);
    draft.columns.toggle(ContactColumn::Tags);
    let id = views::insert(&mut tx, eva, &draft, NOW).await.unwrap();
    assert_eq!(views::settings::<ContactChoice>(&mut tx, eva).await.unwrap().views[0].draft, draft);
    assert!(views::settings::<ContactChoice>(&mut tx, jan).await.unwrap().views.is_empty());
    assert!(views::set_default(&mut tx, ViewedList::Contacts, jan, Some(id)).await.is_err());
    views::update(&mut tx, id, &ContactViewDraft { shared: true, ..draft.clone() }).await.unwrap();
    views::set_default(&mut tx, ViewedList::Contacts, jan, Some(id)).await.unwrap();
    assert_eq!(views::settings::<ContactChoice>(&mut tx, jan).await.unwrap().default_view, Some(id));
    let again = views::insert(&mut tx, eva, &ContactViewDraft { name: "PARTNERI".into(), ..draft }, NOW).await;
    assert!(matches!(again, Err(Error::Refused(it)) if it == Refusal::field("name", Fault::Taken)));
    views::delete(&mut tx, id).await.unwrap();
    assert_eq!(views::settings::<ContactChoice>(&mut tx, jan).await.unwrap().default_view, None);
}

#[tokio::test]
async fn columns_follow_their_user() {
    let scratch = Scratch::new().await;
    let mut tx = scratch.tx().await;
    let (eva, jan) = (writer(&mut tx, "eva@x.sk").await, writer(&mut tx, "jan@x.sk").await);
    let mut columns = views::settings::<ContactChoice>(&mut tx, eva).await.unwrap().columns;
    columns.toggle(ContactColumn::Owner);
    views::set_columns(&mut tx, eva, &columns).await.unwrap();
    assert!(views::settings::<ContactChoice>(&mut tx, eva).await.unwrap().columns.shows(ContactColumn::Owner));
    assert!(!views::settings::<ContactChoice>(&mut tx, jan).await.unwrap().columns.shows(ContactColumn::Owner));
}
